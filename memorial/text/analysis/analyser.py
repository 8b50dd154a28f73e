"""From a text to its tokens: each word with its place in the text and the forms in which it can be asked for."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from ..case import lower
from ..folding import folded, folded_with_a
from . import persian
from .stemming import bare, is_foreign, language, stem
from .words import Word, without_joiners, words

# Raise it with every change of what a text gives: what is stored under another number is analysed anew.
VERSION = 2
MOST_WORDS = 16_000
LONGEST_WORD = 64
CHANNELS = ("exact", "folded", "folded_a", "stem", "stem_a")
_NUMBERED = re.compile(r"([0-9]+)[^\W\d_]{1,4}")
_HYPHENS = re.compile("[-\u2010-\u2013].*")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``text[start:end]`` of the text it was found in, and its forms, none of them empty or with a space."""

    start: int
    end: int
    exact: str
    folded: str
    folded_a: str
    stem: str
    stem_a: str


def analyse(text: str, tag: str) -> list[Token]:
    """Return the tokens of ``text`` in the language ``tag`` (BCP 47), in order, at most ``MOST_WORDS``.

    A token's position is its index. Of Han, kana and hangul each token is a character and the next; the last
    character of a run is a token by itself, so that each character begins exactly one token.
    """
    return list(islice(_tokens(text, tag), MOST_WORDS))


def _tokens(text: str, tag: str) -> Iterator[Token]:
    spoken = language(tag)
    found = words(text)
    for word in persian.joined(text, found) if spoken == "fa" else found:
        if word.paired:
            yield from _pairs(text, word, tag)
        elif forms := _forms(text[word.start : min(word.end, word.start + LONGEST_WORD)], tag, spoken):
            yield Token(word.start, word.end, *forms)


def _pairs(text: str, word: Word, tag: str) -> Iterator[Token]:
    starts = (word.start, *word.paired[:-1])
    ends = (*word.paired[1:], word.end)
    for start, end in zip(starts, ends, strict=True):
        written = without_joiners(text[start : min(end, start + LONGEST_WORD)])
        form = _letters(folded(written))
        if form:
            yield Token(start, end, _exact(written, tag), form, form, form, form)


@lru_cache(maxsize=65_536)
def _forms(written: str, tag: str, spoken: str) -> tuple[str, str, str, str, str] | None:
    """Return the five forms of a word, or None if nothing is left of it."""
    if spoken == "fa":
        parts = folded(_HYPHENS.sub("", written))
        form = _letters(parts)
        if not form:
            return None
        found = _cut(persian.stem(parts))
        return _exact(without_joiners(written), tag), form, form, found, found
    plain = without_joiners(written)
    root = bare(_HYPHENS.sub("", plain), spoken)
    form = _letters(folded(root))
    if not form:
        return None
    form_a = _letters(folded_with_a(root))
    found = form if is_foreign(plain, spoken) else _stem(form, spoken, root)
    return _exact(plain, tag), form, form_a, found, found if form == form_a else _respelled(found, form, form_a)


def _stem(form: str, spoken: str, written: str) -> str:
    numbered = _NUMBERED.fullmatch(form)
    return numbered[1] if numbered else _cut(stem(form, spoken, written)) or form


def _respelled(found: str, form: str, form_a: str) -> str:
    """Return the stem ``found`` of ``form`` in the letters of ``form_a``, which has ``a`` where ``form`` has ``e``."""
    pairs = enumerate(zip(found, form, strict=False))
    shared = next((number for number, (one, other) in pairs if one != other), min(len(found), len(form)))
    return form_a[:shared] + found[shared:] if shared <= len(form_a) == len(form) else found


def _exact(written: str, tag: str) -> str:
    return _letters(unicodedata.normalize("NFC", lower(written, tag))) or written


def _letters(form: str) -> str:
    """Return ``form`` without what is neither letter, digit nor mark: spaces, apostrophes, signs."""
    return _cut(form if form.isalnum() else "".join(char for char in form if char.isalnum() or _is_mark(char)))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def _cut(form: str) -> str:
    return form[:LONGEST_WORD]
