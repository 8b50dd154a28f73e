"""A light stemmer of Persian, and the particles that are written apart, joined, or with a zero-width non-joiner.

``کتاب‌ها``, ``کتاب ها`` and ``کتابها`` are one word to those who type them, and so are ``می‌کنند``, ``می کنند`` and
``میکنند``: a particle belongs to the word that it is said with. Other words joined by a zero-width non-joiner
(``آتش‌بس``) are as often typed with a space: they are two. The ending ``-ی`` after a consonant stays: it makes another
word (``ایرانی``) as often as it says "a" or "one".
"""

from collections.abc import Iterable, Iterator

from ..folding import folded
from .words import Word

_JOINER = "\u200c"
_BEFORE = frozenset(["می", "نمی"])
# Written apart also with a space: the plural, which is no word by itself.
_AFTER = frozenset("ها های هایی هایم هایت هایش هایمان هایتان هایشان".split())
_AFTER_JOINER = _AFTER | frozenset("ی ای یی ام ات اش مان تان شان م ت ش اند ایم اید تر ترین ان گان".split())
_LONGEST_PARTICLE = 8
_PLURALS = sorted(_AFTER, key=len, reverse=True)
# Plurals that are made inside the word, as in Arabic.
_IRREGULAR = dict(
    pair.split(":")
    for pair in """
    شهدا:شهید ملل:ملت دول:دولت افراد:فرد وقایع:واقعه حوادث:حادثه مناطق:منطقه اسناد:سند مدارک:مدرک جرایم:جرم
    جنایات:جنایت اماکن:مکان قوانین:قانون مراسمات:مراسم اشخاص:شخص احزاب:حزب اقوام:قوم اعضا:عضو وزرا:وزیر
    روسا:رییس مجالس:مجلس زنان:زن مردان:مرد کشورها:کشور شعرا:شاعر علما:عالم اسرا:اسیر اهالی:اهل سربازان:سرباز
    اطفال:طفل خاطرات:خاطره تظاهرات:تظاهرات اطلاعات:اطلاعات
    """.split()
)
_NOT_PLURAL = (
    "ستان",
    "جان",
    "انسان",
    "خراسان",
    "سازمان",
    "قهرمان",
    "درمان",
    "میدان",
    "زندان",
    "ساختمان",
    "پیمان",
    "خیابان",
)


def joined(text: str, found: Iterable[Word]) -> Iterator[Word]:
    """Yield the words of a Persian text: particles with their word, other joined words one by one."""
    held: Word | None = None
    for word in found:
        for part in _parts(text, word):
            if held and _belong_together(text, held, part):
                held = Word(held.start, part.end)
            else:
                if held:
                    yield held
                held = part
    if held:
        yield held


def stem(parts: str) -> str:
    """Return the stem of a folded word, whose particles may be parted from it by a space."""
    pieces = parts.split()
    if len(pieces) > 1 and pieces[0] in _BEFORE:
        return _of_verb("".join(pieces[1:]))
    while len(pieces) > 1 and pieces[-1] in _AFTER_JOINER:
        pieces.pop()
    word = "".join(pieces)
    for particle in ("نمی", "می"):
        rest = word.removeprefix(particle)
        if rest != word and len(rest) >= 3 and rest.endswith(("ند", "یم", "ید", "ود")) and len(rest) < 9:
            return _of_verb(rest)
    return _of_noun(word)


def _parts(text: str, word: Word) -> Iterator[Word]:
    if word.paired or _JOINER not in text[word.start : word.end]:
        yield word
        return
    start = word.start
    while start < word.end:
        end = text.find(_JOINER, start, word.end)
        end = word.end if end < 0 else end
        if end > start:
            yield Word(start, end)
        start = end + 1


def _belong_together(text: str, one: Word, other: Word) -> bool:
    """Say whether ``other`` is said with ``one``: a particle after its word, or a word after its particle."""
    if one.paired or other.paired or other.start - one.end != 1:
        return False
    between = text[one.end]
    if between not in (_JOINER, " ", "\u00a0"):
        return False
    if one.end - one.start <= 3 and folded(text[one.start : one.end]) in _BEFORE:
        return text[other.start : other.end].isalpha()
    if other.end - other.start > _LONGEST_PARTICLE or one.end - one.start > 60:
        return False
    return folded(text[other.start : other.end]) in (_AFTER_JOINER if between == _JOINER else _AFTER)


def _of_noun(word: str) -> str:
    for _ in range(4):
        if word in _IRREGULAR:
            return _IRREGULAR[word]
        shorter = _without_ending(word)
        if shorter == word:
            break
        word = shorter
    return word


def _without_ending(word: str) -> str:
    for ending in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    if word.endswith("گان") and len(word) >= 6:
        return word[:-3] + "ه"
    if word.endswith("ان") and len(word) >= 6 and not word.endswith(_NOT_PLURAL):
        return word[:-2]
    if word.endswith("ات") and len(word) >= 6:
        return word[:-2]
    if len(word) >= 6 and word.endswith(("شان", "ترین")):
        return word[: -(3 if word.endswith("شان") else 4)]
    if len(word) >= 6 and word.endswith(("تر", "اش")):
        return word[:-2]
    if word.endswith(("ایی", "ویی")) and len(word) >= 5:
        return word[:-2]
    if word.endswith(("ای", "وی")) and len(word) >= 4:
        return word[:-1]  # the ezafe of a word that ends in a vowel
    if word.endswith(("دند", "تند")) and len(word) >= 4:
        return word[:-2]
    return word


def _of_verb(word: str) -> str:
    for ending in ("ند", "یم", "ید", "د", "م"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 2:
            return rest[:-1] if rest.endswith(("وی", "ای")) and len(rest) > 2 else rest
    return word
