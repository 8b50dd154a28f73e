"""Long lists in numbered pages, and from far down on in pages that begin after a place."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from memorial.publishing.models import EditionQuerySet

PAGE_SIZE = 25
#: Behind the last numbered page that is linked, a page begins after the last row of the one before: whoever goes on
#: reading does not make the database read all that was read before.
LAST_LINKED = 40
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,18})", re.ASCII)


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

    @property
    def own(self) -> str:
        """The query of this page."""
        return self.query(self.number)

    def query(self, number: int) -> str:
        """Return the query string of page ``number``, with the filters; the first page has no number."""
        return query_of({**self.params, **({"page": str(number)} if number > 1 else {})}) or "."


def query_of(params: Mapping[str, str]) -> str:
    """Return ``?`` and the parameters as they stand in an address; an empty string where there are none."""
    return f"?{urlencode(params)}" if params else ""


@dataclass(frozen=True)
class Place:
    """A place in a list of editions, the latest first: that of a statement with its first day."""

    day: date
    statement: int

    @classmethod
    def of(cls, asked: str) -> "Place":
        """Read a place. Raises Http404 for what is none."""
        match = _PLACE.fullmatch(asked)
        try:
            if match:
                return cls(date.fromisoformat(match[1]), int(match[2]))
        except ValueError:
            pass
        raise Http404("no such place in the list")

    @classmethod
    def at(cls, edition: Any) -> "Place":
        """Return the place of an edition."""
        return cls(edition.earliest, edition.statement_id)

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.statement}"

    @property
    def older(self) -> Q:
        """The condition on editions that stand after it."""
        return Q(earliest__lte=self.day) & (Q(earliest__lt=self.day) | Q(statement__lt=self.statement))

    @property
    def newer(self) -> Q:
        """The condition on editions that stand before it."""
        return Q(earliest__gte=self.day) & (Q(earliest__gt=self.day) | Q(statement__gt=self.statement))


@dataclass(frozen=True)
class SheetAtPlace(Sheet):
    """One page of a list by date that begins after a place, or ends before one; it has no number."""

    has_previous: bool = True
    asked: dict[str, str] = field(default_factory=dict)

    @property
    def previous(self) -> str:
        """The query of the newer page; where there is none, that of the first page."""
        if not self.has_previous or not self.rows:
            return self.query(1)
        return query_of({**self.params, "newer": str(Place.at(self.rows[0]))})

    @property
    def next(self) -> str:
        """The query of the older page, or an empty string."""
        return query_of({**self.params, "older": str(Place.at(self.rows[-1]))}) if self.has_next else ""

    @property
    def own(self) -> str:
        """The query of this page."""
        return query_of({**self.params, **self.asked})


@dataclass(frozen=True)
class LastNumberedSheet(Sheet):
    """A numbered page that is far down: the page after it begins after its last row."""

    @property
    def next(self) -> str:
        """The query of the older page, or an empty string."""
        return query_of({**self.params, "older": str(Place.at(self.rows[-1]))}) if self.has_next else ""


def page_number(request: HttpRequest) -> int:
    """Return the number of the page that is asked for. Raises Http404 for what is no number."""
    asked = request.GET.get("page", "1")
    if not _NUMBER.fullmatch(asked):
        raise Http404("no such page number")
    return int(asked)


def sheet(rows: QuerySet[Any], number: int, params: dict[str, str] | None = None, size: int = PAGE_SIZE) -> Sheet:
    """Return one page of ``rows`` by one query. Raises Http404 beyond the last; an empty list has a first page."""
    start = (number - 1) * size
    return sheet_of(list(rows[start : start + size + 1]), number, params, size)


def sheet_of(found: Sequence[Any], number: int, params: dict[str, str] | None = None, size: int = PAGE_SIZE) -> Sheet:
    """Return one page of what was found for it: its rows, and one more where there is a next page."""
    if not found and number > 1:
        raise Http404("beyond the last page")
    return Sheet(found[:size], number, len(found) > size, params or {})


WindowForm = tuple[bool, bool, int, int]


@dataclass(frozen=True)
class Window:
    """The part of a list of editions by date, the latest first, that a page shows, and one more: after a place, before
    one (then the earliest first), or from a row on.
    """

    place: Place | None = None
    is_newer: bool = False
    start: int = 0
    size: int = field(default_factory=lambda: PAGE_SIZE)

    @property
    def values(self) -> tuple[date | int, ...]:
        """What it is about, as a prepared question takes it."""
        return (self.place.day, self.place.statement) if self.place else ()

    @property
    def form(self) -> WindowForm:
        """What makes the SQL different: whether there is a place, whether what is newer is asked for, which rows."""
        return self.place is not None, self.is_newer, self.start, self.size

    @classmethod
    def of(cls, form: WindowForm, values: Sequence[Any]) -> tuple["Window", Sequence[Any]]:
        """Return a window from its form and its values, which stand first among ``values``, and the other values."""
        has_place, is_newer, start, size = form
        place = Place(*values[:2]) if has_place else None
        return cls(place, is_newer, start, size), values[2 if has_place else 0 :]

    def rows(self, editions: EditionQuerySet) -> EditionQuerySet:
        """Cut it out of a list in no order."""
        if self.place is None:
            return editions.latest_first()[self.start : self.start + self.size + 1]
        if self.is_newer:
            return editions.filter(self.place.newer).latest_first().reverse()[: self.size + 1]
        return editions.filter(self.place.older).latest_first()[: self.size + 1]


def sheet_by_date(request: HttpRequest, rows: Callable[[Window], list[Any]], params: dict[str, str]) -> Sheet:
    """Return the page of a list of editions, the latest first, that is asked for by number or by place; one query.

    ``older`` and ``newer`` are places: the page after one, or before one. Raises Http404 beyond the last page.
    """
    for name in ("older", "newer"):
        if name in request.GET:
            window = Window(Place.of(request.GET[name]), is_newer=name == "newer")
            return _at_place(rows(window), window, params, {name: str(window.place)})
    number = page_number(request)
    found = rows(Window(start=(number - 1) * PAGE_SIZE))
    if not found and number > 1:
        raise Http404("beyond the last page")
    kind = Sheet if number < LAST_LINKED else LastNumberedSheet
    return kind(found[:PAGE_SIZE], number, len(found) > PAGE_SIZE, params)


def _at_place(found: list[Any], window: Window, params: dict[str, str], asked: dict[str, str]) -> Sheet:
    is_cut = len(found) > PAGE_SIZE
    if window.is_newer:
        shown, has_previous, has_next = found[:PAGE_SIZE][::-1], is_cut, True
    else:
        shown, has_previous, has_next = found[:PAGE_SIZE], True, is_cut
    if not shown:
        raise Http404("nothing there")
    return SheetAtPlace(shown, 0, has_next, params, has_previous, asked)
