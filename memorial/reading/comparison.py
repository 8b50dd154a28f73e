"""Two wordings of one statement beside each other: paragraph by paragraph, with their differences in marks and words.

Neither side is the older or the truer one. The first is what the page puts on the side of the start; marks of what it
alone has are ``gone``, of what the other alone has ``new``, as the difference of two texts has them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from memorial.text.alignment import Pair, align
from memorial.text.block import Block
from memorial.text.blocks import blocks
from memorial.text.difference import Piece, word_difference

# The list in words names so many differences; what follows is seen in the text alone.
MOST_LISTED = 200
_LONGEST_QUOTATION = 160

Kind = Literal["same", "changed", "first-only", "second-only"]


@dataclass(frozen=True)
class Difference:
    """One difference in words: what the first has, and what the second has in its place; one may be empty."""

    first: str
    second: str


@dataclass(frozen=True)
class Row:
    """Two paragraphs that answer each other, or one that nothing answers. Numbers count paragraphs from 1."""

    kind: Kind
    first: Block | None
    second: Block | None
    first_number: int
    second_number: int
    pieces: Sequence[Piece]
    is_moved: bool

    @property
    def of_first(self) -> list[Piece]:
        """The first side's words."""
        return [piece for piece in self.pieces if piece.kind != "new"]

    @property
    def of_second(self) -> list[Piece]:
        """The second side's words."""
        return [piece for piece in self.pieces if piece.kind != "gone"]

    @property
    def differences(self) -> list[Difference]:
        """What differs within two paragraphs that answer each other, in the order of reading."""
        found, before = [], ""
        for piece in (*self.pieces, Piece("same", "")):
            if piece.kind == "gone":
                before = piece.text
                continue
            if piece.kind == "new" or before:
                found.append(Difference(_quoted(before), _quoted(piece.text if piece.kind == "new" else "")))
            before = ""
        return [each for each in found if each.first or each.second]

    @property
    def beginning(self) -> str:
        """The first words of a paragraph that nothing answers."""
        block = self.first or self.second
        return _quoted(block.text) if block else ""


@dataclass(frozen=True)
class Comparison:
    """All rows in the order of the second side."""

    rows: Sequence[Row]

    @property
    def changed(self) -> list[Row]:
        """The rows that differ in anything but signs between words, as far as the list names them."""
        return [row for row in self.rows if row.kind != "same" or row.is_moved][:MOST_LISTED]

    @property
    def unlisted(self) -> int:
        """How many rows that differ are not in the list."""
        return max(0, sum(row.kind != "same" or row.is_moved for row in self.rows) - MOST_LISTED)

    def count(self, kind: Kind) -> int:
        """How many rows are of this kind."""
        return sum(row.kind == kind for row in self.rows)


def compare(first: str, second: str) -> Comparison:
    """Compare two stored texts by what their paragraphs say; their keys, if any, are not looked at."""
    ours, theirs = blocks(first), blocks(second)
    pairs = align([block.text for block in ours], [block.text for block in theirs])
    return Comparison([_row(pair, ours, theirs) for pair in pairs])


def _row(pair: Pair, ours: Sequence[Block], theirs: Sequence[Block]) -> Row:
    first = None if pair.old is None else ours[pair.old]
    second = None if pair.new is None else theirs[pair.new]
    numbers = (0 if pair.old is None else pair.old + 1, 0 if pair.new is None else pair.new + 1)
    if first is None:
        return Row("second-only", None, second, *numbers, [Piece("new", second.text if second else "")], is_moved=False)
    if second is None:
        return Row("first-only", first, None, *numbers, [Piece("gone", first.text)], is_moved=False)
    pieces = word_difference(first.text, second.text)
    kind: Kind = "changed" if any(piece.kind != "same" for piece in pieces) else "same"
    return Row(kind, first, second, *numbers, pieces, is_moved=pair.is_moved)


def _quoted(text: str) -> str:
    """A passage for a list: on one line, and cut at a space where it is long."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_QUOTATION:
        return line
    return line[:_LONGEST_QUOTATION].rsplit(" ", 1)[0] + " …"
