"""What has changed from one edition to another, in words: for the page that compares them, and for mails."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.utils.translation import gettext as _

from memorial.languages.templatetags.languages import isolated
from memorial.publishing.models import Edition
from memorial.text.difference import BlockChange, Piece, block_difference, word_difference

from .changed_facts import changed_facts

Kind = Literal["changed", "new", "gone", "moved", "form"]


@dataclass(frozen=True)
class Change:
    """One thing that an edition has otherwise than another.

    ``where`` names the place in the active language; ``removed`` and ``added`` are the words themselves, as the texts
    have them. ``kind``: words were ``changed``; a whole paragraph is ``new`` or ``gone``; it was ``moved``; only its
    ``form`` has changed, such as a link or emphasis. ``key`` is that of the paragraph, else empty.
    """

    where: str
    removed: str
    added: str
    kind: Kind
    key: str = ""

    @property
    def what(self) -> str:
        """What was done, in the active language."""
        words = {"removed": isolated(self.removed), "added": isolated(self.added)}
        if self.kind == "moved":
            return _("moved, with the same words")
        if self.kind == "form":
            return _("only the form has changed (a link or emphasis), not the words")
        if self.kind == "new":
            return _("new: “%(added)s”") % words
        if self.kind == "gone":
            return _("left out: “%(removed)s”") % words
        if self.removed and self.added:
            return _("removed “%(removed)s”, added “%(added)s”") % words
        return _("removed “%(removed)s”") % words if self.removed else _("added “%(added)s”") % words

    @property
    def sentence(self) -> str:
        """The place and what was done there, in the active language."""
        return _("%(where)s: %(what)s") % {"where": self.where, "what": self.what}


def changes_in_words(old: Edition, new: Edition) -> list[Change]:
    """List what ``new`` has otherwise than ``old``: title, summary, paragraphs, then the facts around the text.

    Both are editions of one statement in one language, loaded with text and facts. No query.
    """
    return [*_changed_words(old, new), *_changed_facts(old, new)]


def by_place(changes: list[Change]) -> list[tuple[Change, list[Change]]]:
    """Return the changes place by place: (the first one, all of them)."""
    groups = [list(group) for _place, group in groupby(changes, key=lambda change: (change.where, change.key))]
    return [(group[0], group) for group in groups]


def of_words(where: str, pieces: list[Piece], key: str = "") -> Iterator[Change]:
    """Yield a change for each place in a text where words are gone, new, or both."""
    for is_change, run in groupby(pieces, key=lambda piece: piece.kind != "same"):
        if is_change:
            found = list(run)
            gone = "".join(piece.text for piece in found if piece.kind == "gone").strip()
            come = "".join(piece.text for piece in found if piece.kind == "new").strip()
            if gone or come:
                yield Change(where, gone, come, "changed", key)


def _changed_words(old: Edition, new: Edition) -> Iterator[Change]:
    yield from of_words(_("Title"), word_difference(old.title, new.title))
    yield from of_words(_("Summary"), word_difference(old.summary, new.summary))
    for change in block_difference(old.body, new.body):
        yield from of_block(change)


def of_block(change: BlockChange) -> Iterator[Change]:
    """Yield what has become of one paragraph; nothing where it is the same."""
    where = _("Paragraph %(key)s") % {"key": change.key}
    old, new = (block.text if block else "" for block in (change.old, change.new))
    if change.is_moved:
        yield Change(where, "", "", "moved", change.key)
    if change.kind in ("new", "gone"):
        yield Change(where, old, new, "new" if change.new else "gone", change.key)
    elif change.kind == "changed":
        found = list(of_words(where, change.pieces, change.key))
        yield from found or [Change(where, "", "", "form", change.key)]


def _changed_facts(old: Edition, new: Edition) -> Iterator[Change]:
    for where, removed, added in changed_facts(old.facts, new.facts):
        yield Change(where, removed, added, "changed")
