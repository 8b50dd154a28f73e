"""Two wordings of one statement beside each other: paragraph by paragraph, with their differences in marks and words.

Neither side is the older or the truer one. The first is what the page puts on the side of the start; marks of what it
alone has are ``gone``, of what the other alone has ``new``, as the difference of two texts has them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from memorial.text.counterparts import Counterparts
from memorial.text.difference import Piece

# The list in words names so many differences; what follows is seen in the text alone.
MOST_LISTED = 200
_LONGEST_QUOTATION = 160

Kind = Literal["same", "changed", "first-only", "second-only"]


@dataclass(frozen=True)
class Difference:
    """One difference in words: what the first has, and what the second has in its place; one may be empty."""

    first: str
    second: str


class Row(Counterparts):
    """Two paragraphs that answer each other, or one that nothing answers."""

    @property
    def kind(self) -> Kind:
        """Which side has it, or whether their words differ."""
        if self.first is None:
            return "second-only"
        if self.second is None:
            return "first-only"
        return "changed" if self.is_changed else "same"

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
class TwoWordings:
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


def compare(first: str, second: str) -> TwoWordings:
    """Compare two stored texts by what their paragraphs say."""
    return TwoWordings(Row.of(first, second))


def _quoted(text: str) -> str:
    """A passage for a list: on one line, and cut at a space where it is long."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_QUOTATION:
        return line
    return line[:_LONGEST_QUOTATION].rsplit(" ", 1)[0] + " …"
