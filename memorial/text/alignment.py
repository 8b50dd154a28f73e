"""Which paragraph of one text answers which of another, by what they say: for texts that share no keys.

Two paragraphs are as similar as the words that they share, where a word that stands in many paragraphs weighs little
(squared inverse document frequency over both texts, and Dice's coefficient). Those are paired that make the sum of the
similarities the greatest without changing the order (Needleman and Wunsch, 1970); what is left and alike is paired
across the order, as moved.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from math import log
from typing import TypeVar

from .difference import UNSPACED

#: Less alike than this, two paragraphs are two paragraphs; a moved one has to be more alike to be taken for the same.
LEAST = 0.3
LEAST_MOVED = 0.6
# With more pairs of paragraphs only those that are the same in both texts are looked for, which takes no time to speak
# of; of a paragraph no more than this many characters are looked at.
_MOST_PAIRS = 40_000
_MOST_CHARACTERS = 6_000
Paragraph = TypeVar("Paragraph")


@dataclass(frozen=True)
class Pair:
    """The places of a paragraph in both texts, from 0; None where a text does not have it.

    ``similarity`` goes from 0 (no word in common, or no partner) to 1 (the same text, but for case and punctuation).
    """

    old: int | None
    new: int | None
    similarity: float
    is_moved: bool = False

    def of(self, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Paragraph | None, Paragraph | None]:
        """Return what stands at the two places; None where a text does not have it."""
        return None if self.old is None else old[self.old], None if self.new is None else new[self.new]


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pair the paragraphs of two plain texts; each stands in exactly one pair.

    The pairs are in the order of ``new``; what only ``old`` has stands after the paragraph that it stood after.
    Deterministic, and bounded whatever the length of the texts.
    """
    if len(old) * len(new) > _MOST_PAIRS:
        found = _the_same(old, new)
    else:
        alike = _similarities(old, new)
        found = _in_order(alike, len(old), len(new))
        found += _moved(alike, found, len(old), len(new))
    return _listed(found, len(old), len(new))


def _similarities(old: Sequence[str], new: Sequence[str]) -> list[list[float]]:
    """The similarity of each paragraph of ``old`` with each of ``new``; what shares no word is not looked at."""
    counted = [_counted(text) for text in (*old, *new)]
    standing = Counter(word for words in counted for word in words)
    weights = {word: log(1 + len(counted) / count) ** 2 for word, count in standing.items()}
    sizes = [sum(count * weights[word] for word, count in words.items()) for words in counted]
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)  # of each word in new: which paragraph, how often
    first = len(old)
    for j, words in enumerate(counted[first:]):
        for word, count in words.items():
            places[word].append((j, count))
    alike = []
    for words, size in zip(counted[:first], sizes, strict=False):
        shared = [0.0] * len(new)
        for word, count in words.items():
            weight = weights[word]
            for j, other in places.get(word, ()):
                shared[j] += weight * (count if count < other else other)
        alike.append([_dice(each, size + sizes[first + j]) for j, each in enumerate(shared)])
    return alike


@lru_cache(maxsize=1024)  # a text of a series is held against the one before it and the one after
def _counted(text: str) -> Counter[str]:
    return Counter(words_of(text))


def _dice(shared: float, size: float) -> float:
    return min(1.0, 2 * shared / size) if size else 1.0  # two paragraphs without a word are the same


def words_of(text: str) -> list[str]:
    """The words of a paragraph for comparing; single characters where a script has no spaces between words."""
    return _word().findall(unicodedata.normalize("NFKC", text[:_MOST_CHARACTERS]).casefold())


@cache
def _word() -> re.Pattern[str]:
    """What ``difference.tokens`` takes for a word or a number, as one expression: much faster on whole archives."""
    joined = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M")
    joined += "\u200c\u200d"
    unspaced = "".join(f"{first}-{last}" for first, last in UNSPACED)
    letter = rf"(?:[^\W{unspaced}][{joined}]*)+"
    within = r"(?:(?<=[^\W\d_])['’ʼ](?=[^\W\d_])|(?<=\d)[.,٫٬](?=\d))"
    return re.compile(rf"{letter}(?:{within}{letter})*|(?=\w)[{unspaced}][{joined}]*")


def _in_order(alike: list[list[float]], height: int, width: int) -> list[Pair]:
    """The pairs in order with the greatest sum of similarities; of equal sums the one that pairs earliest."""
    best = [[0.0] * (width + 1) for _ in range(height + 1)]  # [i][j]: of what follows i in old and j in new
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if alike[i][j] >= LEAST:
                best[i][j] = max(best[i][j], alike[i][j] + best[i + 1][j + 1])
    found = []
    i = j = 0
    while i < height and j < width:
        if alike[i][j] >= LEAST and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found.append(Pair(i, j, alike[i][j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _moved(alike: list[list[float]], paired: list[Pair], height: int, width: int) -> list[Pair]:
    """Pairs among what has no partner in order, the most alike first."""
    old, new = {pair.old for pair in paired}, {pair.new for pair in paired}
    waiting = sorted(
        (-alike[i][j], i, j)
        for i in range(height)
        for j in range(width)
        if i not in old and j not in new and alike[i][j] >= LEAST_MOVED
    )
    found = []
    for unlike, i, j in waiting:
        if i not in old and j not in new:
            found.append(Pair(i, j, -unlike, is_moved=True))
            old.add(i)
            new.add(j)
    return found


def _the_same(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The paragraphs that two very long texts have in common, in order."""
    blocks = SequenceMatcher(None, [*old], [*new], autojunk=True).get_matching_blocks()
    return [Pair(block.a + step, block.b + step, 1.0) for block in blocks for step in range(block.size)]


def _listed(found: list[Pair], height: int, width: int) -> list[Pair]:
    """All pairs in the order of reading, with those that have one side only."""
    partners = {pair.new: pair for pair in found}
    in_place = sorted(pair.old for pair in found if pair.old is not None and not pair.is_moved)
    paired = {pair.old for pair in found}

    def gone_after(place: int) -> list[Pair]:
        """What has no partner between ``place`` and the next paragraph of ``old`` that is in its place."""
        end = next((kept for kept in in_place if kept > place), height)
        return [Pair(each, None, 0.0) for each in range(place + 1, end) if each not in paired]

    listed = gone_after(-1)
    for place in range(width):
        pair = partners.get(place) or Pair(None, place, 0.0)
        listed.append(pair)
        if pair.old is not None and not pair.is_moved:
            listed += gone_after(pair.old)
    return listed
