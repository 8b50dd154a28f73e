"""How often a text has the words that a reader looks for, with whatever endings."""

from collections.abc import Sequence
from functools import lru_cache

from .alignment import words_of
from .analysis import analyse


def stems(text: str, tag: str) -> list[str]:
    """Return the stems of the words of ``text`` in the language ``tag``, in order: ``Şəhidlərin`` as ``sehid``.

    Each word is looked at by itself, once for the whole archive: series are long and their words are few.
    """
    return [stem for word in words_of(text) for stem in _stems_of(word, tag)]


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


@lru_cache(maxsize=32_768)
def _stems_of(word: str, tag: str) -> tuple[str, ...]:
    return tuple(token.stem for token in analyse(word, tag))
