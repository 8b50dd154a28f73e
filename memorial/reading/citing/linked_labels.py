"""Issuers, occasions, events and the archive itself as linked data (schema.org in JSON-LD)."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from memorial.reading.addresses import absolute
from memorial.reading.names import name_of
from memorial.statements.models import Event, Issuer, Occasion, Place
from memorial.text import dates

CONTEXT = "https://schema.org"
Node = dict[str, Any]

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
# As in Django's json_script: no end of the element, no comment and no entity can stand in a script's data.
_IN_A_SCRIPT = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def in_a_script(node: Node) -> SafeString:
    """Write a node so that it can stand in a ``script`` element of a page."""
    return SafeString(json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(_IN_A_SCRIPT))


def known(node: Node) -> Node:
    """Leave out what has no value."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def issuer_type(kind: str) -> str:
    """Return schema.org's type for a kind of issuer."""
    return _TYPES.get(kind, "Organization")


def plain_date(stated: str) -> str | None:
    """Return a stated date or moment as schema.org's Date or DateTime; None for what ISO 8601 does not say."""
    if not stated:
        return None
    found = dates.parse(stated)
    is_plain = found.end is None and not found.is_approximate and not found.is_uncertain
    return stated if is_plain else None


def interval(stated: str) -> str:
    """Return a stated date as ISO 8601 says it; of one that is not exact, the widest interval that it can mean."""
    found = dates.parse(stated)
    if found.is_approximate or found.is_uncertain:
        return f"{found.earliest.isoformat()}/{found.latest.isoformat()}"
    return stated


def when(stated: str) -> Node:
    """Return the days of an event, as exact as they are stated; nothing for about a year."""
    found = dates.parse(stated)
    if found.is_approximate or found.is_uncertain:
        return {}
    start, _slash, end = stated.partition("/")
    return {"startDate": start, "endDate": end} if end else {"startDate": start}


def archive() -> Node:
    """Return the archive that keeps and provides the statements."""
    address = absolute(reverse("reading:root"))
    return {"@type": "ArchiveOrganization", "@id": f"{address}#archive", "name": settings.SITE_NAME, "url": address}


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
    return absolute(reverse(f"reading:{name}", kwargs={"lang": lang, "slug": slug}))


def _short(kind: str, name: str, labelled: Any, lang: str) -> Node:
    return {"@type": kind, "@id": _address(name, labelled.slug, lang), "name": name_of(labelled, lang).text}
