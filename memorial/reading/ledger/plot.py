"""The drawing of a ledger: a panel for each measure, with the days of the claims across and their numbers upwards.

All panels have the same days. Time runs as the page is read: from right to left where its language is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from memorial.languages.formats import format_number, format_stated
from memorial.languages.labels import Label, direction
from memorial.statements.models import Figure

from .labels import lines_of, moved_apart
from .marks import SHAPES, SIZE, Mark, marks
from .rows import LedgerRow
from .scales import DayTick, Scale, day_ticks, number_ticks

# Of a panel, in its own units: about one CSS pixel on a wide screen.
WIDTH = 640
LEAST_HEIGHT = 190
TOP, BOTTOM = 30, 34
DIGIT = 10  # what a digit beside an axis takes, as it is written on a narrow screen
NAMES = 216  # what the names of claimants take
LINE = 15
LETTERS = 27  # in a line of a name


@dataclass(frozen=True)
class Tick:
    """A place on an axis, what is written beside it, and where the middle of that is."""

    at: float
    text: str
    text_at: float


@dataclass(frozen=True)
class Name:
    """A claimant beside the drawing: its name in lines, its shape, and the way from its latest mark to there."""

    claimant: Label
    lines: list[tuple[float, str]]
    text_x: float
    anchor: str
    mark_x: float
    mark_y: float
    outline: str
    key: str
    way: tuple[float, float, float, float]


@dataclass(frozen=True)
class Panel:
    """The drawing of the rows that count the same."""

    measure: str
    height: float
    floor: float
    start: float
    end: float
    numbers: list[Tick]
    days: list[Tick]
    marks: list[Mark]
    names: list[Name]
    begins_at: str  # the number at which the axis begins, in words of the page, where that is not zero
    width: int = WIDTH

    @property
    def days_y(self) -> float:
        """The line on which the days are written."""
        return self.floor + 20

    @property
    def number_x(self) -> float:
        """Where the numbers beside the axis end."""
        return self.start - 8 if self.start < self.end else self.start + 8

    @property
    def number_anchor(self) -> str:
        """Which end of those numbers is there. Digits run from left to right in every language."""
        return "end" if self.start < self.end else "start"


@dataclass(frozen=True)
class Plot:
    """All panels, and the rows that have no number to draw."""

    panels: list[Panel]
    undrawn: list[LedgerRow]

    @property
    def signs(self) -> set[str]:
        """Which signs occur, so that only these are explained."""
        drawn = [mark for panel in self.panels for mark in panel.marks]
        signs = {mark.row.precision for mark in drawn} - {Figure.Precision.EXACT}
        signs |= {"range" for mark in drawn if mark.range_path}
        return signs | {"level" for mark in drawn if mark.days_wide}


def plot(rows: Sequence[LedgerRow], lang: str) -> Plot:
    """Lay out the drawing of ``rows``, each as a mark in the panel of its measure."""
    drawn = [row for row in rows if row.has_number]
    undrawn = [row for row in rows if not row.has_number]
    if not drawn:
        return Plot([], undrawn)
    first, last = min(row.earliest for row in drawn), max(row.latest for row in drawn)
    spare = max((last - first).days // 25, 20)
    before = max(first.toordinal() - spare, 1)
    after = last.toordinal() + spare
    by_measure = {row.measure: [each for each in drawn if each.measure == row.measure] for row in drawn}
    ticks = {measure: number_ticks(*_extremes(each)) for measure, each in by_measure.items()}
    widest = max(len(format_number(each[-1], lang)) for each in ticks.values())
    start, end = widest * DIGIT + 14, WIDTH - NAMES
    if direction(lang) == "rtl":
        start, end = WIDTH - start, WIDTH - end
    days = Scale(before, after, start, end)
    dates = _dates(day_ticks(date.fromordinal(before), last), days, lang)
    return Plot([_panel(rows, ticks[measure], days, dates, lang) for measure, rows in by_measure.items()], undrawn)


def _extremes(rows: Iterable[LedgerRow]) -> tuple[int, int]:
    """The lowest and the highest number that is stated."""
    stated = [number for row in rows for number in (row.minimum, row.maximum) if number is not None]
    return min(stated), max(stated)


def _dates(ticks: Iterable[DayTick], days: Scale, lang: str) -> list[Tick]:
    """The days below the axis, each written in the middle below its place or, at an end, as near as the width lets."""
    found = []
    for tick in ticks:
        at, text = days.at(tick.day.toordinal()), format_stated(tick.stated, lang)
        half = len(text) * DIGIT / 2
        # On a narrow screen only the drawing is seen, on the side where the page begins.
        least, most = (0.0, days.end + 6) if days.start < days.end else (days.end - 6, float(WIDTH))
        found.append(Tick(at, text, min(max(at, least + half), most - half)))
    return found


def _panel(rows: Sequence[LedgerRow], ticks: list[int], days: Scale, dates: list[Tick], lang: str) -> Panel:
    series = _series(rows, lang)
    names = {row.claimant_slug: row.claimant for row in rows}
    lines = {slug: lines_of(name.text, LETTERS) for slug, name in names.items()}
    height = max(LEAST_HEIGHT, TOP + sum(_height(each) for each in lines.values()) + BOTTOM)
    floor = height - BOTTOM
    numbers = Scale(ticks[0], ticks[-1], floor, TOP)
    drawn = marks(rows, series, days, numbers)
    return Panel(
        measure=rows[0].measure,
        height=height,
        floor=floor,
        start=days.start,
        end=days.end,
        numbers=[Tick(numbers.at(tick), format_number(tick, lang), numbers.at(tick)) for tick in ticks],
        days=dates,
        marks=drawn,
        names=_names(names, lines, drawn, days, floor),
        begins_at=format_number(ticks[0], lang) if ticks[0] else "",
    )


def _series(rows: Iterable[LedgerRow], lang: str) -> dict[str, tuple[str, str]]:
    """The shape of each claimant, in the order of the table; beyond the last shape, a number too."""
    shapes = list(SHAPES)
    claimants = list(dict.fromkeys(row.claimant_slug for row in rows))
    return {
        slug: (shapes[place % len(shapes)], format_number(place + 1, lang) if place >= len(shapes) else "")
        for place, slug in enumerate(claimants)
    }


def _names(
    names: dict[str, Label],
    lines: dict[str, list[str]],
    drawn: Sequence[Mark],
    days: Scale,
    floor: float,
) -> list[Name]:
    """Each claimant's name at the height of its latest mark, or as near to it as other names leave room."""
    latest = {mark.row.claimant_slug: mark for mark in drawn}  # rows come by date
    slugs = list(names)
    # The middle of a name's first line stands at the height of its mark.
    wanted = [latest[slug].top - LINE / 2 for slug in slugs]
    begins = moved_apart(wanted, [_height(lines[slug]) for slug in slugs], 8, floor)
    forwards = 1 if days.end > days.start else -1
    mark_x = days.end + forwards * 14
    found = []
    for slug, begin in zip(slugs, begins, strict=True):
        name, mark = names[slug], latest[slug]
        mark_y = begin + LINE / 2
        # Where the text begins on the page; its own direction says which end of it that is.
        anchor = "start" if (name.dir == "rtl") == (forwards < 0) else "end"
        found.append(
            Name(
                claimant=name,
                lines=[(begin + LINE * (number + 0.5), line) for number, line in enumerate(lines[slug])],
                text_x=mark_x + forwards * 11,
                anchor=anchor,
                mark_x=mark_x,
                mark_y=mark_y,
                outline=mark.outline,
                key=mark.key,
                way=(mark.x + forwards * SIZE * 0.8, mark.top, mark_x - forwards * 9, mark_y),
            )
        )
    return found


def _height(lines: Sequence[str]) -> float:
    """What a name takes, with the space below it."""
    return len(lines) * LINE + 8.0
