"""The table of passages that return: one row a passage, one column a text of the series."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

from memorial.text.recurring import Passage, State

from .series import Series, Year

#: So many passages are listed, and so many cells at most: where there are more, those that stand in the most texts.
MOST_PASSAGES = 120
MOST_CELLS = 3_000
_WORDS_SHOWN = 16


@dataclass(frozen=True)
class Cell:
    """What has become of a passage in one text; ``path`` leads to it, or is empty where it does not stand."""

    year: Year
    state: State
    path: str


@dataclass(frozen=True)
class Line:
    """A passage: how it begins where it stands last, and its cells, the oldest text first."""

    words: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Passages:
    """The table, and whether it goes on."""

    lines: Sequence[Line]
    is_cut: bool


def passages(series: Series) -> Passages:
    """Return the passages that stand in two or more of the texts that are compared, in the order of first standing."""
    found = series.recurring.returning
    most = min(MOST_PASSAGES, MOST_CELLS // max(1, len(series.compared)))
    often = sorted(range(len(found)), key=lambda number: found[number].states.count("absent"))
    chosen = [found[number] for number in sorted(often[:most])]
    return Passages([_line(passage, series.compared) for passage in chosen], len(found) > most)


def _line(passage: Passage, years: Sequence[Year]) -> Line:
    cells = []
    for year, place, state in zip(years, passage.places, passage.states, strict=True):
        key = year.blocks[place].key if place is not None else ""
        cells.append(Cell(year, state, f"{year.path}#{key}" if key else year.path if place is not None else ""))
    return Line(Truncator(passage.words).words(_WORDS_SHOWN, truncate=" …"), cells)
