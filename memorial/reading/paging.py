"""Long lists in numbered pages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PAGE_SIZE = 25
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True)
class Sheet:
    """One page of a list: its rows, its number and the addresses of its neighbours."""

    rows: Sequence[Any]
    number: int
    has_next: bool
    params: dict[str, str] = field(default_factory=dict)

    @property
    def previous(self) -> str:
        """The query of the page before, or an empty string."""
        return self.query(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The query of the page after, or an empty string."""
        return self.query(self.number + 1) if self.has_next else ""

    def query(self, number: int) -> str:
        """Return the query string of page ``number``, with the filters; the first page has no number."""
        return query_of({**self.params, **({"page": str(number)} if number > 1 else {})}) or "."


def query_of(params: Mapping[str, str]) -> str:
    """Return ``?`` and the parameters as they stand in an address; an empty string where there are none."""
    return f"?{urlencode(params)}" if params else ""


def page_number(request: HttpRequest) -> int:
    """Return the number of the page that is asked for. Raises Http404 for what is no number."""
    asked = request.GET.get("page", "1")
    if not _NUMBER.fullmatch(asked):
        raise Http404("no such page number")
    return int(asked)


def sheet(rows: QuerySet[Any], number: int, params: dict[str, str] | None = None, size: int = PAGE_SIZE) -> Sheet:
    """Return one page of ``rows`` by one query. Raises Http404 beyond the last; an empty list has a first page."""
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    if not found and number > 1:
        raise Http404("beyond the last page")
    return Sheet(found[:size], number, len(found) > size, params or {})
