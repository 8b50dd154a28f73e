"""Two texts that share no keys, paragraph by paragraph: which answers which, and how their words differ."""

from dataclasses import dataclass
from typing import Self

from .alignment import align
from .block import Block
from .blocks import blocks
from .difference import Piece, word_difference


@dataclass(frozen=True)
class Counterparts:
    """Two paragraphs that answer each other, or one that nothing answers.

    Numbers count paragraphs from 1; 0 where there is none. Of ``pieces`` what the first alone has is ``gone``, and what
    the second alone has ``new``.
    """

    first: Block | None
    second: Block | None
    first_number: int
    second_number: int
    pieces: list[Piece]
    is_moved: bool

    @classmethod
    def of(cls, first: str, second: str) -> list[Self]:
        """Align two stored texts by what their paragraphs say; their keys, if any, are not looked at.

        In the order of the second; what only the first has stands where it was.
        """
        ours, theirs = blocks(first), blocks(second)
        found = []
        for pair in align([block.text for block in ours], [block.text for block in theirs]):
            sides = pair.of(ours, theirs)
            pieces = word_difference(*(block.text if block else "" for block in sides))
            found.append(cls(*sides, _number(pair.old), _number(pair.new), pieces, pair.is_moved))
        return found

    @property
    def texts(self) -> tuple[str | None, str | None]:
        """What either side says; None where there is no paragraph."""
        return self.first.text if self.first else None, self.second.text if self.second else None

    @property
    def is_changed(self) -> bool:
        """Whether one has words that the other has not."""
        return any(piece.kind != "same" for piece in self.pieces)

    @property
    def of_first(self) -> list[Piece]:
        """The first side's words."""
        return [piece for piece in self.pieces if piece.kind != "new"]

    @property
    def of_second(self) -> list[Piece]:
        """The second side's words."""
        return [piece for piece in self.pieces if piece.kind != "gone"]


def _number(place: int | None) -> int:
    return 0 if place is None else place + 1
