"""The marks of a drawing: where each number of each row stands, beside what it is drawn over."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from memorial.statements.models import Figure

from .rows import LedgerRow
from .scales import Scale

# Outlines around (0, 0) by which claimants are told apart, as SVG paths. Where there are more claimants than shapes,
# the marks of those beyond have a number too.
SHAPES = {
    "circle": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "square": "M-4.4-4.4h8.8v8.8h-8.8z",
    "triangle": "M0-5.8L5.4 3.9h-10.8z",
    "diamond": "M0-6.2L6.2 0 0 6.2-6.2 0z",
    "plus": "M-1.9-5.7h3.8v3.8h3.8v3.8h-3.8v3.8h-3.8v-3.8h-3.8v-3.8h3.8z",
    "triangle-down": "M0 5.8L5.4-3.9h-10.8z",
    "cross": "M-5.4-2.7L-2.7-5.4 0-2.7 2.7-5.4 5.4-2.7 2.7 0 5.4 2.7 2.7 5.4 0 2.7-2.7 5.4-5.4 2.7-2.7 0z",
    "hourglass": "M-4.8-5.4h9.6L1.4 0 4.8 5.4h-9.6L-1.4 0z",
}
# Two marks nearer than this lie on each other.
SIZE = 11.0
ARROW = 24.0
_ASIDE = [0.0, *(side * step * (SIZE + 1) for step in range(1, 7) for side in (1, -1))]


@dataclass(frozen=True)
class Mark:
    """One row as it is drawn: ``ys`` is the place of its number, or of the lowest and the highest of a range.

    ``days_wide`` is what the days take that an inexact date can mean, else 0. ``is_open`` marks "about", ``has_arrow``
    "at least".
    """

    row: LedgerRow
    x: float
    ys: tuple[float, ...]
    days_wide: float
    shape: str
    key: str = ""

    @property
    def outline(self) -> str:
        """The shape, as an SVG path."""
        return SHAPES[self.shape]

    @property
    def is_open(self) -> bool:
        """Whether the claimant says "about"."""
        return self.row.precision == Figure.Precision.ABOUT

    @property
    def has_arrow(self) -> bool:
        """Whether the claimant says "at least"."""
        return self.row.precision == Figure.Precision.AT_LEAST

    @property
    def range_path(self) -> str:
        """The upright line between the lowest and the highest number, with an end at each; empty for one number."""
        if len(self.ys) < 2:
            return ""
        low, high = max(self.ys), min(self.ys)
        return f"M0 {low:.1f}V{high:.1f}M-8 {low:.1f}h16M-8 {high:.1f}h16"

    @property
    def arrow_path(self) -> str:
        """The arrow upwards of "at least"; empty for every other figure."""
        if not self.has_arrow:
            return ""
        tip = self.top - ARROW
        return f"M0 {self.top:.1f}V{tip:.1f}M-4.5 {tip + 6:.1f}L0 {tip:.1f}L4.5 {tip + 6:.1f}"

    @property
    def level_path(self) -> str:
        """The level line over the days that an inexact date can mean, at each number; empty for one day."""
        if not self.days_wide:
            return ""
        half = max(self.days_wide / 2, SIZE * 0.75)
        # What would lie under the mark is drawn a little wider, and without ends: it says only that days are unknown.
        ends = self.days_wide > 2 * SIZE
        return "".join(
            f"M{-half:.1f} {y:.1f}h{2 * half:.1f}"
            + (f"M{-half:.1f} {y - 4:.1f}v8M{half:.1f} {y - 4:.1f}v8" if ends else "")
            for y in self.ys
        )

    @property
    def top(self) -> float:
        """The place of the highest number that is stated."""
        return min(self.ys)


@dataclass
class _Taken:
    """The places of marks that are there already, in squares, so that only near ones are compared."""

    squares: dict[tuple[int, int], list[tuple[float, float]]] = field(default_factory=dict)

    def is_near(self, x: float, y: float) -> bool:
        square = int(x // SIZE), int(y // SIZE)
        return any(
            abs(x - other_x) < SIZE and abs(y - other_y) < SIZE
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other_x, other_y in self.squares.get((square[0] + across, square[1] + down), [])
        )

    def take(self, x: float, y: float) -> None:
        self.squares.setdefault((int(x // SIZE), int(y // SIZE)), []).append((x, y))


def marks(rows: Iterable[LedgerRow], series: dict[str, tuple[str, str]], days: Scale, numbers: Scale) -> list[Mark]:
    """Return the mark of each row that has a number; ``series`` gives shape and key by claimant.

    Of marks that would lie on each other, the later ones in the table stand beside the first, on the same height:
    the number is never moved.
    """
    taken, found = _Taken(), []
    for row in rows:
        mark = _mark(row, series[row.claimant_slug], days, numbers)
        places = (
            mark.x + aside for aside in _ASIDE if min(days.start, days.end) < mark.x + aside < max(days.start, days.end)
        )
        free = (x for x in places if not any(taken.is_near(x, y) for y in mark.ys))
        mark = replace(mark, x=next(free, mark.x))
        for y in mark.ys:
            taken.take(mark.x, y)
            if mark.key:
                taken.take(mark.x + SIZE, y)
        found.append(mark)
    return found


def middle(row: LedgerRow) -> float:
    """Return the day in the middle of what the date of a claim can mean, as a number."""
    return (row.earliest.toordinal() + row.latest.toordinal()) / 2


def _mark(row: LedgerRow, series: tuple[str, str], days: Scale, numbers: Scale) -> Mark:
    stated = [number for number in (row.minimum, row.maximum) if number is not None]
    days_wide = abs(days.at(row.latest.toordinal()) - days.at(row.earliest.toordinal()))
    shape, key = series
    return Mark(row, days.at(middle(row)), tuple(numbers.at(number) for number in stated), days_wide, shape, key)
