"""Cursors: where the next page of a list begins. Opaque and signed, so that nobody asks the database for anything else.

A cursor holds the sort key of the last row before its page (keyset paging): what is published meanwhile moves no row
from one page to another.
"""

from datetime import date, datetime
from typing import Any

from django.core import signing
from django.http import Http404

PATTERN = r"^[-_A-Za-z0-9:]{1,400}$"
_signer = signing.Signer(salt="memorial.api.cursor")
Key = tuple[Any, ...]


class NoSuchPage(Http404):
    """The cursor was not given by this list, or by a site with another secret."""


def written(name: str, key: Key) -> str:
    """Return the cursor of the page of list ``name`` after the row with this sort key."""
    return str(_signer.sign_object([name, *(_plain(part) for part in key)], compress=False))


def read(name: str, cursor: str) -> list[Any]:
    """Return the sort key that a cursor holds. Raises NoSuchPage where it is not one of list ``name``."""
    try:
        kept, *key = list(_signer.unsign_object(cursor))
    except (signing.BadSignature, ValueError) as error:
        raise NoSuchPage from error
    if kept != name:
        raise NoSuchPage
    return key


def _plain(part: Any) -> Any:
    return part.isoformat() if isinstance(part, date | datetime) else part
