"""Folding: a text reduced to what people type when they look for it."""

import unicodedata

# Letters that are told apart in one language and typed for each other in the next.
_SAME_LETTERS = str.maketrans({"ı": "i", "ə": "e", "ي": "ی", "ى": "ی", "ك": "ک", "ӏ": "", "\u200c": " "})


def folded(text: str) -> str:
    """Return a text without case and marks, so that it is found however it is typed: ``Şəhid`` by ``sehid``."""
    decomposed = unicodedata.normalize("NFKD", text.replace("İ", "i").casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_SAME_LETTERS)
