"""How the texts of a language stand, as a line with a bar; each number leads to the list that it counts."""

from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from memorial.desk.boards.asked import grid_address
from memorial.languages.formats import own_name
from memorial.languages.labels import direction
from memorial.publishing.grid import CellState, Grid, Tally
from memorial.translations.models import Significance

# The order of the bar: what is done first, what readers do not have last.
ALONG_THE_BAR = (
    CellState.PUBLISHED, CellState.SCHEDULED, CellState.APPROVED, CellState.IN_REVIEW, CellState.CHANGED,
    CellState.DRAFT, CellState.WITHDRAWN, CellState.MISSING,
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One state: how many texts are in it, where they are listed, and its stretch of a bar that is 100 wide."""

    state: CellState
    number: int
    address: str
    begins: str
    width: str


@dataclass(frozen=True)
class Standing:
    """One language: its parts, without empty ones, and how many of its texts are outdated, the urgent ones beside.

    ``counted_at`` is None where the numbers are those of this moment.
    """

    tag: str
    name: str
    dir: str
    total: int
    published: int
    parts: list[Part]
    outdated: int
    urgent: int
    address_of_outdated: str
    counted_at: datetime | None


def standings(grid: Grid) -> list[Standing]:
    """One line for each language of the grid. Two queries."""
    return [_standing(grid, tally) for tally in grid.tallies()]


def _standing(grid: Grid, tally: Tally) -> Standing:
    numbers = [(state, tally.states[state]) for state in ALONG_THE_BAR]
    ends = list(accumulate((number for _state, number in numbers), initial=0))
    scale = 100 / tally.total if tally.total else 0
    return Standing(
        tag=tally.language,
        name=own_name(tally.language),
        dir=direction(tally.language),
        total=tally.total,
        published=tally.states[CellState.PUBLISHED],
        parts=[
            Part(
                state, number, grid_address(grid, language=tally.language, state=state.value),
                f"{begins * scale:.2f}", f"{number * scale:.2f}",
            )
            for (state, number), begins in zip(numbers, ends, strict=False)
            if number
        ],
        outdated=tally.all_outdated,
        urgent=tally.outdated.get(Significance.URGENT, 0),
        address_of_outdated=grid_address(grid, language=tally.language, outdated=True),
        counted_at=tally.counted_at,
    )  # fmt: skip
