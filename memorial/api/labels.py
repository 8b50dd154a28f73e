"""Issuers, occasions, events, places and languages, as the API finds and writes them."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from memorial.languages.models import Language
from memorial.reading.addresses import absolute
from memorial.reading.paths import path_to
from memorial.statements.labels import LABELS
from memorial.statements.models import Event, EventName, Issuer, Occasion, Place

from . import asked, cursors
from .naming import PLURALS, Data, dated, pages, reference, words
from .paging import sheet


def _issuer(row: Issuer, public: Collection[str]) -> Data:
    return {"kind": row.kind, "country": row.country, "website": row.website}


def _occasion(row: Occasion, public: Collection[str]) -> Data:
    event = reference(row.event, "event", public) if row.event else None
    return {"month": row.month, "day": row.day, "first_year": row.first_year, "event": event}


def _event(row: Event, public: Collection[str]) -> Data:
    return {
        "dated": dated(row.dated, row.earliest, row.latest),
        "part_of": reference(row.part_of, "event", public) if row.part_of else None,
        "places": [reference(place, "place", public) for place in row.places.all()],
        "names_in_use": [_name_in_use(name, public) for name in row.names.all()],
        "not_heard": words(row, "coverage", public),
    }


def _name_in_use(row: EventName, public: Collection[str]) -> Data:
    return {"name": row.name, "language": row.language, "used_by": words(row, "used_by", public)}


def _place(row: Place, public: Collection[str]) -> Data:
    return {
        "latitude": None if row.latitude is None else float(row.latitude),
        "longitude": None if row.longitude is None else float(row.longitude),
        "spellings": [each.spelling for each in row.spellings.all()],
    }


_OWN: dict[str, Callable[[Any, Collection[str]], Data]] = {
    "issuer": _issuer,
    "occasion": _occasion,
    "event": _event,
    "place": _place,
}


def rows_of(kind: str) -> "QuerySet[Any]":
    """The labels of a kind with what is written of them, by their slugs. As many queries as there are relations."""
    joined, fetched = (
        {"occasion": ["event"], "event": ["part_of"]},
        {"event": ["places", "names"], "place": ["spellings"]},
    )
    rows: QuerySet[Any] = LABELS[kind].objects.prefetch_related(*fetched.get(kind, []))
    return (rows.select_related(*joined[kind]) if kind in joined else rows).order_by("slug")


def page(kind: str, wish: asked.Page, public: Sequence[str]) -> Data:
    """One page of the labels of a kind."""
    rows, plural = rows_of(kind), PLURALS[kind]
    if wish.cursor:
        rows = rows.filter(slug__gt=cursors.read(plural, wish.cursor)[0])
    shown, following = sheet(plural, wish, rows, lambda row: (row.slug,))
    return {"items": [written(kind, row, public) for row in shown], "next": following}


def one(kind: str, slug: str, public: Sequence[str]) -> Data:
    """One label. Raises Http404."""
    row = rows_of(kind).filter(slug=slug).first()
    if row is None:
        raise Http404("no label has this slug")
    return written(kind, row, public)


def written(kind: str, row: Any, public: Sequence[str]) -> Data:
    """A label in full."""
    return {
        **reference(row, kind, public),
        "description": words(row, "description", public),
        **_OWN[kind](row, public),
        "pages": pages(row, kind, public),
    }


def languages_page() -> Data:
    """The public languages in the order of the site. One query."""
    rows = Language.objects.public()
    return {
        "items": [
            {
                "tag": row.tag,
                "name_en": row.name_en,
                "name_own": row.name_own,
                "script": row.script,
                "direction": row.direction,
                "url": absolute(path_to("home", lang=row.tag)),
            }
            for row in rows
        ],
        "next": None,
    }
