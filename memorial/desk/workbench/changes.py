"""What has changed from one state of a text to another, in the shape in which the pages show it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.text.difference import BlockChange, Piece, block_difference, word_difference
from memorial.translations.models import PrivateDraft, Revision

_WHAT_BLOCKS_ARE: dict[str, Promise] = {
    "p": _("Paragraph"), "h2": _("Heading"), "h3": _("Heading"), "li": _("List item"),
}  # fmt: skip
_TITLE, _SUMMARY = pgettext_lazy("part of a text", "Title"), pgettext_lazy("part of a text", "Summary")


@dataclass(frozen=True)
class Change:
    """One part of a text: its title, its summary or a block. ``kind`` is as of a ``BlockChange``.

    ``old_html`` and ``new_html`` are given where the words are the same and only what is marked in them has changed;
    they are cleaned, as they are stored.
    """

    what: str | Promise
    kind: str
    pieces: tuple[Piece, ...]
    is_moved: bool = False
    lang: str = ""
    dir: str = ""
    old_html: str = ""
    new_html: str = ""

    @property
    def has_before(self) -> bool:
        """Whether the older revision has this part."""
        return self.kind != "new"

    @property
    def has_after(self) -> bool:
        """Whether the newer revision has this part."""
        return self.kind != "gone"

    @property
    def is_markup_only(self) -> bool:
        """Whether the words are the same, and a link, an emphasis or the kind of paragraph is not."""
        return self.kind == "changed" and all(piece.kind == "same" for piece in self.pieces)


@dataclass(frozen=True)
class Run:
    """Parts that follow each other: all of them unchanged, and folded, or all of them changed."""

    is_same: bool
    parts: tuple[Change, ...]

    @property
    def count(self) -> int:
        """How many parts."""
        return len(self.parts)


@dataclass(frozen=True)
class Changes:
    """The difference from one state of a text to another, in the order of reading the newer; None: nothing yet."""

    old: Revision | None
    new: Revision | PrivateDraft
    runs: tuple[Run, ...]

    @property
    def count(self) -> int:
        """How many parts have changed."""
        return sum(run.count for run in self.runs if not run.is_same)


def changes_between(old: Revision | None, new: Revision | PrivateDraft) -> Changes:
    """Compare a revision with another of its text, or with what somebody has typed: title, summary, then the blocks."""
    groups = groupby(_parts(old, new), key=lambda part: part.kind == "same")
    return Changes(old, new, tuple(Run(is_same, tuple(parts)) for is_same, parts in groups))


def _parts(old: Revision | None, new: Revision | PrivateDraft) -> Iterator[Change]:
    title, summary, body = (old.title, old.summary, old.body) if old else ("", "", "")
    yield from _of_line(_TITLE, title, new.title)
    yield from _of_line(_SUMMARY, summary, new.summary)
    yield from _of_blocks(block_difference(body, new.body))


def _of_line(what: str | Promise, old: str, new: str) -> Iterator[Change]:
    if old or new:
        kind = "same" if old == new else "new" if not old else "gone" if not new else "changed"
        yield Change(what, kind, tuple(word_difference(old, new)))


def _of_blocks(changes: Iterable[BlockChange]) -> Iterator[Change]:
    for change in changes:
        block = change.new or change.old
        if block is None:
            continue
        made = Change(
            _WHAT_BLOCKS_ARE.get(block.kind, _WHAT_BLOCKS_ARE["p"]), change.kind, tuple(change.pieces),
            change.is_moved, block.lang, block.dir,
        )  # fmt: skip
        if made.is_markup_only and change.old and change.new:
            made = Change(
                made.what, made.kind, made.pieces, made.is_moved, made.lang, made.dir, change.old.html, change.new.html
            )
        yield made
