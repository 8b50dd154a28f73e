"""A series: what one issuer stated on one occasion, year by year."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from memorial.publishing.models import Edition
from memorial.reading.addresses import Alternate, of_statement
from memorial.statements.models import Issuer, Occasion
from memorial.text.block import Block
from memorial.text.blocks import blocks, words_in
from memorial.text.recurring import Recurring, Step, recurring

#: So many statements are shown, the newest; of their texts so many are compared as stay under both other limits.
MOST_STATEMENTS = 80
MOST_PARAGRAPHS = 2_000
MOST_CHARACTERS = 800_000


@dataclass
class Year:
    """One statement of the series: its editions, and ``edition``, its text in the language of the page, or None."""

    occasion: Occasion
    editions: list[Edition]
    edition: Edition | None = None
    before: "Year | None" = None  # the nearest one before it whose text is compared
    step: Step | None = None

    @property
    def any_edition(self) -> Edition:
        """An edition of the statement, in whichever language."""
        return self.edition or self.editions[0]

    @property
    def languages(self) -> list[Alternate]:
        """The statement in each language in which it can be read."""
        return [Alternate(row.language, of_statement(row)) for row in self.editions]

    @property
    def sid(self) -> str:
        """The permanent id of the statement."""
        return self.any_edition.statement.sid

    @property
    def year(self) -> int:
        """The year whose return of the occasion the statement is for."""
        return self.occasion.year_of(self.any_edition.earliest)

    @property
    def anniversary(self) -> int | None:
        """The number of the anniversary."""
        return self.occasion.anniversary(self.year)

    @property
    def path(self) -> str:
        """The statement in the language of the page, or an empty string."""
        return of_statement(self.edition) if self.edition else ""

    @cached_property
    def length(self) -> int:
        """The number of words in the language of the page."""
        return words_in(self.blocks)

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The figures as stated, as sealed with the text."""
        return list(self.edition.facts["figures"]) if self.edition else []

    @cached_property
    def blocks(self) -> list[Block]:
        """The paragraphs in the language of the page."""
        return blocks(self.edition.body) if self.edition else []


@dataclass(frozen=True)
class Series:
    """The statements of a series, the oldest first, and what became of each passage in the texts that are compared."""

    occasion: Occasion
    issuer: Issuer
    lang: str
    years: list[Year]
    is_cut: bool = False  # there are older statements than those that are shown
    compared: list[Year] = field(default_factory=list)
    recurring: Recurring = field(default_factory=Recurring)

    @property
    def latest_first(self) -> list[Year]:
        """The newest statement first."""
        return self.years[::-1]

    @property
    def texts(self) -> list[Year]:
        """The statements that can be read in the language of the page."""
        return [year for year in self.years if year.edition]

    @property
    def is_compared_in_part(self) -> bool:
        """Whether there are more texts than are compared."""
        return len(self.compared) < len(self.texts)

    def named(self, sid: str) -> Year | None:
        """The text of that statement."""
        return next((year for year in self.texts if year.sid == sid), None)


def find(occasion: Occasion, issuer: Issuer, lang: str, tags: Sequence[str]) -> Series:
    """Return the series by two queries; without ``years`` where nothing of it is public.

    ``tags`` are the public languages in the order of the site.
    """
    visible = Edition.objects.visible().filter(occasion=occasion, issuer=issuer)
    years: dict[int, Year] = {}
    rows = visible.cards().order_by("-earliest", "-statement_id", "language")
    is_cut = False
    for edition in rows[: (MOST_STATEMENTS + 1) * max(1, len(tags))]:
        if edition.statement_id not in years and len(years) == MOST_STATEMENTS:
            is_cut = True
            break
        year = years.setdefault(edition.statement_id, Year(occasion, []))
        year.editions.append(edition)
    full = visible.filter(language=lang, statement__in=years).select_related("statement").defer("canonical", "summary")
    for edition in full:
        years[edition.statement_id].edition = edition
    order = {tag: place for place, tag in enumerate(tags)}
    for year in years.values():
        year.editions.sort(key=lambda row: order.get(row.language, len(order)))
    ordered = list(years.values())[::-1]
    compared = _compared([year for year in ordered if year.edition])
    found = recurring([[block.text for block in year.blocks] for year in compared])
    for number, year in enumerate(compared[1:], start=1):
        year.before, year.step = compared[number - 1], found.steps[number]
    return Series(occasion, issuer, lang, ordered, is_cut, compared, found)


def _compared(texts: Sequence[Year]) -> list[Year]:
    """The newest texts that stay under the limits together; the newest is always among them."""
    kept: list[Year] = []
    paragraphs = characters = 0
    for year in reversed(texts):
        paragraphs += len(year.blocks)
        characters += sum(len(block.text) for block in year.blocks)
        if kept and (paragraphs > MOST_PARAGRAPHS or characters > MOST_CHARACTERS):
            break
        kept.append(year)
    return kept[::-1]
