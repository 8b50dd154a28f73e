"""Names beside a drawing: broken into lines, and moved apart where they would lie on each other."""

from collections.abc import Sequence
from unicodedata import east_asian_width

MOST_LINES = 3
_MORE = "…"


def lines_of(name: str, width: int) -> list[str]:
    """Break a name into at most three lines of about ``width`` letters; what is longer ends with an ellipsis."""
    lines = [""]
    for word in _words(name, width):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][: width - 1].rstrip() + _MORE]
    return lines


def moved_apart(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Return where things of these heights begin, each as near to ``wanted`` as it can be without touching another.

    They keep the order of ``wanted``; when all do not fit between ``top`` and ``bottom``, they run beyond it.
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    begins = [0.0] * len(wanted)
    free = top
    for place in order:
        begins[place] = max(wanted[place], free)
        free = begins[place] + heights[place]
    limit = max(bottom, top + sum(heights))
    for place in reversed(order):
        begins[place] = min(begins[place], limit - heights[place])
        limit = begins[place]
    return begins


def _words(name: str, width: int) -> list[str]:
    """The words of a name; one that is longer than a line, or has no spaces, is cut."""
    words = []
    for whole in name.split():
        word = whole
        while _width(word) > width:
            end = next(place for place in range(len(word), 0, -1) if _width(word[:place]) <= width)
            words.append(word[:end])
            word = word[end:]
        words.append(word)
    return words


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
