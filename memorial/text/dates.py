"""Dates and moments exactly as precise as they are stated.

Dates are written in the Extended Date/Time Format (EDTF, ISO 8601-2:2019): ``1994-03``, ``1990-01-19/1990-01-20``,
``1990~``. A moment adds a time of day and, only if the source gives it, its offset from UTC: ``2025-01-19T22:01``,
``2025-01-19T22:01+04:00``. The tests hold what is read here against the library ``edtf``, whose grammar of the whole
format takes a fifth of a second to load, and 20 milliseconds a date.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Literal

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(Z|[+-]\d{2}:[0-5]\d)?", re.ASCII)
# The part of EDTF that is taken: the format has more (seasons, sets, significant digits) than a page can say.
_DAY = r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?"
_DATE = re.compile(rf"{_DAY}(?:([?~%])|/{_DAY})?", re.ASCII)
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
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(value)
    start, qualifier = _day(*found.group(1, 2, 3)), found[4] or ""
    end = _day(*found.group(5, 6, 7)) if found[5] else None
    earliest, latest = _bounds(start)[0], _bounds(end or start)[1]
    if latest < earliest:
        raise ValueError(value)
    return StatedDate(
        start, end, earliest, latest, is_approximate=qualifier in ("~", "%"), is_uncertain=qualifier in ("?", "%")
    )


def _day(year: str, month: str | None, day: str | None) -> StatedDay:
    return StatedDay(int(year), int(month) if month else None, int(day) if day else None)


def _bounds(stated: StatedDay) -> tuple[date, date]:
    """The first and the last day that it can mean. Raises ValueError for 30 February."""
    month = 1 if stated.month is None else stated.month
    earliest = date(stated.year, month, 1 if stated.day is None else stated.day)
    if stated.day is not None:
        return earliest, earliest
    month = 12 if stated.month is None else stated.month
    return earliest, date(stated.year, month, monthrange(stated.year, month)[1])


def _from_utc(offset: str) -> timedelta:
    if offset == "Z":
        return timedelta()
    sign = -1 if offset[0] == "-" else 1
    return sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
