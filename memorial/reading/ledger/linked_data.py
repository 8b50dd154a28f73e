"""The ledger as linked data (schema.org): a data set of claims, each about an observation that its claimant makes.

A ``Claim`` is what somebody says, and an ``Observation`` the number in it. The archive interprets no claim and judges
none: there is no ``ClaimReview``, which would publish a verdict.
"""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from memorial.reading.addresses import absolute
from memorial.reading.names import name_of
from memorial.reading.wording import measure
from memorial.text import dates

from .definitions import definitions
from .page import Ledger
from .rows import LedgerRow

MEDIA_TYPE = "application/ld+json"
CONTEXT = "https://schema.org"
Node = dict[str, Any]

# As in Django's json_script: no end of the element, no comment and no entity can stand in a script's data.
_IN_A_SCRIPT = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def in_a_script(node: Node) -> SafeString:
    """Write a node so that it can stand in a ``script`` element of a page."""
    return SafeString(json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(_IN_A_SCRIPT))


def dataset(found: Ledger, lang: str) -> Node:
    """Return one sheet of a ledger as a data set of claims."""
    event = found.event
    page = absolute(reverse("reading:event_figures", kwargs={"lang": lang, "slug": event.slug}))
    name = name_of(event, lang)
    about = {"@id": absolute(reverse("reading:event", kwargs={"lang": lang, "slug": event.slug}))}
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": page,
        "url": page,
        "name": _("Figures as stated: %(event)s") % {"event": name.text},
        "description": _("Each figure is given as its claimant states it."),
        "inLanguage": lang,
        "isAccessibleForFree": True,
        "provider": {"@type": "ArchiveOrganization", "name": settings.SITE_NAME, "url": absolute("/")},
        "about": {"@type": "Event", **about, "name": name.text, **_days(event.dated)},
        "temporalCoverage": _interval(event.dated),
        "variableMeasured": [
            {"@type": "PropertyValue", "propertyID": value, "name": measure(value), "description": text}
            for value, text in definitions(found.measures)
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": absolute(
                    reverse(f"reading:event_figures_{suffix}", kwargs={"lang": lang, "slug": event.slug})
                ),
                "encodingFormat": media_type,
            }
            for suffix, media_type in (("csv", "text/csv"), ("json", "application/json"))
        ],
        "hasPart": [_claim(row, page, about, lang) for row in found.rows],
    }


def _claim(row: LedgerRow, page: str, event: Node, lang: str) -> Node:
    text = row.wording or row.described
    return _known(
        {
            "@type": "Claim",
            "@id": f"{page}#{row.fid}",
            "identifier": row.fid,
            "text": text.text,
            "inLanguage": text.lang if text else None,
            "author": {
                "@type": "Organization",
                "@id": absolute(reverse("reading:issuer", kwargs={"lang": lang, "slug": row.claimant_slug})),
                "name": row.claimant.text,
            },
            "datePublished": _plain_date(row.claimed),
            "temporal": row.claimed,
            "appearance": _appearance(row),
            "about": [event, _observation(row, event)],
        }
    )


def _appearance(row: LedgerRow) -> Node:
    standing = row.standing
    return _known(
        {
            "@type": "CreativeWork" if standing.is_source else "DigitalDocument",
            "url": standing.path if standing.is_source else absolute(standing.path),
            "name": standing.title.text,
            "inLanguage": standing.title.lang,
            "version": standing.number,
        }
    )


def _observation(row: LedgerRow, event: Node) -> Node:
    """The number of a claim: one value, or its limits; none for words."""
    numbers: Node = {"minValue": row.lowest, "maxValue": row.highest}
    if row.lowest is not None and row.lowest == row.highest:
        numbers = {"value": row.lowest}
    return _known(
        {
            "@type": "Observation",
            "observationAbout": event,
            "measuredProperty": {"@type": "Property", "name": row.measure},
            **numbers,
            "measurementQualifier": None if row.kind == "exact" else row.kind,
            "observationDate": _plain_date(row.claimed),
            "description": row.described.text,
        }
    )


def _known(node: Node) -> Node:
    """Leave out what has no value; zero is one."""
    return {name: value for name, value in node.items() if value is not None and value != ""}


def _plain_date(stated: str) -> str | None:
    """A stated date as schema.org's Date or DateTime; None for what ISO 8601 does not say."""
    found = dates.parse(stated)
    return stated if found.end is None and not found.is_approximate and not found.is_uncertain else None


def _days(stated: str) -> Node:
    """The days of an event, as exact as they are stated; nothing for about a year."""
    found = dates.parse(stated)
    if found.is_approximate or found.is_uncertain:
        return {}
    start, _slash, end = stated.partition("/")
    return {"startDate": start, "endDate": end} if end else {"startDate": start}


def _interval(stated: str) -> str:
    """A stated date as ISO 8601 says it; of one that is not exact, the widest interval that it can mean."""
    found = dates.parse(stated)
    if found.is_approximate or found.is_uncertain:
        return f"{found.earliest.isoformat()}/{found.latest.isoformat()}"
    return stated
