"""Setting words in lines, in any script that the shipped fonts have: order, shapes, widths and breaks.

The shapes are HarfBuzz's (uharfbuzz), which also draws them. Nothing depends on what the system has installed.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby

import uharfbuzz as hb

from memorial.languages.cldr import DOTTED_CAPITAL

from .faces import FAMILIES, JOINERS, UNIT, letters_of, prepared, scaled
from .order import in_visual_order, levels

# From one baseline to the next, in sizes of the letter: Arabic script reaches higher and lower, and looks small.
LEADING, LEADING_OF_NASKH, SCALE_OF_NASKH = 1.24, 1.62, 1.1
ELLIPSIS = "…"
# Lines of one text need not be closer than this in length, in pixels.
BALANCE = 24


@dataclass(frozen=True)
class Style:
    """How words are set: ``weight`` is BOLD or REGULAR, ``size`` in pixels, ``lang`` a tag, ``direction`` its own."""

    weight: str
    size: int
    lang: str
    direction: str


@dataclass(frozen=True)
class Glyph:
    """One shape and where it stands on its line, in 64ths of a pixel from the line's left end and baseline."""

    font: str
    size: int
    number: int
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """One line in the order in which it is seen; ``width`` and ``leading`` in pixels."""

    glyphs: tuple[Glyph, ...]
    width: float
    leading: int
    size: int

    @property
    def rise(self) -> int:
        """How far its baseline is under the upper edge of its room."""
        return round((self.leading - self.size) / 2 + self.size * 0.86)


def lines(text: str, style: Style, width: int, most: int) -> tuple[list[Line], bool]:
    """Set ``text`` in at most ``most`` lines of ``width`` pixels; the last ends with an ellipsis if words are left.

    Return the lines, and whether everything has found room. The fonts have all of ``text`` (``can_write``).
    """
    broken, is_whole = _broken(prepared(text), style, width, most)
    narrowest, widest = width // 2, width
    while is_whole and len(broken) > 1 and widest - narrowest > BALANCE:  # as many lines, each as long as the others
        tried = (narrowest + widest) // 2
        even, fits = _broken(prepared(text), style, tried, len(broken))
        if fits:
            broken, widest = even, tried
        else:
            narrowest = tried
    return [set_line(each, style) for each in broken], is_whole


def _broken(text: str, style: Style, width: int, most: int) -> tuple[list[str], bool]:
    """The text of each line, and whether that is all of it."""
    found: list[str] = []
    current = ""
    for piece in _pieces(text, style, width):
        longer = f"{current} {piece}" if current else piece
        if not current or _width(longer, style) <= width:
            current = longer
        elif len(found) + 1 == most:
            return [*found, _cut(current, style, width)], False
        else:
            found.append(current)
            current = piece
    return [each for each in (*found, current) if each], True


def set_line(text: str, style: Style) -> Line:
    """Set a text in one line, however long."""
    glyphs: list[Glyph] = []
    x = 0
    leading = LEADING
    # A ligature of f and i swallows the dot, which tells one letter from another in some languages.
    features = {"liga": style.lang.split("-", maxsplit=1)[0] not in DOTTED_CAPITAL}
    for name, level, run in in_visual_order(_runs(text, style)):
        size = style.size
        if "Naskh" in name:
            leading, size = LEADING_OF_NASKH, round(style.size * SCALE_OF_NASKH)
        buffer = hb.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if level % 2 else "ltr"
        buffer.language = style.lang
        hb.shape(scaled(name, size), buffer, features)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyphs.append(Glyph(name, size, info.codepoint, x + position.x_offset, position.y_offset))
            x += position.x_advance
    return Line(tuple(glyphs), x / UNIT, round(style.size * leading), style.size)


def _pieces(text: str, style: Style, width: int) -> list[str]:
    """The words, those that are wider than a line divided."""
    found: list[str] = []
    for word in text.split():
        rest = word
        while _width(rest, style) > width:
            longest = bisect_right(range(1, len(rest)), float(width), key=partial(_width_to, rest, style))
            end = max(1, longest)
            while end > 1 and unicodedata.combining(rest[end]):
                end -= 1
            found.append(rest[:end])
            rest = rest[end:]
        found.append(rest)
    return found


def _width_to(text: str, style: Style, end: int) -> float:
    return _width(text[:end], style)


def _cut(text: str, style: Style, width: int) -> str:
    """As many words of ``text`` as find room before an ellipsis; of a single word, as many letters."""
    words = text.split(" ")
    while len(words) > 1 and _width(" ".join(words) + ELLIPSIS, style) > width:
        words.pop()
    kept = " ".join(words)
    if _width(kept + ELLIPSIS, style) > width:
        room = width - _width(ELLIPSIS, style)
        kept = kept[: max(1, bisect_right(range(1, len(kept)), room, key=partial(_width_to, kept, style)))]
    return kept.rstrip(" ,;:.،؛–—-") + ELLIPSIS


@lru_cache(maxsize=2048)
def _width(text: str, style: Style) -> float:
    return set_line(text, style).width


def _runs(text: str, style: Style) -> list[tuple[str, int, str]]:
    """The text in logical order, divided into runs of one font and one level of direction."""
    fonts, directions = _fonts_of(text, style.weight), levels(text, style.direction)
    runs = []
    for (name, level), group in groupby(zip(fonts, directions, text, strict=True), key=lambda each: each[:2]):
        runs.append((name, level, "".join(letter for _name, _level, letter in group)))
    return runs


def _fonts_of(text: str, weight: str) -> Iterator[str]:
    """The font of each character: one for all if it has them, so that spaces, signs and digits go with their words."""
    family = FAMILIES[weight]
    letters = [letter for letter in text if letter.isalpha()]
    main = max(family, key=lambda name: sum(ord(letter) in letters_of(name) for letter in letters))
    current = main
    for letter in text:
        if letter not in JOINERS and not unicodedata.combining(letter):
            wanted = (current, main, *family) if not letter.isalpha() else (main, *family)
            current = next((name for name in wanted if ord(letter) in letters_of(name)), main)
        yield current
