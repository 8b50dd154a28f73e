"""A difference as it is shown: the words of both texts in one, what is gone and what is new marked."""

from collections.abc import Sequence
from html import escape

from memorial.text.block import Block
from memorial.text.difference import Piece
from memorial.text.excerpt import excerpt

_MARKS = {"gone": "del", "new": "ins"}


def marked(pieces: Sequence[Piece]) -> str:
    """Return the pieces as HTML, ``<del>`` around what is gone and ``<ins>`` around what is new."""
    written = []
    for piece in pieces:
        text = escape(piece.text, quote=False).replace("\n", "<br>")
        mark = _MARKS.get(piece.kind)
        written.append(f"<{mark}>{text}</{mark}>" if mark else text)
    return "".join(written)


def redline(block: Block, pieces: Sequence[Piece]) -> str:
    """Return a paragraph with its difference marked; one that is the same in both texts as it is, links and all."""
    if all(piece.kind == "same" for piece in pieces):
        return excerpt(block)
    return excerpt(block, marked(pieces))
