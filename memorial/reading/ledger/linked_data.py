"""The ledger as linked data (schema.org): a data set of claims, each about an observation that its claimant makes.

A ``Claim`` is what somebody says, and an ``Observation`` the number in it. The archive interprets no claim and judges
none: there is no ``ClaimReview``, which would publish a verdict.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from memorial.reading.addresses import absolute
from memorial.reading.names import name_of
from memorial.reading.paths import path_to
from memorial.reading.schema_org import CONTEXT, Node, interval, known, plain_date, when
from memorial.reading.wording import measure

from .definitions import definitions
from .page import Ledger
from .rows import LedgerRow


def dataset(found: Ledger, lang: str) -> Node:
    """Return one sheet of a ledger as a data set of claims."""
    event = found.event
    page = absolute(path_to("event_figures", lang=lang, slug=event.slug))
    name = name_of(event, lang)
    about = {"@id": absolute(path_to("event", lang=lang, slug=event.slug))}
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
        "about": {"@type": "Event", **about, "name": name.text, **when(event.dated)},
        "temporalCoverage": interval(event.dated),
        "variableMeasured": [
            {"@type": "PropertyValue", "propertyID": value, "name": measure(value), "description": text}
            for value, text in definitions(found.measures)
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": absolute(path_to(f"event_figures_{suffix}", lang=lang, slug=event.slug)),
                "encodingFormat": media_type,
            }
            for suffix, media_type in (("csv", "text/csv"), ("json", "application/json"))
        ],
        "hasPart": [_claim(row, page, about, lang) for row in found.rows],
    }


def _claim(row: LedgerRow, page: str, event: Node, lang: str) -> Node:
    text = row.wording or row.described
    return known(
        {
            "@type": "Claim",
            "@id": f"{page}#{row.fid}",
            "identifier": row.fid,
            "text": text.text,
            "inLanguage": text.lang if text else None,
            "author": {
                "@type": "Organization",
                "@id": absolute(path_to("issuer", lang=lang, slug=row.claimant_slug)),
                "name": row.claimant.text,
            },
            "datePublished": plain_date(row.claimed),
            "temporal": row.claimed,
            "appearance": _appearance(row),
            "about": [event, _observation(row, event)],
        }
    )


def _appearance(row: LedgerRow) -> Node:
    standing = row.standing
    return known(
        {
            "@type": "CreativeWork" if standing.is_source else "DigitalDocument",
            "url": absolute(standing.path),
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
    return known(
        {
            "@type": "Observation",
            "observationAbout": event,
            "measuredProperty": {"@type": "Property", "name": row.measure},
            **numbers,
            "measurementQualifier": None if row.kind == "exact" else row.kind,
            "observationDate": plain_date(row.claimed),
            "description": row.described.text,
        }
    )
