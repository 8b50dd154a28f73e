"""Which block keeps, inherits or is given which key.

A key is the public address of a block (``#p4``) in every language and every edition, so the rules lean towards keeping:

1. a key that the block carries stays if the previous text or the source has it; of two blocks that carry the same one
   (the editor copies it when a paragraph is split), the one that is still nearly the old paragraph, else the first;
2. then keys of the previous text go to blocks with the same words, wherever they have moved;
3. then to blocks with nearly the same words, in order, between neighbours that are already matched;
4. then keys of the source go to the blocks in the same place: in order, by kind and length, between such neighbours;
5. all others get the numbers after the last one given. No number is ever given again.
"""

import re
from bisect import bisect, insort
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from math import inf, log

from .block import Block

_ALIKE = 0.6
_NEARLY_THE_SAME = 0.8
_WINDOW = 8
_MOST_CELLS = 40_000
# Words; in scripts without spaces between words (Thai, Lao, Burmese, Khmer, kana, Han) characters.
_TOKEN = re.compile("[^\\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+|\\S")


def assign(
    new: Sequence[Block], *, previous: Sequence[Block], source: Sequence[Block], last: int
) -> tuple[list[str], int]:
    """Return a key for each of the ``new`` blocks, and the highest number given so far."""
    keys = _kept(new, previous, source)
    _by_words(new, keys, previous)
    _by_likeness(new, keys, previous)
    _by_place(new, keys, source)
    last = max([last, *(int(block.key[1:]) for block in (*previous, *source) if block.key)])
    for index, key in enumerate(keys):
        if not key:
            last += 1
            keys[index] = f"p{last}"
    return keys, last


def _kept(new: Sequence[Block], previous: Sequence[Block], source: Sequence[Block]) -> list[str]:
    old = {block.key: block for block in (*source, *previous) if block.key}
    carriers: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(new):
        if block.key in old:
            carriers[block.key].append(index)
    keys = [""] * len(new)
    for key, indexes in carriers.items():
        keys[_true_carrier(new, indexes, old[key])] = key
    return keys


def _true_carrier(new: Sequence[Block], indexes: list[int], old: Block) -> int:
    if len(indexes) == 1:
        return indexes[0]
    likeness = {index: _likeness(_tokens(new[index]), _tokens(old)) for index in indexes[:_WINDOW]}
    best = max(likeness, key=lambda index: likeness[index])
    return best if likeness[best] >= _NEARLY_THE_SAME else indexes[0]


def _by_words(new: Sequence[Block], keys: list[str], previous: Sequence[Block]) -> None:
    used = set(keys)
    free: dict[str, deque[str]] = defaultdict(deque)
    for block in previous:
        if block.key and block.key not in used:
            free[block.text].append(block.key)
    for index, block in enumerate(new):
        if not keys[index] and free.get(block.text):
            keys[index] = free[block.text].popleft()


def _by_likeness(new: Sequence[Block], keys: list[str], previous: Sequence[Block]) -> None:
    for gap, free in _gaps(keys, previous):
        tokens, free_tokens = [_tokens(new[index]) for index in gap], [_tokens(block) for block in free]
        pairs = []
        for row, mine in enumerate(tokens):
            expected = row * len(free) // len(gap)
            for column in range(max(0, expected - _WINDOW), min(len(free), expected + _WINDOW + 1)):
                likeness = _likeness(mine, free_tokens[column])
                if likeness >= _ALIKE:
                    pairs.append((-likeness, abs(row - column), row, column))
        matched: list[tuple[int, int]] = []
        for _, _, row, column in sorted(pairs):
            place = bisect(matched, (row, column))
            before, after = matched[place - 1 : place] if place else [], matched[place : place + 1]
            if all(r < row and c < column for r, c in before) and all(r > row and c > column for r, c in after):
                insort(matched, (row, column))
                keys[gap[row]] = free[column].key


def _by_place(new: Sequence[Block], keys: list[str], source: Sequence[Block]) -> None:
    for gap, free in _gaps(keys, source):
        mine = [new[index] for index in gap]
        for row, column in _aligned(mine, free):
            keys[gap[row]] = free[column].key


def _gaps(keys: list[str], reference: Sequence[Block]) -> Iterator[tuple[list[int], list[Block]]]:
    """Yield runs of blocks without a key, each with the unused blocks of ``reference`` between the same neighbours.

    The neighbours are read when a run is yielded, so that the caller may fill in ``keys`` as it goes.
    """
    place = {block.key: index for index, block in enumerate(reference) if block.key}
    start = 0
    while start < len(keys):
        end = start
        while end < len(keys) and not keys[end]:
            end += 1
        if end > start:
            left = next((place[keys[i]] for i in range(start - 1, -1, -1) if keys[i] in place), -1)
            right = next((place[keys[i]] for i in range(end, len(keys)) if keys[i] in place), len(reference))
            used = set(keys)
            # A neighbour that has moved says nothing: then look as far as the reference goes.
            between = reference[left + 1 : right if right > left else len(reference)]
            free = [block for block in between if block.key and block.key not in used]
            if free:
                yield list(range(start, end)), free
        start = end + 1


def _aligned(new: Sequence[Block], old: Sequence[Block]) -> list[tuple[int, int]]:
    """Pair the blocks of a translation with those of its source, in order.

    One to one where the kinds agree one to one. Else by the cheapest path that may also split a block in two (the first
    half is paired), join two, add or leave out; the cost of a pair is how far the lengths are from the usual ratio
    (after Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora", 1993).
    """
    same = [(i, i) for i, (mine, theirs) in enumerate(zip(new, old, strict=False)) if mine.kind == theirs.kind]
    if len(same) == len(new) == len(old) or len(new) * len(old) > _MOST_CELLS:
        return same
    ratio = (sum(len(b.text) for b in new) or 1) / (sum(len(b.text) for b in old) or 1)
    steps = ((1, 1, 0.0), (2, 1, 0.4), (1, 2, 0.4), (1, 0, 1.0), (0, 1, 1.0))
    cost = [[inf] * (len(old) + 1) for _ in range(len(new) + 1)]
    came: dict[tuple[int, int], tuple[int, int]] = {}
    cost[0][0] = 0.0
    for i in range(len(new) + 1):
        for j in range(len(old) + 1):
            for rows, columns, price in steps:
                if rows <= i and columns <= j:
                    step = price + _distance(new[i - rows : i], old[j - columns : j], ratio)
                    if cost[i - rows][j - columns] + step < cost[i][j]:
                        cost[i][j] = cost[i - rows][j - columns] + step
                        came[i, j] = (i - rows, j - columns)
    pairs = []
    i, j = len(new), len(old)
    while (i, j) != (0, 0):
        before = came[i, j]
        if before[0] < i and before[1] < j:
            pairs.append(before)
        i, j = before
    return pairs[::-1]


def _distance(new: Sequence[Block], old: Sequence[Block], ratio: float) -> float:
    if not new or not old:
        return 0.0
    kinds = {block.kind for block in (*new, *old)}
    if len(kinds) > 1 and (kinds & {"h2", "h3"}) and (kinds & {"p", "li"}):
        return inf
    mine, theirs = sum(len(block.text) for block in new), sum(len(block.text) for block in old)
    return abs(log((mine + 10) / (theirs * ratio + 10))) + 0.5 * (len(kinds) - 1)


def _tokens(block: Block) -> list[str]:
    return _TOKEN.findall(block.text)


def _likeness(one: list[str], other: list[str]) -> float:
    """How alike two lists of words are, from 0 to 1; 0 if it cannot reach what the rules ask for."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()
