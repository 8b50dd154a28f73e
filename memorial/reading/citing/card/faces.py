"""The shipped fonts: which there are, what they can write, and how words are prepared for them."""

import unicodedata
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

FONTS = Path(__file__).parent / "fonts"
BOLD, REGULAR = "bold", "regular"
_OTHER_SCRIPTS = ("NotoSerifArmenian-Bold", "NotoSerifGeorgian-Bold", "NotoSerifHebrew-Bold")
FAMILIES = {
    BOLD: ("NotoSerif-Bold", "NotoNaskhArabic-Bold", *_OTHER_SCRIPTS),
    REGULAR: ("NotoSerif-Regular", "NotoNaskhArabic-Regular", *_OTHER_SCRIPTS),
}
# Positions are kept in 64ths of a pixel, as fonts are scaled.
UNIT = 64
JOINERS = "\u200c\u200d"


@lru_cache(maxsize=16)
def face(name: str) -> hb.Face:
    """Return a shipped font."""
    return hb.Face(hb.Blob.from_file_path(FONTS / f"{name}.ttf"))


@lru_cache(maxsize=64)
def scaled(name: str, size: int) -> hb.Font:
    """Return a shipped font in a size."""
    font = hb.Font(face(name))
    font.scale = (size * UNIT, size * UNIT)
    return font


@lru_cache(maxsize=16)
def letters_of(name: str) -> frozenset[int]:
    """The characters that a font has."""
    return frozenset(face(name).unicodes)


def prepared(text: str) -> str:
    """Return ``text`` composed and without what is never seen, but for the joiners, which are part of words."""
    found = ""
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        if category in ("Zs", "Zl", "Zp", "Cc"):
            found += " "
        elif letter in JOINERS or category not in ("Cf", "Cs"):
            found += letter
    return " ".join(found.split())


def can_write(text: str, weight: str) -> bool:
    """Whether the shipped fonts have every character of ``text``."""
    known = frozenset().union(*(letters_of(name) for name in FAMILIES[weight]))
    return all(ord(letter) in known or letter in JOINERS for letter in prepared(text))
