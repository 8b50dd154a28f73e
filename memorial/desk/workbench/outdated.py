"""What has changed in the source since the text was made from it, paragraph by paragraph, with the editors' notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from memorial.text.difference import BlockChange, Piece, block_difference, word_difference
from memorial.translations.models import ReadyMark, Revision, Significance
from memorial.translations.ready import marks_since, newest_ready

from .bench import Bench


@dataclass(frozen=True)
class Run:
    """Paragraphs one after the other: unchanged ones are folded together."""

    is_folded: bool
    changes: tuple[BlockChange, ...]

    @property
    def count(self) -> int:
        """How many paragraphs."""
        return len(self.changes)


@dataclass(frozen=True)
class Difference:
    """Two revisions of one text; pieces of the title and the summary are empty where nothing changed."""

    old: Revision
    new: Revision
    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    runs: tuple[Run, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether the words are the same."""
        return not self.title and not self.summary and all(run.is_folded for run in self.runs)


@dataclass(frozen=True)
class Outdated:
    """Why a text is outdated: the difference in its source, and what the editors said about it."""

    significance: Significance
    difference: Difference
    marks: tuple[ReadyMark, ...]
    is_shown_beside: bool


def difference(old: Revision, new: Revision) -> Difference:
    """The difference between two revisions, in the order of reading the newer."""
    return Difference(
        old=old,
        new=new,
        title=_pieces(old.title, new.title),
        summary=_pieces(old.summary, new.summary),
        runs=folded(block_difference(old.body, new.body)),
    )


def folded(changes: Iterable[BlockChange]) -> tuple[Run, ...]:
    """Put unchanged paragraphs that follow each other into one run."""
    groups = groupby(changes, key=lambda change: change.kind == "same")
    return tuple(Run(is_same, tuple(several)) for is_same, several in groups)


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
        difference(base, mark.revision),
        tuple(marks_since(base)),
        is_shown_beside=bench.source == mark.revision,
    )


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    return tuple(word_difference(old, new)) if old != new else ()
