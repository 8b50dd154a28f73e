"""A light stemmer of Azerbaijani and Turkish, on the folded form.

Both languages add endings one after another: plural, possessive, case, and those of verbs (``-maq``, ``-ma``, ``-an``,
``-mış``, ``-dığı``, ``-dı`` ...). An ending counts only where it can stand: after a vowel or a consonant, and with the
vowel that harmony demands (``i`` after ``a e i``, ``u`` after ``o u``: so ``qanun`` is not ``qan`` with an ending).
First all ways to take endings off are tried for one that leads to a known word, the longest; then, of an unknown word,
the longest ending is taken off until none is left or too little would stay. So a word and its forms end alike, even
where what is left is no word. Endings that make another word (``-lıq``, ``-çı``, ``-sız``) stay. Last, consonants that
change before an ending are written alike: ``torpaq``, ``torpağ-ı``; ``kitap``, ``kitab-ı``.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from ..folding import folded, folded_with_a
from . import turkic_words

_VOWELS = "aeiou"
_LONGEST_ENDING = 9
_HUSHED = "S"  # stands for ş while endings are taken off
_BEFORE = {
    "V": "aeiou", "W": "aeiu", "I": "iu", "A": "ae", "C": "bcdfghjklmnpqrstvwxyzS", "P": "ptcksfhqxS",
    "*": "abcdefghijklmnopqrstuvwxyz0123456789S",
}  # fmt: skip
# Each ending, what must stand before it (V a vowel, W a vowel but o, C a consonant, P a voiceless one, I a high vowel,
# A a low one, * anything), and the fewest letters that may stay of an unknown word. In it, A is a or e; I is i or u,
# the same wherever it stands.
_OF_NOUNS = """
lAr*3 I.C4 sI.V3 nI.W3 nIn.W3 In.C4 nA.I3 A.C4 yA.V3 dA*4 dAn*4 ndA.I3 ndAn.I3 dAki*3 ndAki.I3 lA.C4 ylA.V3
mIz.V3 ImIz.C3 nIz.V3 InIz.C3 dIr*4 n.A4
ydI.V3
"""
_OF_TURKISH_NOUNS = "yI.V3 tA.P4 tAn.P4 tAki.P3 tIr.P4 ymIs.V3"
# They end too many words that have no ending: taken off only if a known word stays.
_OF_KNOWN_NOUNS = "Im.C0 m.V0"
_OF_VERBS = """
mAq*3 mAk*3 mAg*3 mA*3 An.C4 yAn.V3 mIs*3 dIgI*3 dIyI*3 dIg*3 dIq*3 dIk*3 AcAq.C3 AcAk.C3 AcAg.C3
yAcAq.V3 yAcAk.V3 yAcAg.V3
dI*4 Ir.C4 yIr.V3 IrIq.C3 IrIk.C3 yIrIq.V3 yIrIk.V3 IrAm.C3 yIrAm.V3 Ib.C4 yIb.V3 ArAq.C3 ArAk.C3 yArAq.V3 yArAk.V3
mAlI*3 mAdI*3 mAmIs*3 mAyAn*3 mAyIb*3 mIr.C3 mIrIq.C3 mIrIk.C3 mAz*3 mAyAcAq*3 mAyAcAk*3 mAyAcAg*3
AcAgIq.C3 AcAyIk.C3
"""
_OF_TURKISH_VERBS = """
Ip.C4 yIp.V3 Iyor.C2 yor.V3 Iyoruz.C2 Iyorum.C2 tI.P4 tIgI.P3 tIg.P3 tIk.P3 mAyIp*3 mIyor*3 mIyoruz*3 AcAgIz.C3
mAyAcAgIz*3
"""
_OF_KNOWN_VERBS = "sIn*2 yAq.V2 AlIm.C2 yAlIm.V2"
# Passive and reflexive: only under an ending of a verb.
_VOICES = "Il.C3 In.C3 n.A3 l.A3 nIl.V3"
_KNOWN_VOICES = "n.V0"
# Verbs whose last consonant changes: et-, ed-ir.
_SOFTENED = {"ed": "et", "ged": "get", "gid": "git", "dey": "de", "diy": "de"}
_ENDING = re.compile(r"(\w+?)(?:\.([VWCPIA])|(\*))(\d)")
_AFTER_APOSTROPHE = re.compile(
    r"(?:l[iu])?(?:l[ae]r)?(?:s?[iu]|[iu]?[mn][iu]z)?(?:[yn]?[aeiu]|n?[iu]n|n?[dt][ae]n?(?:ki)?|y?l[ae])?(?:[dt][iu]r)?"
)


@dataclass(frozen=True)
class _Ending:
    before: str
    fewest: int
    of_verb: bool
    is_voice: bool = False
    needs_known: bool = False


@dataclass
class _Language:
    """What is known of one language: its endings by their letters, and its words."""

    endings: dict[str, list[_Ending]] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    verbs: dict[str, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    softens_to_y: bool = False  # birlik, birliy-ə; else birlik, birliğ-e

    def learn(self, endings: str, **kind: bool) -> None:
        """Add ``endings`` as they are written above."""
        for name, before, anything, fewest in _ENDING.findall(endings):
            for high in "iu" if "I" in name else "i":
                for low in "ae" if "A" in name else "a":
                    letters = name.replace("I", high).replace("A", low)
                    ending = _Ending(before or anything, int(fewest), **{"of_verb": False, **kind})
                    if ending not in self.endings.setdefault(letters, []):
                        self.endings[letters].append(ending)

    def stem(self, form: str, written: str) -> str:
        """Return the stem of a folded word, which was ``written`` so."""
        if not form.isascii() or form.isdigit() or form in self.alone:
            return form
        plain = _with_hushed(form, written)
        return _written_alike(self._known(plain) or self._unknown(plain).replace(_HUSHED, "s"))

    def _endings(self, letters: str) -> list[_Ending]:
        """Return the endings of these letters: ş ends ``-mış``, and begins none."""
        if letters[0] == _HUSHED:
            return []
        return self.endings.get(letters.replace(_HUSHED, "s"), [])

    def _known(self, form: str) -> str | None:
        """Return the longest known word of which ``form`` can be a form."""
        # Words that are left when endings are taken off, by their length, with what the last ending was of.
        left: dict[int, set[str]] = {len(form): {"nothing"}}
        for length in range(len(form), 1, -1):
            if length not in left:
                continue
            rest = form[:length]
            for last in sorted(left[length]):
                if word := self._word(rest, form[length : length + 1], last):
                    return word
            for size in range(1, min(_LONGEST_ENDING, length - 2) + 1):
                for ending in self._endings(rest[-size:]):
                    base = rest[:-size]
                    if any(_can_be_under(last, ending, rest[-size:]) for last in left[length]) and _can_follow(
                        base, rest[-size:], ending
                    ):
                        left.setdefault(length - size, set()).add("verb" if ending.of_verb else "noun")
                        if "yor" in rest[-size:]:
                            left[length - size].add("shortened")
        return None

    def _word(self, rest: str, follows: str, last: str) -> str | None:
        if last == "shortened":  # kınıyor is of kına
            rest = rest.replace(_HUSHED, "s")
            return next((rest + vowel for vowel in "ae" if rest + vowel in self.verbs), None)
        if last == "verb":
            return next((self.verbs[word] for word in _before_ending(rest, follows) if word in self.verbs), None)
        found = next((self.nouns[word] for word in _before_ending(rest, follows) if word in self.nouns), None)
        plain = rest.replace(_HUSHED, "s")
        return found or (plain if last == "nothing" and plain in self.verbs else None)

    def _unknown(self, form: str) -> str:
        rest, was_verb = form, False
        while True:
            step = self._longest(rest, was_verb)
            if step is None:
                return rest
            size, was_verb = step
            if self.softens_to_y and rest[-size] in _VOWELS and rest[-size - 2 : -size] in ("ey", "iy", "uy"):
                rest = rest[: -size - 1] + ("k" if _syllables(rest[:-size]) > 1 else "y")
            else:
                rest = rest[:-size]

    def _longest(self, rest: str, was_verb: bool) -> tuple[int, bool] | None:
        for size in range(min(_LONGEST_ENDING, len(rest) - 2), 0, -1):
            letters = rest[-size:]
            base = rest[:-size]
            for ending in self._endings(letters):
                if ending.needs_known or len(base) < ending.fewest or (ending.is_voice and not was_verb):
                    continue
                if was_verb and not _can_be_under("verb", ending, letters):
                    continue
                if self.softens_to_y and letters in ("ya", "ye") and base.endswith(("li", "lu")):
                    continue  # birliy-ə
                if _can_follow(base, letters, ending) and _is_likely(base, letters, ending):
                    return size, ending.of_verb
        return None


def is_ending(text: str) -> bool:
    """Say whether ``text``, which stands after an apostrophe, can be the endings of a name."""
    return bool(_AFTER_APOSTROPHE.fullmatch(folded(text)[:16]))


def azerbaijani(form: str, written: str = "") -> str:
    """Return the stem of a folded Azerbaijani word, which was ``written`` so if that is known."""
    return _azerbaijani().stem(form, written)


def turkish(form: str, written: str = "") -> str:
    """Return the stem of a folded Turkish word, which was ``written`` so if that is known."""
    return _turkish().stem(form, written)


def _with_hushed(form: str, written: str) -> str:
    """Return a folded word with a sign of its own for each ş of ``written``: the ending ``-sı`` has none (yürüş-ü)."""
    if len(written) != len(form) or "ş" not in written.lower():
        return form
    return "".join(_HUSHED if was in "şŞ" else letter for letter, was in zip(form, written, strict=True))


def _can_follow(base: str, letters: str, ending: _Ending) -> bool:
    """Say whether an ending can stand after ``base``: the sound before it, and the harmony of vowels."""
    vowel = _last_vowel(base)
    if not vowel or base[-1] not in _BEFORE[ending.before]:
        return False
    first = _last_vowel(letters[::-1])
    return first not in ("i", "u") or (first == "u") == (vowel in "ou")


def _can_be_under(last: str, ending: _Ending, letters: str) -> bool:
    """Say whether an ending can stand before one of the kind ``last``: under a verb's only a voice or a negation."""
    if last == "verb":
        return ending.is_voice or (ending.of_verb and letters in ("ma", "me"))
    return last != "shortened" and not ending.is_voice


def _is_likely(base: str, letters: str, ending: _Ending) -> bool:
    """Say whether an ending of an unknown word is more likely than that its letters belong to the word."""
    if ending.of_verb and letters in ("ma", "me", "di", "du", "ti", "tu", "madi", "medi") and base[-1] in _VOWELS:
        # mərasim-ə and azad-ı are nouns; of verbs that end in a vowel, nearly all are like başla-.
        return base.endswith(("la", "le"))
    if ending.of_verb and letters in ("ma", "me") and base.endswith("iz") and _syllables(base) > 1:
        return False  # faşizm-ə
    if letters in ("di", "da", "de"):
        return not base.endswith(("ken", "kan", "ben"))  # the names of towns: -kənd, -bənd
    return True


def _before_ending(rest: str, follows: str) -> list[str]:
    """Return what a word may have been before the ending that begins with ``follows`` changed its last consonant."""
    rest = rest.replace(_HUSHED, "s")
    words = [rest]
    if follows in _VOWELS and follows and len(rest) > 2:
        words += [rest[:-1] + was for was in {"g": "qk", "y": "k", "d": "t", "b": "p"}.get(rest[-1], "")]
    return words


def _last_vowel(base: str) -> str:
    return next((letter for letter in reversed(base) if letter in _VOWELS), "")


def _syllables(word: str) -> int:
    return sum(letter in _VOWELS for letter in word)


def _written_alike(word: str) -> str:
    """Return a word of two syllables or more with its last consonant as it is at the end of a word."""
    if _syllables(word) > 1 and word[-1] in "qgdb":
        return word[:-1] + {"q": "k", "g": "k", "d": "t", "b": "p"}[word[-1]]
    return word


def _forms(words: str) -> set[str]:
    return {fold(word) for word in words.split() for fold in (folded, folded_with_a)}


def _language(
    *,
    nouns: str,
    verbs: str,
    shortened: str,
    alone: str,
    endings: list[tuple[str, dict[str, bool]]],
    softens_to_y: bool,
) -> _Language:
    made = _Language(
        nouns={form: form for form in _forms(nouns)},
        verbs={form: form for form in _forms(verbs)} | _SOFTENED,
        alone=frozenset(_forms(alone)),
        softens_to_y=softens_to_y,
    )
    for pair in shortened.split():
        whole, short = pair.split(":")
        for fold in (folded, folded_with_a):
            made.nouns.setdefault(fold(short), fold(whole))
            made.nouns.setdefault(fold(whole), fold(whole))
    for written, kind in endings:
        made.learn(written, **kind)
    return made


_SHARED: list[tuple[str, dict[str, bool]]] = [
    (_OF_NOUNS, {}),
    (_OF_KNOWN_NOUNS, {"needs_known": True}),
    (_OF_VERBS, {"of_verb": True}),
    (_OF_KNOWN_VERBS, {"of_verb": True, "needs_known": True}),
    (_VOICES, {"of_verb": True, "is_voice": True}),
    (_KNOWN_VOICES, {"of_verb": True, "is_voice": True, "needs_known": True}),
]


@cache
def _azerbaijani() -> _Language:
    return _language(
        nouns=turkic_words.AZERBAIJANI_NOUNS,
        verbs=turkic_words.AZERBAIJANI_VERBS,
        shortened=turkic_words.AZERBAIJANI_SHORTENED,
        alone=turkic_words.AZERBAIJANI_ALONE,
        endings=_SHARED,
        softens_to_y=True,
    )


@cache
def _turkish() -> _Language:
    return _language(
        nouns=turkic_words.TURKISH_NOUNS,
        verbs=turkic_words.TURKISH_VERBS,
        shortened=turkic_words.TURKISH_SHORTENED,
        alone=turkic_words.TURKISH_ALONE,
        endings=[*_SHARED, (_OF_TURKISH_NOUNS, {}), (_OF_TURKISH_VERBS, {"of_verb": True})],
        softens_to_y=False,
    )
