"""Names, dates and addresses as the API writes them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from memorial.languages.columns import column_name, languages
from memorial.reading.addresses import absolute
from memorial.reading.paths import path_to
from memorial.text import dates

Data = dict[str, Any]
PLURALS = {"issuer": "issuers", "occasion": "occasions", "event": "events", "place": "places"}


def api_url(name: str, **kwargs: Any) -> str:
    """The absolute address of a resource of the API."""
    return absolute(reverse(f"api-v1:{name}", kwargs=kwargs))


def words(row: Any, field: str, public: Collection[str]) -> dict[str, str]:
    """What a translated field says in each public language in which it says something. No fallback, no query."""
    found = ((tag, getattr(row, column_name(field, tag))) for tag in languages() if tag in public)
    return {tag: text for tag, text in found if text}


def reference(row: Any, kind: str, public: Collection[str]) -> Data:
    """A label that something else names; ``kind`` is ``issuer``, ``occasion``, ``event`` or ``place``."""
    return {"slug": row.slug, "name": words(row, "name", public), "api_url": api_url(kind, slug=row.slug)}


def pages(row: Any, kind: str, public: Iterable[str]) -> dict[str, str]:
    """The readers' page of a label, in each public language."""
    return {tag: absolute(path_to(kind, lang=tag, slug=row.slug)) for tag in public}


def dated(edtf: str, earliest: date | None = None, latest: date | None = None) -> Data:
    """A stated date and its bounds, derived where they are not given."""
    if earliest is None or latest is None:
        stated = dates.parse(edtf)
        earliest, latest = stated.earliest, stated.latest
    return {"edtf": edtf, "earliest": earliest, "latest": latest}


def next_url(name: str, params: Mapping[str, str], cursor: str, **kwargs: Any) -> str:
    """The address of a list's page that begins at ``cursor``."""
    return f"{api_url(name, **kwargs)}?{urlencode({**params, 'cursor': cursor})}"
