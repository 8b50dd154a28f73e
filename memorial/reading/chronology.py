"""The whole archive in time: events and statements in the order of their dates, in numbered pages."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value

from memorial.publishing.models import Edition
from memorial.statements.models import Event

from .cards import cards
from .paging import Sheet, sheet
from .timeline import Entry

PAGE_SIZE = 50
_EVENT, _STATEMENT = 0, 1

VIEWS = ("all", "events", "statements")


def chronology(lang: str, view: str, number: int, size: int = PAGE_SIZE) -> tuple[list[Entry], Sheet]:
    """Return one page of the archive's timeline in ``lang``; on the same day events stand before statements.

    ``view`` is one of ``VIEWS``. At most four queries: the page, its events, its statements, the issuers' names.
    """
    page = sheet(_keys(lang, view), number, {"view": view} if view != VIEWS[0] else {}, size)
    wanted = {kind: [row["pk"] for row in page.rows if row["what"] == kind] for kind in (_EVENT, _STATEMENT)}
    events = {}
    if wanted[_EVENT]:
        events = Event.objects.in_language(lang, without=["description", "coverage"]).in_bulk(wanted[_EVENT])
    editions = []
    if wanted[_STATEMENT]:
        editions = list(Edition.objects.filter(pk__in=wanted[_STATEMENT]).cards())
    found = {card.edition.pk: card for card in cards(editions, lang)}
    entries = []
    for row in page.rows:
        if row["what"] == _EVENT:
            event = events[row["pk"]]
            entries.append(Entry(event.dated, event.earliest, event=event))
        else:
            card = found[row["pk"]]
            entries.append(Entry(card.edition.dated, card.edition.earliest, card=card))
    return entries, page


def by_year(entries: Sequence[Entry]) -> Iterator[tuple[int, list[Entry]]]:
    """Group entries in order by the year of the first day that their date can mean."""
    for year, group in groupby(entries, key=lambda entry: entry.earliest.year):
        yield year, list(group)


def _keys(lang: str, view: str) -> QuerySet[Any, dict[str, Any]]:
    """What a page is cut from: keys alone, since texts are long."""
    # A plain queryset: modeltranslation's own gives the values in no order, and a union goes by their order.
    events = _key(QuerySet(Event), _EVENT)
    statements = _key(Edition.objects.visible().filter(language=lang), _STATEMENT)
    shown = {"events": events, "statements": statements}
    joined: QuerySet[Any, dict[str, Any]] = shown[view] if view in shown else events.union(statements, all=True)
    return joined.order_by("day", "what", "pk")


def _key(rows: QuerySet[Any], what: int) -> QuerySet[Any, dict[str, Any]]:
    keys = rows.order_by().annotate(what=Value(what, IntegerField()), day=F("earliest"))
    found: QuerySet[Any, dict[str, Any]] = keys.values("pk", "what", "day")
    return found
