"""How often a text has the words that a reader looks for."""

from collections.abc import Sequence

from .alignment import words_of
from .folding import folded


def folded_words(text: str) -> list[str]:
    """The words of a text without case and marks: ``Şəhid`` as ``sehid``."""
    return words_of(folded(text))


def occurrences(words: Sequence[str], term: Sequence[str]) -> int:
    """Count where ``term`` stands in ``words``, whole words in a row; one occurrence ends before the next begins."""
    count = place = 0
    length = len(term)
    while length and place + length <= len(words):
        if words[place] == term[0] and list(words[place : place + length]) == list(term):
            count += 1
            place += length
        else:
            place += 1
    return count
