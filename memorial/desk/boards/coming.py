"""The next commemoration: when it is, what there is for it, and what is missing."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from memorial.desk.titles import shown_title
from memorial.desk.workbench.found import text_address
from memorial.languages.formats import own_name
from memorial.languages.labels import Label, direction, label
from memorial.publishing.grid import Cell, CellState, Grid, Order, cells
from memorial.publishing.work import series
from memorial.reading.calendar import returns
from memorial.statements.models import Occasion, Statement

from .asked import grid_address

# Statements without a text that are named for each commemoration.
NAMED = 4


@dataclass(frozen=True)
class Place:
    """A language of a statement: its cell, and where its text is."""

    cell: Cell
    name: str
    dir: str
    address: str


@dataclass(frozen=True)
class Told:
    """A statement, with its languages where they are to be shown."""

    statement: Statement
    title: Label
    places: list[Place]


@dataclass(frozen=True)
class Missing:
    """How many statements on the occasion have no text in a language, and where they are listed."""

    tag: str
    name: str
    dir: str
    number: int
    address: str


@dataclass(frozen=True)
class Coming:
    """The next return of an occasion; ``days`` until then, 0 on the day itself."""

    occasion: Occasion
    name: Label
    day: date
    days: int
    anniversary: int | None
    of_the_day: list[Told]
    before: Told | None
    missing: list[Missing]
    wanting: list[Told]
    address: str


def coming(tags: list[str], shown: list[str]) -> Coming | None:
    """The next commemoration, for somebody who writes in ``tags``; ``shown`` are the languages told of.

    None where no occasion is recorded. Seven queries.
    """
    today = timezone.localdate()
    found = returns(Occasion.objects.in_language(without=["description"]), today)
    if not found:
        return None
    occasion, day = found[0].occasion, found[0].day
    statements = series(occasion, day)
    grid = Grid(tuple(tags), occasion=occasion.pk, state=CellState.MISSING, order=Order.DATE)
    numbers = {tally.language: tally.states[CellState.MISSING] for tally in grid.tallies()} if tags else {}
    wanting = list(grid.statements().in_language(keep=shown, without=["summary"])[:NAMED]) if tags else []
    told = [*statements.of_the_day, *([statements.before] if statements.before else [])]
    # What is told of already is not named again.
    wanting = [row for row in wanting if row not in told]
    told += wanting
    known = cells(told, list(dict.fromkeys([*shown, *tags])))
    missing_in = {row.pk: [tag for tag in tags if known[row.pk][tag].state == CellState.MISSING] for row in wanting}
    return Coming(
        occasion=occasion,
        name=label(occasion, "name"),
        day=day,
        days=(day - today).days,
        anniversary=occasion.anniversary(day.year),
        of_the_day=[_told(row, known, shown) for row in statements.of_the_day],
        before=_told(statements.before, known, shown) if statements.before else None,
        missing=[_missing(tag, number, occasion) for tag, number in numbers.items() if number],
        wanting=[_told(row, known, missing_in[row.pk]) for row in wanting],
        address=grid_address(occasion=occasion.pk),
    )


def _told(statement: Statement, known: dict[int, dict[str, Cell]], tags: list[str]) -> Told:
    places = [
        Place(known[statement.pk][tag], own_name(tag), direction(tag), text_address(statement, tag)) for tag in tags
    ]
    return Told(statement, shown_title(statement), places)


def _missing(tag: str, number: int, occasion: Occasion) -> Missing:
    address = grid_address(occasion=occasion.pk, language=tag, state=CellState.MISSING.value)
    return Missing(tag, own_name(tag), direction(tag), number, address)
