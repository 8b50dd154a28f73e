"""When an occasion returns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from memorial.statements.models import Occasion


@dataclass(frozen=True)
class Return:
    """An occasion on the next day that it falls on."""

    occasion: Occasion
    day: date

    @property
    def anniversary(self) -> int | None:
        """The number of the anniversary on that day, where one is counted."""
        return self.occasion.anniversary(self.day.year)


def next_day(month: int, day: int, today: date) -> date | None:
    """Return the next such day, today included; 29 February falls in leap years only. None if there is no such day."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def returns(occasions: Iterable[Occasion], today: date) -> list[Return]:
    """Return the occasions in the order in which they fall from ``today`` on."""
    found = [Return(occasion, day) for occasion in occasions if (day := next_day(occasion.month, occasion.day, today))]
    return sorted(found, key=lambda each: (each.day, each.occasion.pk))
