"""Issuers, occasions and events as linked data (schema.org in JSON-LD)."""

from typing import Any

from memorial.reading.addresses import absolute
from memorial.reading.names import name_of
from memorial.reading.paths import path_to
from memorial.reading.schema_org import CONTEXT, Node, known, when
from memorial.statements.models import Event, Issuer, Occasion, Place

_GOVERNMENT = "GovernmentOrganization"
_TYPES: dict[str, str] = {
    Issuer.Kind.HEAD_OF_STATE: _GOVERNMENT,  # the office, not the person who holds it
    Issuer.Kind.GOVERNMENT: _GOVERNMENT,
    Issuer.Kind.MINISTRY: _GOVERNMENT,
    Issuer.Kind.PARLIAMENT: _GOVERNMENT,
    Issuer.Kind.COURT: _GOVERNMENT,
    Issuer.Kind.NEWS_AGENCY: "NewsMediaOrganization",
    Issuer.Kind.PERSON: "Person",
}


def issuer_type(kind: str) -> str:
    """Return schema.org's type for a kind of issuer."""
    return _TYPES.get(kind, "Organization")


def of_issuer(issuer: Issuer, lang: str) -> Node:
    """Return an issuer as its page describes it."""
    address = _address("issuer", issuer.slug, lang)
    return known(
        {
            "@context": CONTEXT,
            "@type": issuer_type(issuer.kind),
            "@id": address,
            "url": address,
            "name": name_of(issuer, lang).text,
            "sameAs": issuer.website,
        }
    )


def of_occasion(occasion: Occasion, lang: str) -> Node:
    """Return an occasion: what returns every year on its day."""
    address = _address("occasion", occasion.slug, lang)
    event = occasion.event
    return known(
        {
            "@context": CONTEXT,
            "@type": "EventSeries",
            "@id": address,
            "url": address,
            "name": name_of(occasion, lang).text,
            "eventSchedule": {
                "@type": "Schedule",
                "repeatFrequency": "P1Y",
                "byMonth": occasion.month,
                "byMonthDay": occasion.day,
            },
            "about": _short("Event", "event", event, lang) if event else None,
        }
    )


def of_event(event: Event, places: list[Place], lang: str) -> Node:
    """Return an event with its places.

    The names in use for it stay on the page, each with who uses it; so does the event that it is "part of, or cited
    with", which is less than ``superEvent`` says.
    """
    address = _address("event", event.slug, lang)
    return known(
        {
            "@context": CONTEXT,
            "@type": "Event",
            "@id": address,
            "url": address,
            "name": name_of(event, lang).text,
            **when(event.dated),
            "location": [_short("Place", "place", place, lang) for place in places],
        }
    )


def _address(name: str, slug: str, lang: str) -> str:
    return absolute(path_to(name, lang=lang, slug=slug))


def _short(kind: str, name: str, labelled: Any, lang: str) -> Node:
    return {"@type": kind, "@id": _address(name, labelled.slug, lang), "name": name_of(labelled, lang).text}
