"""What a reader asks of the search: words, languages, filters and dates, read from an address without ever failing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from memorial.languages.tags import BCP47
from memorial.reading.asked import SLUG
from memorial.statements.labels import LABELS
from memorial.statements.models import Statement
from memorial.text.dates import parse

MOST_CHARACTERS = 200
MOST_LANGUAGES = 40
MOST_PAGES = 40

#: The parameters of an address that are read, with the field of ``Wish`` that each fills; all others are ignored.
PARAMETERS = {
    "q": "q",
    "exact": "is_exact",
    "in": "languages",
    "issuer": "issuer",
    "kind": "kind",
    "occasion": "occasion",
    "event": "event",
    "place": "place",
    "year": "year",
    "original": "original",
    "available": "available",
    "figures": "has_figures",
    "issued_from": "issued_from",
    "issued_to": "issued_to",
    "event_from": "event_from",
    "event_to": "event_to",
    "page": "page",
}
_NAMES = {name: parameter for parameter, name in PARAMETERS.items()}
DATES = ("issued_from", "issued_to", "event_from", "event_to")
#: What narrows a search down beside its words and its languages.
FILTERS = (*LABELS, "kind", "year", "original", "available", "has_figures", *DATES)

_YEAR = re.compile(r"[1-9][0-9]{3}")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_PAGE = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True)
class Wish:
    """What is asked for; empty where nothing is asked. Every value is bounded and written as it can be asked for.

    ``languages`` are searched (none: all); ``available`` must be another language that the statement can be read in;
    dates are a year, a month or a day. ``unread`` names the parameters whose values mean nothing: they find nothing.
    """

    q: str = ""
    is_exact: bool = False
    languages: tuple[str, ...] = ()
    issuer: str = ""
    kind: str = ""
    occasion: str = ""
    event: str = ""
    place: str = ""
    year: str = ""
    original: str = ""
    available: str = ""
    has_figures: bool = False
    issued_from: str = ""
    issued_to: str = ""
    event_from: str = ""
    event_to: str = ""
    page: int = 1
    unread: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, query: QueryDict) -> "Wish":
        """Read the query of an address. Never fails: what cannot be meant is left out and named in ``unread``."""
        found: dict[str, Any] = {}
        unread = []
        for parameter, name in PARAMETERS.items():
            if name == "languages":
                tags = dict.fromkeys(tag.strip().lower() for tag in query.getlist(parameter)[:MOST_LANGUAGES])
                found[name] = tuple(tag for tag in tags if _is_tag(tag))
                unread += [parameter] * any(tag and not _is_tag(tag) for tag in tags)
                continue
            given = query.get(parameter, "").replace("\0", "").strip()
            value = _read(name, given) if given else None
            if value is not None:
                found[name] = value
            elif given:
                unread.append(parameter)
        return cls(**found, unread=tuple(unread))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked: no words and no filter. Languages alone ask for nothing."""
        return not self.q and not self.filters and not self.unread

    @property
    def filters(self) -> dict[str, str | bool]:
        """The filters that are set, by field."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def issued(self) -> tuple[date | None, date | None]:
        """The first and the last day that a statement's date must overlap."""
        return first_day(self.issued_from), last_day(self.issued_to)

    @property
    def of_event(self) -> tuple[date | None, date | None]:
        """The first and the last day that the date of one of its events must overlap."""
        return first_day(self.event_from), last_day(self.event_to)

    def changed(self, **changes: Any) -> "Wish":
        """Return the wish with some fields changed, on its first page unless ``page`` is among them."""
        return replace(self, **{"page": 1, **changes})

    @property
    def params(self) -> list[tuple[str, str]]:
        """The parameters of this wish, in their fixed order, as they stand in an address."""
        pairs: list[tuple[str, str]] = []
        for each in fields(self):
            value = getattr(self, each.name)
            if not value or each.name == "unread" or (each.name == "page" and value == 1):
                continue
            values: Iterable[Any] = value if isinstance(value, tuple) else (1 if value is True else value,)
            pairs += [(_NAMES[each.name], str(one)) for one in values]
        return pairs

    def query(self, **changes: Any) -> str:
        """Return ``?`` and the parameters of this wish with ``changes``, or ``.`` when there are none."""
        params = (self.changed(**changes) if changes else self).params
        return f"?{urlencode(params)}" if params else "."


def first_day(written: str) -> date | None:
    """The first day of a year, month or day; None for an empty one."""
    return parse(written).earliest if written else None


def last_day(written: str) -> date | None:
    """The last day of a year, month or day; None for an empty one."""
    return parse(written).latest if written else None


def _read(name: str, given: str) -> Any:
    """The value of a parameter, or None where it means nothing."""
    value: Any = given
    if name == "q":
        value, is_meant = given[:MOST_CHARACTERS], True
    elif name in ("is_exact", "has_figures"):
        value = is_meant = given in ("1", "on", "true", "yes")
    elif name == "page":
        is_meant = _PAGE.fullmatch(given) is not None
        value = min(int(given), MOST_PAGES) if is_meant else 1
    elif name == "kind":
        is_meant = given in Statement.Kind.values
    elif name in ("original", "available"):
        value, is_meant = given.lower(), _is_tag(given.lower())
    elif name in DATES:
        is_meant = _is_date(given)
    else:
        is_meant = (_YEAR if name == "year" else SLUG).fullmatch(given) is not None
    return value if is_meant else None


def _is_tag(tag: str) -> bool:
    return len(tag) <= 20 and BCP47.regex.fullmatch(tag) is not None  # type: ignore[union-attr]


def _is_date(written: str) -> bool:
    if not _DATE.fullmatch(written):
        return False
    try:
        parse(written)
    except ValueError:
        return False
    return True
