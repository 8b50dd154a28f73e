"""An event in time: itself, its parts, and the statements about it, in the order of their dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from memorial.publishing.models import EditionQuerySet
from memorial.statements.models import Event

from .cards import Card, cards
from .paging import PAGE_SIZE, Sheet, sheet


@dataclass(frozen=True)
class Entry:
    """One line: the event, a part of it, or a statement about it."""

    dated: str
    earliest: date
    event: Event | None = None
    card: Card | None = None


def timeline(parts: Sequence[Event], editions: EditionQuerySet, lang: str, number: int) -> tuple[list[Entry], Sheet]:
    """Return one page of the timeline. Pages are counted in statements; parts stand where their dates put them.

    Three queries: the page, the statement before it, the issuers' names.
    """
    ordered = editions.cards().order_by("earliest", "statement_id")
    found = sheet(ordered, number)
    entries = [Entry(card.edition.dated, card.edition.earliest, card=card) for card in cards(found.rows, lang)]
    start = (number - 1) * PAGE_SIZE
    after = ordered[start - 1].earliest if start else date.min
    until = entries[-1].earliest if found.has_next else date.max
    entries += [
        Entry(part.dated, part.earliest, event=part)
        for part in parts
        if (after < part.earliest or not start) and part.earliest <= until
    ]
    return sorted(entries, key=lambda entry: (entry.earliest, entry.card is not None)), found
