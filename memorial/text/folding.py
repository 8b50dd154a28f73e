"""Folding: a text reduced to what people type when they look for it."""

import unicodedata

# Letters that are told apart in one language and typed for each other in the next, and letters without a
# decomposition that people type without their stroke.
_SAME_LETTERS = str.maketrans(
    {
        "ı": "i", "ӏ": "", "ґ": "г", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th",
        # Arabic letters as Persian and Arabic keyboards have them; hamza (U+0621) and tatweel (U+0640) are left out.
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ٱ": "ا", "ں": "ن", "ء": "",
        "ـ": "", "\u200c": " ", "\u200d": "",
    }
)  # fmt: skip
_SCHWA_AS_E = str.maketrans({"ə": "e", "ә": "е"})
_SCHWA_AS_A = str.maketrans({"ə": "a", "ә": "а"})
_BREVE = "\u0306"


def folded(text: str) -> str:
    """Return a text without case and marks, so that it is found however it is typed: ``Şəhid`` by ``sehid``."""
    return _folded(text).translate(_SCHWA_AS_E)


def folded_with_a(text: str) -> str:
    """Return a text as :func:`folded`, with ``ə`` as the ``a`` that others type for it: ``Şəhid`` by ``sahid``."""
    return _folded(text).translate(_SCHWA_AS_A)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKC", text).replace("İ", "i").casefold()
    kept: list[str] = []
    for char in unicodedata.normalize("NFKD", lowered):
        if not _is_mark(char):
            kept.append(char)
        elif char == _BREVE and kept and kept[-1] == "и":
            kept[-1] = "й"  # a letter of its own, unlike ё
        elif char in "\u3099\u309a":
            kept.append(char)  # the voiced letters of kana are letters of their own
    letters = "".join(kept).translate(_SAME_LETTERS)
    return "".join(str(unicodedata.decimal(char, char)) for char in unicodedata.normalize("NFC", letters))


def _is_mark(char: str) -> bool:
    # Classes 84 to 132 are vowels and tones written around the letters of Thai, Lao, Tibetan and others: not marks.
    kind = unicodedata.combining(char)
    return kind > 0 and not 84 <= kind <= 132
