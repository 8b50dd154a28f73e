"""The words of the archive that are nearest to a word which was not found."""

from collections.abc import Iterable

from ..folding import folded

LONGEST = 64


def nearest(word: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return up to ``limit`` of ``candidates`` that are spelled most like ``word``, nearest first.

    Compared are folded forms. At most one change in three letters: a letter more, less, another or two exchanged
    (optimal string alignment distance). Of equally near ones, those with the same first letter come first, then the
    order of ``candidates`` decides: give the most frequent first. The word itself is not among them.
    """
    typed = folded(word)[:LONGEST]
    most = min(3, (len(typed) + 1) // 3)
    letters = frozenset(typed)
    found: list[tuple[int, bool, int, str]] = []
    seen: set[str] = set()
    for order, candidate in enumerate(candidates):
        form = folded(candidate)[:LONGEST]
        if form == typed or form in seen or abs(len(form) - len(typed)) > most or len(letters - set(form)) > most:
            continue
        distance = _distance(typed, form, most)
        if distance <= most:
            seen.add(form)
            found.append((distance, form[:1] != typed[:1], order, candidate))
    return [candidate for *_, candidate in sorted(found)[:limit]]


def _distance(one: str, other: str, most: int) -> int:
    """Return how many changes make ``one`` of ``other``, or ``most`` + 1 if they are more than ``most``."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return last[-1]
