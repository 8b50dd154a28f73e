"""What an archive is made by, and what follows from it for every row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import islice
from types import SimpleNamespace
from typing import Any

from memorial.publishing.models import Edition
from memorial.reading.search import document
from memorial.statements.models import Source
from memorial.text.dates import StatedDate, parse
from memorial.translations.models import Revision, Text

from .imagine import PART, ImaginedStatement, imagine_part

MOST_EDITIONS = 2  # of one text


@dataclass(frozen=True)
class Plan:
    """What an archive is made by: how it is drawn, who makes it and when, and the rows that it refers to.

    ``keys`` are those of labels, by slug; ``first`` the lowest free key of each table; ``relays`` the further sources
    of the first statements, by number. ``is_copied`` where the database is PostgreSQL, which keeps moments with their
    zone, and words beside their entries; ``is_indexed`` where there is a place for the words of the index.
    """

    statements: int
    seed: int
    tags: tuple[str, ...]
    is_short: bool
    by: int
    sealed_at: datetime
    now: datetime
    is_copied: bool
    is_indexed: bool
    keys: Mapping[str, int]
    first: Mapping[Any, int]
    relays: Mapping[int, list[Source]] = field(default_factory=dict)

    @property
    def parts(self) -> range:
        """The numbers of the parts."""
        return range(-(-self.statements // PART))

    def drawn(self, part: int) -> Iterator[tuple[int, ImaginedStatement]]:
        """Yield the statements of a part, with their numbers."""
        imagined = imagine_part(part, seed=self.seed, tags=self.tags, is_short=self.is_short)
        return enumerate(islice(imagined, self.statements - part * PART), start=part * PART)

    def moment(self, value: datetime) -> str:
        """Return a moment as the database reads it."""
        return str(value if self.is_copied else value.replace(tzinfo=None))

    @cached_property
    def sealed(self) -> str:
        """When it is sealed, as the database reads it."""
        return self.moment(self.sealed_at)

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each language."""
        return {tag: place for place, tag in enumerate(self.tags)}

    def text(self, number: int, tag: str) -> int:
        """Return the key of a statement's text."""
        return self.first[Text] + number * len(self.tags) + self.place[tag]

    def revision(self, number: int, tag: str, edition: int) -> int:
        """Return the key of a text's revision. Each text has room for two, whether it has them."""
        return self.first[Revision] + (number * len(self.tags) + self.place[tag]) * MOST_EDITIONS + edition - 1

    def editions(self, number: int, imagined: ImaginedStatement) -> list[tuple[int, str, int]]:
        """Return the editions of a statement: key, language and number. They are keyed as their revisions are."""
        apart = self.first[Edition] - self.first[Revision]
        return [
            (self.revision(number, tag, edition) + apart, tag, edition)
            for tag in imagined.texts
            for edition in range(1, len(imagined.visible) + 1)
        ]

    def indexed(self, number: int, imagined: ImaginedStatement) -> list[tuple[int, str, int]]:
        """Return the editions of a statement that have an entry in the index: what is visible, or will be."""
        visible = imagined.visible
        return [
            (key, tag, edition)
            for key, tag, edition in self.editions(number, imagined)
            if edition == len(visible) or max(visible[edition - 1 : edition + 1]) > self.now
        ]


@lru_cache(maxsize=100_000)
def stated(dated: str) -> tuple[StatedDate, str, str]:
    """Return a date that is written, with the first and the last day that it can mean as the database reads them."""
    found = parse(dated)
    return found, found.earliest.isoformat(), found.latest.isoformat()


def keys_of(plan: Plan, imagined: ImaginedStatement) -> dict[str, tuple[str, ...]]:
    """Return what the editions in each language are found by, beside their words: all but the language is the same."""
    date = stated(imagined.dated)[0]
    edition = SimpleNamespace(
        facts={"statement": {"original_language": imagined.original}, "figures": True},
        earliest=date.earliest, latest=date.latest, kind=imagined.kind, language=imagined.original,
        issuer_id=plan.keys[imagined.issuer.slug], occasion_id=plan.keys[imagined.occasion.slug],
    )  # fmt: skip
    places = sorted([plan.keys[place.slug] for place in imagined.places])
    found = document.keys_of(edition, [plan.keys[imagined.event.slug]], places)  # type: ignore[arg-type]
    at = found.index(document.key("language", imagined.original))
    return {tag: (*found[:at], document.key("language", tag), *found[at + 1 :]) for tag in imagined.texts}
