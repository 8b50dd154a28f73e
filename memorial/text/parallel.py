"""Two texts of one statement side by side: which blocks share a key."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .block import Block


@dataclass(frozen=True)
class Row:
    """What both texts have under one key; a side is empty where its text has nothing under that key.

    A side holds several blocks where several carry the key. ``key`` is empty for a block that carries none.
    """

    key: str
    left: tuple[Block, ...]
    right: tuple[Block, ...]


def beside(left: Sequence[Block], right: Sequence[Block]) -> list[Row]:
    """Pair the blocks of two texts by their keys, in the order of ``left``.

    What only ``right`` has stands after the block that it follows there. Each block stands in exactly one row.
    """
    ours, theirs = _by_key(left, "<"), _by_key(right, ">")
    after: dict[str, list[str]] = defaultdict(list)
    before = ""
    for key in theirs:
        if key in ours:
            before = key
        else:
            after[before].append(key)
    order = [*after[""], *(each for key in ours for each in (key, *after[key]))]
    return [Row("" if key[0] in "<>" else key, ours.get(key, ()), theirs.get(key, ())) for key in order]


def _by_key(blocks: Sequence[Block], side: str) -> dict[str, tuple[Block, ...]]:
    """The blocks under each key in order; one without a key stands under a name that no other text has."""
    found: dict[str, tuple[Block, ...]] = {}
    for place, block in enumerate(blocks):
        key = block.key or f"{side}{place}"
        found[key] = (*found.get(key, ()), block)
    return found
