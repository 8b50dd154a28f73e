"""Two statements of a series compared: paragraphs that share no keys, aligned by what they say."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.utils.translation import gettext as _

from memorial.publishing.models import Edition
from memorial.reading import wording
from memorial.reading.addresses import of_statement
from memorial.statements.models import Source
from memorial.text.block import Block
from memorial.text.counterparts import Counterparts
from memorial.text.difference import Piece, word_difference
from memorial.text.excerpt import excerpt
from memorial.text.recurring import Step, step

from .changes import Change, of_words
from .redline import marked, redline

Kind = Literal["same", "changed", "gone", "new", "moved"]
# What shows that the text was read where the issuer itself published it.
_FIRST_HAND = Source.What.OFFICIAL


class Compared(Counterparts):
    """One paragraph of either text, or one of each that answer each other: the first is of the older one."""

    @property
    def kind(self) -> Kind:
        """What has become of it."""
        if self.first is None:
            return "new"
        if self.second is None:
            return "gone"
        if self.is_changed:
            return "changed"
        return "moved" if self.is_moved else "same"

    @property
    def anchor(self) -> str:
        """Its id on the page: the key that it has in the newer text, else the one it had, marked as such."""
        return self.second.key if self.second else f"older-{self.first.key}" if self.first else ""

    @property
    def redline(self) -> str:
        """Both wordings in one, as HTML."""
        block = self.second or self.first
        return redline(block, self.pieces) if block else ""

    @property
    def older(self) -> str:
        """The older wording with what is gone marked, as HTML; empty where there is none."""
        return self._side(self.first, self.of_first)

    @property
    def newer(self) -> str:
        """The newer wording with what is new marked, as HTML; empty where there is none."""
        return self._side(self.second, self.of_second)

    def _side(self, block: Block | None, pieces: list[Piece]) -> str:
        if block is None:
            return ""
        return excerpt(block, marked(pieces) if self.kind == "changed" else None)

    @property
    def changes(self) -> list[Change]:
        """What has changed, in words."""
        found = [Change("", "", "", "moved")] if self.is_moved else []
        if self.first is None or self.second is None:
            old, new = (text or "" for text in self.texts)
            return [Change("", old, new, "new" if self.second else "gone")]
        return [*found, *of_words("", self.pieces)]


@dataclass(frozen=True)
class Comparison:
    """Two visible texts in one language."""

    older: Edition
    newer: Edition

    @cached_property
    def paragraphs(self) -> list[Compared]:
        """The paragraphs in the order of the newer text; what only the older has stands where it was."""
        return Compared.of(self.older.body, self.newer.body)

    @property
    def title(self) -> str:
        """The difference of the titles, as HTML."""
        return marked(word_difference(self.older.title, self.newer.title))

    @property
    def step(self) -> Step:
        """How many paragraphs are the same, changed, new and gone."""
        return step([each.texts for each in self.paragraphs])

    @property
    def sides(self) -> tuple[tuple[Edition, str, str], ...]:
        """Both editions with their address and what each is."""
        return tuple(
            (edition, of_statement(edition), wording.standing(edition.facts, edition.language))
            for edition in (self.older, self.newer)
        )

    @property
    def warnings(self) -> Iterator[tuple[Edition, list[str]]]:
        """What keeps either text from being the issuer's own words, or from having been read first hand."""
        for edition, _path, standing in self.sides:
            found = [] if wording.is_the_issuers_full_text(edition.facts) else [standing]
            kinds = {source["what"] for source in edition.facts["sources"]}
            if kinds and _FIRST_HAND not in kinds:
                found.append(_("It was not read in the issuer’s own publication but in a relay or a report."))
            if found:
                yield edition, found
