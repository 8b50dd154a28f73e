"""The issuers, occasions, events and places that visible statements have: what lists and searches are narrowed to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from memorial.languages.labels import Label
from memorial.languages.prepared import prepared
from memorial.publishing.models import Edition
from memorial.statements.models import Event, Issuer, Occasion, Place

from .names import name_of
from .page_cache.once import once_a_generation

_LINKS: dict[str, tuple[Any, str]] = {
    "issuer": (Issuer, "issuer"),
    "occasion": (Occasion, "occasion"),
    "event": (Event, "events"),
    "place": (Place, "places"),
}


@dataclass(frozen=True)
class Spoken:
    """What statements can be narrowed to: its key, its address and its name."""

    key: int
    slug: str
    name: Label


@once_a_generation
def spoken_of(kind: str, lang: str) -> Sequence[Spoken]:
    """Return those of one kind that visible statements in ``lang`` have, with their names in it; one query."""
    return _spoken(_in_one_language(lang, timezone.now(), kind=kind, tag=lang), lang)


@once_a_generation
def spoken_of_in_any(kind: str, lang: str, most: int) -> Sequence[Spoken]:
    """Return those of one kind that visible statements in any language have, with their names; one query."""
    return _spoken(_in_any_language(timezone.now(), kind=kind, tag=lang, most=most), lang)


def _spoken(rows: Iterable[Any], lang: str) -> Sequence[Spoken]:
    return tuple(Spoken(row.pk, row.slug, name_of(row, lang)) for row in rows)


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
