"""Which stemmer a language has, and how words of one language come to one stem.

All stemmers work on the folded form, so that a word typed without its marks has the same stem. Azerbaijani, Turkish,
Persian and Arabic have light stemmers of our own; other languages those of Snowball; and a language without one, or
in another script than the stemmer's, its folded words.
"""

from functools import lru_cache
from typing import Any

from . import arabic, english, russian, turkic
from .words import at_apostrophe

_SNOWBALL = {
    "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish", "nl": "dutch", "eo": "esperanto",
    "et": "estonian", "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi", "hu": "hungarian",
    "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali", "no": "norwegian",
    "nb": "norwegian", "nn": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "sr": "serbian",
    "es": "spanish", "sv": "swedish", "ta": "tamil", "yi": "yiddish",
}  # fmt: skip
_TURKIC = {"az": turkic.azerbaijani, "tr": turkic.turkish}
_OWN = {"ar": arabic.stem, "en": english.stem, "ru": russian.stem}
# The script in which a language's stemmer reads it; Latin if it isn't here.
_SCRIPTS = {
    "ar": "arab", "fa": "arab", "ru": "cyrl", "el": "grek", "hi": "deva", "ne": "deva", "hy": "armn", "ta": "taml",
    "yi": "hebr", "sr": "",
}  # fmt: skip
_SAME_LANGUAGE = {"prs": "fa", "pes": "fa", "arb": "ar", "azj": "az"}
# Letters that show a word to be of another language: as a Turkish word Gəncə, a town, would be genç-e, to a young man.
_AZERBAIJANI_LETTERS = frozenset("əƏ")
_TURKIC_LETTERS = frozenset("əƏıİğĞşŞçÇöÖüÜ")
_IN_PAIRS = frozenset({"zh", "yue", "ja", "ko"})
# Languages in which a short word before an apostrophe is an article or the like: l'État, dell'anno.
_ELIDING = frozenset({"fr", "it", "ca", "oc"})


@lru_cache(maxsize=256)
def language(tag: str) -> str:
    """Return the language by whose rules words of ``tag`` are stemmed, or ``""``: words are folded only."""
    first, *others = tag.casefold().replace("_", "-").split("-")
    first = _SAME_LANGUAGE.get(first, first)
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    own = _SCRIPTS.get(first, "latn")
    if first != "fa" and not any(first in known for known in (_TURKIC, _OWN, _SNOWBALL)):
        return ""
    return first if not script or not own or script == own else ""


def has_stemmer(tag: str) -> bool:
    """Say whether endings are known in the language ``tag``, or its words have none (Chinese, Japanese, Korean)."""
    return bool(language(tag)) or tag.casefold().replace("_", "-").split("-")[0] in _IN_PAIRS


def is_foreign(word: str, spoken: str) -> bool:
    """Say whether the letters of a word show it to be of another language, so that endings of this one mean nothing."""
    if word.isascii() or spoken == "az":
        return False
    return not (_TURKIC_LETTERS if spoken == "en" else _AZERBAIJANI_LETTERS).isdisjoint(word)


def bare(word: str, spoken: str) -> str:
    """Return a word without what an apostrophe sets apart: ``Bakı'da`` is ``Bakı``, ``Baku's`` is ``Baku``."""
    parts = at_apostrophe(word)
    if len(parts) == 1:
        return word
    first, last = parts[0], parts[-1]
    if len(parts) == 2 and last.casefold() == "s" and first:
        return first
    if len(parts) == 2 and spoken in ("az", "tr") and turkic.is_ending(last) and (len(first) > 2 or first.isupper()):
        return first
    if spoken in _ELIDING and len(first) <= 5 and last:
        return last
    return "".join(parts)


def stem(form: str, spoken: str, written: str = "") -> str:
    """Return the stem of a folded word, ``written`` so, in a language as :func:`language` names it."""
    if turkish := _TURKIC.get(spoken):
        return turkish(form, written)
    if own := _OWN.get(spoken):
        return own(form)
    return str(_snowball(spoken).stemWord(form)) if spoken in _SNOWBALL else form


@lru_cache(maxsize=64)
def _snowball(spoken: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(_SNOWBALL[spoken])
