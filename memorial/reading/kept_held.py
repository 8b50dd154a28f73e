"""What is held of each issuer and year, kept in a file, so that a process need not count all of it again.

The file is only ever a beginning: whoever reads it finds out what has changed since (``held``).
"""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from memorial.languages.columns import languages

# Raise it with every change of what is counted, or how it is written.
FORMAT = 2

Key = tuple[int, int]  # issuer, year


@dataclass(frozen=True)
class Held:
    """Texts in one language: how many are full, extracts and summaries."""

    language: str
    full: int = 0
    extract: int = 0
    summary: int = 0


Counts = Mapping[Key, tuple[int, Sequence[Held]]]  # statements, their texts by language


@dataclass(frozen=True)
class State:
    """What the counts follow from: editions and withdrawals are only ever added.

    What readers see changes with the edition that was sealed last, with the moment that came last, with the withdrawal
    that came last (0: there is none), and with the languages that are public.
    """

    tags: tuple[str, ...] = ()
    key: int | None = None
    sha256: str | None = None
    moment: datetime | None = None
    withdrawal: int = 0


def _path() -> Path:
    return Path(settings.DATA_DIR) / "held.json"


def read() -> tuple[State, Counts]:
    """Return the counts that were kept last; none where there is no file, or one of another version or order."""
    try:
        kept = json.loads(_path().read_text())
        if kept["format"] != FORMAT or kept["languages"] != languages():
            return State(), {}
        moment = kept["moment"] and datetime.fromisoformat(kept["moment"])
        counts = {
            (issuer, year): (statements, [Held(*texts) for texts in held])
            for issuer, year, statements, held in kept["counts"]
        }
        return State(tuple(kept["tags"]), kept["key"], kept["sha256"], moment, kept["withdrawal"]), counts
    except (OSError, ValueError, KeyError, TypeError):
        return State(), {}


def write(state: State, counts: Counts) -> None:
    """Keep the counts. What cannot be written is counted again by the next process."""
    kept = {
        "format": FORMAT,
        "languages": languages(),
        "tags": state.tags,
        "key": state.key,
        "sha256": state.sha256,
        "moment": state.moment and state.moment.isoformat(),
        "withdrawal": state.withdrawal,
        "counts": [
            [issuer, year, statements, [astuple(texts) for texts in held]]
            for (issuer, year), (statements, held) in counts.items()
        ],
    }
    new = _path().with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        new.write_text(json.dumps(kept))
        new.replace(_path())
