"""The text inside a block: runs of characters, each with the marks (emphasis, link, language) around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from .characters import nfc, with_single_spaces

_QUOTE = '"'
# At the start of a run it would turn the ">" before it into U+226F if anyone normalised the stored HTML.
_STROKE = "\u0338"


@dataclass(frozen=True, eq=False)
class Mark:
    """One inline element. Two marks are the same only if they are one element: neighbours are never merged."""

    kind: str
    attributes: dict[str, str]


@dataclass(frozen=True)
class Run:
    """Characters with the marks around them, outermost first; ``text`` is None for a line break."""

    marks: tuple[Mark, ...]
    text: str | None


def settled(runs: Sequence[Run]) -> list[Run]:
    """Return the runs of one block in NFC, with single spaces, and with neither space nor breaks at its ends."""
    # Twice: dropping an empty run can make neighbours of two runs that compose in NFC only together.
    return _spaced(_joined(_joined(runs)))


def inner_html(runs: Sequence[Run]) -> str:
    """Return the HTML of ``runs``, opening and closing marks where they change."""
    written: list[str] = []
    current: tuple[Mark, ...] = ()
    for run in (*runs, Run((), "")):
        shared = 0
        while shared < min(len(current), len(run.marks)) and current[shared] is run.marks[shared]:
            shared += 1
        written += [f"</{mark.kind}>" for mark in reversed(current[shared:])]
        written += [start_tag(mark.kind, mark.attributes) for mark in run.marks[shared:]]
        written.append("<br>" if run.text is None else escape(run.text, quote=False))
        current = run.marks
    return "".join(written)


def start_tag(kind: str, attributes: Mapping[str, str]) -> str:
    """Return a start tag, written as lxml writes it: an apostrophe stays."""
    written = [
        f' {name}="{escape(value, quote=False).replace(_QUOTE, "&quot;")}"' for name, value in attributes.items()
    ]
    return f"<{kind}{''.join(written)}>"


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join neighbours with the same marks, and normalise. Empty runs are dropped."""
    groups: list[tuple[tuple[Mark, ...], list[str] | None]] = []
    for run in runs:
        if run.text is None:
            groups.append((run.marks, None))
        elif groups and groups[-1][1] is not None and groups[-1][0] == run.marks:
            groups[-1][1].append(run.text)
        else:
            groups.append((run.marks, [run.text]))
    joined = [Run(marks, None if texts is None else _normal("".join(texts))) for marks, texts in groups]
    return [run for run in joined if run.text != ""]


def _normal(text: str) -> str:
    return nfc(with_single_spaces(text)).lstrip(_STROKE)


def _spaced(runs: Sequence[Run]) -> list[Run]:
    """Remove space at both ends, around line breaks and after other space; remove breaks at both ends."""
    kept: list[Run] = []
    for run in runs:
        if run.text is None:
            _trim(kept)
            if kept:
                kept.append(run)
            continue
        before = kept[-1].text if kept else None
        text = run.text.lstrip(" " + _STROKE) if before is None or before.endswith(" ") else run.text
        if text:
            kept.append(Run(run.marks, text))
    _trim(kept)
    while kept and kept[-1].text is None:
        kept.pop()
    return kept


def _trim(runs: list[Run]) -> None:
    """Remove the space at the end of ``runs``, in place."""
    while runs and runs[-1].text is not None:
        last = runs.pop()
        if text := (last.text or "").rstrip(" "):
            runs.append(Run(last.marks, text))
            return
