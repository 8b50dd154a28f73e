"""Schema.org in JSON-LD: what all linked data of the archive have in common."""

import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from memorial.reading.paths import path_to
from memorial.text import dates

from .addresses import absolute

MEDIA_TYPE = "application/ld+json"
CONTEXT = "https://schema.org"
Node = dict[str, Any]

# As in Django's json_script: no end of the element, no comment and no entity can stand in a script's data.
_IN_A_SCRIPT = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def in_a_script(node: Node) -> SafeString:
    """Write a node so that it can stand in a ``script`` element of a page."""
    return SafeString(json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(_IN_A_SCRIPT))


def known(node: Node) -> Node:
    """Leave out what has no value; zero is one."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def moment(value: datetime) -> str:
    """Write a moment in UTC, to the second (RFC 3339): ``2026-01-20T07:30:00Z``."""
    return value.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


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
    address = absolute(path_to("root"))
    return {"@type": "ArchiveOrganization", "@id": f"{address}#archive", "name": settings.SITE_NAME, "url": address}
