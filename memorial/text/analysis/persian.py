"""A light stemmer of Persian, and the particles that are written apart, joined or with a zero-width space."""

from collections.abc import Iterable, Iterator

from .words import Word


def joined(text: str, found: Iterable[Word]) -> Iterator[Word]:
    """Yield the words of a Persian text."""
    yield from found


def stem(parts: str) -> str:
    """Return the stem of a folded word."""
    return parts.replace(" ", "")
