"""What has changed from one text to another: word by word in a block, and block by block in a whole text."""

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from .block import Block
from .blocks import blocks

# Scripts without spaces between words (Thai, Lao, Burmese, Khmer, kana, Han): compared by characters.
UNSPACED = (
    ("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3040", "\u30ff"), ("\u3400", "\u9fff"),
    ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip
_APOSTROPHES = "'’ʼ"
# With more pairs of words the comparison would take seconds; then everything between the first and the last difference
# counts as changed.
_MOST_PAIRS = 1_000_000


@dataclass(frozen=True)
class Piece:
    """Characters that both texts have, or only the older (``gone``), or only the newer one (``new``)."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class BlockChange:
    """What has become of one block. ``old`` or ``new`` is None where the text does not have it.

    ``moved``: nothing but its place has changed; ``is_moved`` is also true of a changed block in another place.
    ``pieces`` are of its plain text; all ``same`` where only the markup has changed.
    """

    key: str
    kind: Literal["same", "changed", "gone", "new", "moved"]
    old: Block | None
    new: Block | None
    pieces: list[Piece]
    is_moved: bool = False


def word_difference(old: str, new: str) -> list[Piece]:
    """Compare two plain texts by words, and by characters where a script has no spaces between words.

    The pieces that are not ``new`` join to ``old``, those that are not ``gone`` to ``new``; what is gone stands before
    what has come for it. Numbers are compared whole, combining marks and joiners stay with their letters.
    """
    before, after = tokens(old), tokens(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    found = [Piece("same", "".join(before[:start]))]
    if len(left) * len(right) > _MOST_PAIRS:
        found += [Piece("gone", "".join(left)), Piece("new", "".join(right))]
    else:
        for _, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            gone, come = "".join(left[i:j]), "".join(right[k:m])
            found += [Piece("same", gone)] if gone == come else [Piece("gone", gone), Piece("new", come)]
    found.append(Piece("same", "".join(before[len(before) - end :])))
    return _readable([piece for piece in found if piece.text])


def block_difference(old_html: str, new_html: str) -> list[BlockChange]:
    """Compare two stored texts block by block, by their keys; what is gone stands where it was.

    Blocks are in the order of the newer text. A block without a key, or with one that another block before it carries,
    is new.
    """
    old, new = _by_key(blocks(old_html)), blocks(new_html)
    partners: list[Block | None] = []
    taken: set[str] = set()
    for block in new:
        partners.append(old.get(block.key) if block.key not in taken else None)
        taken.add(block.key)
    places = {key: place for place, key in enumerate(old)}
    in_order = _in_order([places[partner.key] for partner in partners if partner])
    gone = _gone_after(old, taken, {key for key, place in places.items() if place in in_order})
    changes = [_gone(block) for block in gone[""]]
    for block, partner in zip(new, partners, strict=True):
        changes.append(_change(partner, block, is_moved=bool(partner) and places[block.key] not in in_order))
        if partner:
            changes += [_gone(each) for each in gone[block.key]]
    return changes


def shape(block: Block) -> tuple[str, ...]:
    """What a block is, and what is around it, without an item's number: that changes with the items before it."""
    levels = ["#" if level.strip().rstrip(".").isdigit() else level.strip() for level in block.levels]
    return block.kind, block.lang, block.dir, *levels


def _by_key(found: Sequence[Block]) -> dict[str, Block]:
    keyed: dict[str, Block] = {}
    for number, block in enumerate(found):
        keyed.setdefault(block.key or f"#{number}", block)
    return keyed


def _change(old: Block | None, new: Block, *, is_moved: bool) -> BlockChange:
    if old is None:
        return BlockChange(new.key, "new", None, new, [Piece("new", new.text)])
    if old.html != new.html or shape(old) != shape(new):
        return BlockChange(new.key, "changed", old, new, word_difference(old.text, new.text), is_moved)
    return BlockChange(new.key, "moved" if is_moved else "same", old, new, [Piece("same", new.text)], is_moved)


def _gone(block: Block) -> BlockChange:
    return BlockChange(block.key, "gone", block, None, [Piece("gone", block.text)])


def _gone_after(old: dict[str, Block], kept: set[str], in_order: set[str]) -> dict[str, list[Block]]:
    """The blocks that are gone, by the key of the nearest block before them that is in its place still, or ``""``."""
    gone: dict[str, list[Block]] = defaultdict(list)
    before = ""
    for key, block in old.items():
        if key in in_order:
            before = key
        elif key not in kept:
            gone[before].append(block)
    return gone


def _in_order(places: Sequence[int]) -> set[int]:
    """The longest increasing subsequence (by patience sorting): what has kept its order; the others have moved."""
    lasts: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        pile = bisect_left(lasts, place)
        before[place] = lasts[pile - 1] if pile else None
        lasts[pile : pile + 1] = [place]
    found: set[int] = set()
    current: int | None = lasts[-1] if lasts else None
    while current is not None:
        found.add(current)
        current = before[current]
    return found


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two lists begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def tokens(text: str) -> list[str]:
    """Split a text: words with their marks and joiners, numbers with their signs, runs of space; all else singly."""
    found: list[str] = []
    kind = ""
    for place, char in enumerate(text):
        before, kind = kind, _kind(text, place, char)
        if found and (kind == "mark" or (kind == before and kind in ("word", "space"))):
            found[-1] += char
            kind = before if kind == "mark" else kind
        else:
            found.append(char)
    return found


def _kind(text: str, place: int, char: str) -> str:
    if char.isspace():
        return "space"
    if unicodedata.category(char)[0] == "M" or char in "\u200c\u200d":
        return "mark"
    if any(first <= char <= last for first, last in UNSPACED):
        return "character"
    if char.isalnum() or char == "_":
        return "word"
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    is_inside = len(around) == 2 and (
        (char in _APOSTROPHES and around.isalpha()) or (char in ".,٫٬" and around.isdigit())
    )
    return "word" if is_inside else "sign"


def _readable(pieces: Sequence[Piece]) -> list[Piece]:
    """Join what belongs together: a space between two changes is part of both, and each change is one pair."""
    joined: list[Piece] = []
    for is_change, run in groupby(_with_spaces_in_changes(pieces), lambda piece: piece.kind != "same"):
        found = list(run)
        for kind in ("gone", "new") if is_change else ("same",):
            if text := "".join(piece.text for piece in found if piece.kind == kind):
                joined.append(Piece(kind, text))
    return joined


def _with_spaces_in_changes(pieces: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        if piece.kind == "same" and piece.text.isspace() and 0 < place < len(pieces) - 1:
            found += [Piece("gone", piece.text), Piece("new", piece.text)]
        else:
            found.append(piece)
    return found
