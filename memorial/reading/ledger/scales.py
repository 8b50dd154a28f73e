"""Where numbers and days stand on an axis, and which of them are written beside it."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10

_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Scale:
    """A straight axis: the numbers from ``first`` to ``last`` on the places from ``start`` to ``end``."""

    first: float
    last: float
    start: float
    end: float

    def at(self, number: float) -> float:
        """Return the place of a number."""
        return self.start + (number - self.first) / (self.last - self.first) * (self.end - self.start)


def number_ticks(lowest: int, highest: int, wanted: int = 5) -> list[int]:
    """Return round whole numbers, evenly spaced, that reach from ``lowest`` or below to ``highest`` or above.

    They begin at zero unless all numbers lie close together far above it: marks have a place, not a length, and two
    claims that differ by little could not be told apart. (Heckbert, Nice Numbers for Graph Labels, 1990.)
    """
    if highest - lowest > 0.4 * highest:
        lowest = 0
    step = _round_step(max(highest - lowest, 1) / (wanted - 1))
    first = lowest // step * step
    if first == lowest and first:
        first -= step
    ticks = [first]
    while ticks[-1] <= highest or len(ticks) < 3:
        ticks.append(ticks[-1] + step)
    return ticks


def _round_step(least: float) -> int:
    if least <= 1:
        return 1
    size = 10 ** floor(log10(least))
    return int(next(step * size for step in _STEPS if step * size >= least * 0.999))


@dataclass(frozen=True)
class DayTick:
    """A day that is written below an axis: ``stated`` says it as exactly as the axis does (EDTF)."""

    day: date
    stated: str


def day_ticks(first: date, last: date, wanted: int = 5) -> list[DayTick]:
    """Return at most ``wanted`` beginnings of years, or of months in a short time, or days in a very short one."""
    years = [date(year, 1, 1) for year in range(first.year, min(last.year + 1, 9999) + 1)]
    inside = [day for day in years if first <= day <= last]
    if len(inside) >= 2:
        step = _round_step(len(inside) / wanted)
        return [DayTick(day, f"{day.year:04}") for day in inside if day.year % step == 0][:wanted]
    months = [date(day.year, month, 1) for day in years for month in range(1, 13)]
    inside = [day for day in months if first <= day <= last]
    if len(inside) >= 2:
        every = next(step for step in (1, 2, 3, 6, 12) if len(inside) / step <= 3)
        return [DayTick(day, f"{day:%Y-%m}") for day in inside if (day.month - 1) % every == 0][:3]
    middle = first + timedelta(days=(last - first).days // 2)
    return [DayTick(middle, middle.isoformat())]
