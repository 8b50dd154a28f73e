"""The issuers, occasions, events and places that visible statements have: what lists and searches are narrowed to."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from memorial.languages.labels import Label
from memorial.languages.prepared import prepared
from memorial.publishing.models import Edition
from memorial.statements.models import Event, Issuer, Occasion, Place

from .names import name_of

_LINKS: dict[str, tuple[Any, str]] = {
    "issuer": (Issuer, "issuer"),
    "occasion": (Occasion, "occasion"),
    "event": (Event, "events"),
    "place": (Place, "places"),
}


def spoken_of(kind: str, lang: str) -> list[Any]:
    """Return those of one kind that visible statements in ``lang`` have, with their names in it; one query."""
    return _in_one_language(lang, timezone.now(), kind=kind, tag=lang)


def spoken_of_in_any(kind: str, lang: str, most: int) -> list[tuple[str, Label]]:
    """Return the addresses and the names of those that visible statements in any language have; one query."""
    return [(row.slug, name_of(row, lang)) for row in _in_any_language(timezone.now(), kind=kind, tag=lang, most=most)]


@prepared
def _in_one_language(lang: str, now: datetime, *, kind: str, tag: str) -> QuerySet[Any]:
    model, link = _LINKS[kind]
    editions = Edition.objects.visible(now).filter(language=lang, **{link: OuterRef("pk")})
    return _named(model.objects.filter(Exists(editions)), tag)


@prepared
def _in_any_language(now: datetime, *, kind: str, tag: str, most: int) -> QuerySet[Any]:
    model, link = _LINKS[kind]
    editions = Edition.objects.visible(now).filter(**{link: OuterRef("pk")})
    return _named(model.objects.filter(Exists(editions)), tag)[:most]


def _named(rows: Any, tag: str) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.in_language(tag, without=["description", "coverage"])
    return found
