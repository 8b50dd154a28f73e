"""What has changed in the source since the text was made from it, with the editors' notes."""

from dataclasses import dataclass

from memorial.translations.models import ReadyMark, Revision, Significance
from memorial.translations.ready import marks_since, newest_ready

from .bench import Bench
from .changes import Changes, changes_between


@dataclass(frozen=True)
class Outdated:
    """Why a text is outdated: what has changed in its source, and what the editors said about it."""

    significance: Significance
    base: Revision
    newest: Revision
    changes: Changes
    marks: tuple[ReadyMark, ...]
    is_shown_beside: bool


def outdated(bench: Bench, base: Revision | None) -> Outdated | None:
    """What has changed since ``base``, from which the text was made; None where it is up to date."""
    if bench.text is None or base is None:
        return None
    significance = bench.text.outdated_by
    mark = newest_ready(base.text) if significance else None
    if significance is None or mark is None or mark.revision.number <= base.number:
        return None
    return Outdated(
        significance,
        base,
        mark.revision,
        changes_between(base, mark.revision),
        tuple(marks_since(base)),
        is_shown_beside=bench.source == mark.revision,
    )
