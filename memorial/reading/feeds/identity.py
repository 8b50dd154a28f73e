"""Ids of feeds and entries: tag URIs (RFC 4151), the same for ever, whatever becomes of titles and addresses."""

from urllib.parse import urlsplit

from django.conf import settings

# The day from which this scheme of ids holds. It says nothing about any entry, and is never changed.
SINCE = "2026"


def tag_uri(*parts: object) -> str:
    """Return the id of what ``parts`` name: ``tag:archive.example,2026:statement/b2c3d4f5/az``."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{SINCE}:" + "/".join(str(part) for part in parts)
