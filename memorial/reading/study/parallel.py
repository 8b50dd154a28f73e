"""Parallel reading: the visible texts of one statement in two languages, block by block."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from memorial.languages.formats import own_name
from memorial.languages.labels import direction
from memorial.publishing.models import Edition, Withdrawal
from memorial.reading import wording
from memorial.reading.addresses import absolute, of_statement
from memorial.reading.withdrawn import notice
from memorial.text.blocks import blocks
from memorial.text.excerpt import excerpt
from memorial.text.parallel import Row, beside


@dataclass(frozen=True)
class Side:
    """One of the two texts, and what it is."""

    edition: Edition

    @property
    def lang(self) -> str:
        """The language of the text."""
        return str(self.edition.language)

    @property
    def dir(self) -> str:
        """The direction of the text."""
        return direction(self.lang)

    @property
    def own_name(self) -> str:
        """What the language calls itself."""
        return own_name(self.lang)

    @property
    def is_original(self) -> bool:
        """Whether the statement was issued in this language."""
        return bool(self.facts["statement"]["original_language"] == self.lang)

    @cached_property
    def withdrawal(self) -> Withdrawal | None:
        """What readers are told if the text has been withdrawn. One query where it has."""
        return notice(self.edition)

    @property
    def facts(self) -> dict[str, Any]:
        """What was sealed with the text."""
        facts: dict[str, Any] = self.edition.facts
        return facts

    @property
    def standing(self) -> str:
        """The sentence, in the page's language, that says what the text is."""
        return wording.standing(self.facts, self.lang)

    @property
    def address(self) -> str:
        """The page of the statement in this language alone."""
        return of_statement(self.edition)

    @property
    def address_of_edition(self) -> str:
        """The absolute address under which this very text stays."""
        return absolute(of_statement(self.edition, "edition", number=self.edition.number))


@dataclass(frozen=True)
class Passage:
    """What a text has in one row, as HTML; empty where it has nothing there."""

    side: Side
    html: str


@dataclass(frozen=True)
class Reading:
    """Two texts of a statement: the first in the language of the page, the second beside it."""

    first: Side
    second: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both in the order of reading."""
        return self.first, self.second

    @cached_property
    def rows(self) -> list[Row]:
        """The blocks of both, paired by their keys."""
        return beside(blocks(self.first.edition.body), blocks(self.second.edition.body))

    @property
    def passages(self) -> Iterator[tuple[str, tuple[Passage, Passage]]]:
        """The rows as they are shown: (key, both passages)."""
        for row in self.rows:
            yield (
                row.key,
                (
                    Passage(self.first, "".join(map(excerpt, row.left))),
                    Passage(self.second, "".join(map(excerpt, row.right))),
                ),
            )


def of(first: Edition, second: Edition) -> Reading:
    """Return two released editions side by side, with their texts, by one query."""
    released = Edition.objects.released().select_related("statement").defer("canonical")
    full = released.with_withdrawal_key().in_bulk([first.pk, second.pk])
    return Reading(Side(full[first.pk]), Side(full[second.pk]))
