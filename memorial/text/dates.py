"""Dates and moments exactly as precise as they are stated.

Dates are written in the Extended Date/Time Format (EDTF, ISO 8601-2:2019; library ``edtf``): ``1994-03``,
``1990-01-19/1990-01-20``, ``1990~``. A moment adds a time of day and, only if the source gives it, its offset from UTC:
``2025-01-19T22:01``, ``2025-01-19T22:01+04:00``.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Literal

from edtf import Date, EDTFParseException, Interval, UncertainOrApproximate, parse_edtf

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(Z|[+-]\d{2}:[0-5]\d)?", re.ASCII)
# The part of EDTF that is taken; the library knows more (seasons, sets, significant digits) than a page can say.
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}([?~%]|/\d{4}(-\d{2}){0,2})?", re.ASCII)
_EASTERNMOST, _WESTERNMOST = timedelta(hours=14), timedelta(hours=-12)

Precision = Literal["year", "month", "day", "minute"]
_COARSEST_FIRST: tuple[Precision, ...] = ("year", "month", "day")


@dataclass(frozen=True)
class StatedDay:
    """One end of a stated date: ``day`` is None for a month, ``month`` is None for a year."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> Precision:
        """How much of it is stated."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"


@dataclass(frozen=True)
class StatedDate:
    """A date, or an interval when ``end`` is not None, with the qualifiers and the time that its source gives.

    ``earliest`` and ``latest`` are the first and the last day it can mean, in the proleptic Gregorian calendar.
    ``offset`` is ``"+04:00"``, ``"Z"`` or empty where the source gives no zone.
    """

    start: StatedDay
    end: StatedDay | None
    earliest: date
    latest: date
    is_approximate: bool = False
    is_uncertain: bool = False
    time_of_day: time | None = None
    offset: str = ""

    @property
    def precision(self) -> Precision:
        """How exact it is; of an interval, the less exact end."""
        if self.time_of_day is not None:
            return "minute"
        ends = {self.start.precision, self.end.precision if self.end else self.start.precision}
        return next(precision for precision in _COARSEST_FIRST if precision in ends)

    @property
    def moment(self) -> datetime | None:
        """The point in time that is stated, with its offset; None unless a time of day and an offset are given."""
        if self.time_of_day is None or not self.offset:
            return None
        return datetime.combine(self.earliest, self.time_of_day, timezone(_from_utc(self.offset)))


# The grammar takes milliseconds a date, and a list shows many.
@lru_cache(maxsize=4096)
def parse(value: str) -> StatedDate:
    """Parse a stated date or moment. Raises ValueError for anything else, seasons and open intervals included."""
    text = value.strip()
    if match := _MOMENT.fullmatch(text):
        day = date.fromisoformat(match[1])
        offset = match[3] or ""
        if offset and not _WESTERNMOST <= _from_utc(offset) <= _EASTERNMOST:
            raise ValueError(value)
        return StatedDate(
            StatedDay(day.year, day.month, day.day),
            None,
            day,
            day,
            time_of_day=time.fromisoformat(match[2]),
            offset=offset,
        )
    if not _DATE.fullmatch(text):
        raise ValueError(value)
    try:
        parsed = parse_edtf(text)
    except EDTFParseException as error:
        raise ValueError(value) from error
    qualifier = ""
    if isinstance(parsed, UncertainOrApproximate):
        qualifier = str(parsed.ua)
        parsed = parsed.date
    if isinstance(parsed, Interval):
        start, end = _day(parsed.lower, value), _day(parsed.upper, value)
    else:
        start, end = _day(parsed, value), None
    earliest, latest = _date(parsed.lower_strict()), _date(parsed.upper_strict())
    if latest < earliest:
        raise ValueError(value)
    return StatedDate(
        start, end, earliest, latest, is_approximate=qualifier in ("~", "%"), is_uncertain=qualifier in ("?", "%")
    )


def _day(parsed: Any, value: str) -> StatedDay:
    if type(parsed) is not Date or not parsed.year.isdigit():
        raise ValueError(value)
    day = StatedDay(
        int(parsed.year), int(parsed.month) if parsed.month else None, int(parsed.day) if parsed.day else None
    )
    if day.month and day.day:
        date(day.year, day.month, day.day)  # refuses 30 February
    return day


def _date(parts: Any) -> date:
    return date(parts.tm_year, parts.tm_mon, parts.tm_mday)


def _from_utc(offset: str) -> timedelta:
    if offset == "Z":
        return timedelta()
    sign = -1 if offset[0] == "-" else 1
    return sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
