"""Which characters a text may hold, and what counts as space."""

import re
import unicodedata

# Kept although invisible: U+200C and U+200D (they shape Persian, Kurdish and Indic words) and the directional marks
# U+061C, U+200E, U+200F and isolates U+2066-2069. Embeddings and overrides (U+202A-202E) are removed: left open, they
# reorder the rest of a line. U+E0100-E01EF are variation selectors and stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2065\u206a-\u206f\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[ \t\n\r]+")


def without_invisible(text: str) -> str:
    """Return ``text`` without control characters, lone surrogates and other invisible characters that mean nothing.

    Rare line and page ends (Word writes U+000B) become spaces.
    """
    return _LINE_ENDS.sub(" ", _INVISIBLE.sub("", text))


def with_single_spaces(text: str) -> str:
    """Return ``text`` with every run of spaces and line ends as one space; non-breaking spaces stay."""
    return _SPACE.sub(" ", text)


def is_blank(text: str) -> bool:
    """Say whether ``text`` shows nothing: only spaces, non-breaking ones too, and invisible characters."""
    return all(char.isspace() or unicodedata.category(char) == "Cf" for char in text)


def nfc(text: str) -> str:
    """Return ``text`` in Normalization Form C (Unicode Standard Annex 15)."""
    return unicodedata.normalize("NFC", text)
