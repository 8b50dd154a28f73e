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
_PLURAL = "هایشان هایمان هایتان هایش هایم هایت هایی های ها"
_AFTER = frozenset(_PLURAL.split(" "))
_AFTER_NON_JOINER = "ی ای یی ام ات اش مان تان شان م ت ش اند ایم اید تر ترین ان گان"
_AFTER_JOINER = _AFTER | frozenset(_AFTER_NON_JOINER.split(" "))
_LONGEST_PARTICLE = 8
# (ending, how long a word must be to have it, how many of its letters go, what comes instead), the first that fits.
_ENDINGS = [
    *((plural, len(plural) + 2, len(plural), "") for plural in _PLURAL.split(" ")),
    ("گان", 6, 3, "ه"),
    ("ان", 6, 2, ""),
    ("ات", 6, 2, ""),
    ("ترین", 6, 4, ""),
    ("تر", 6, 2, ""),
    ("شان", 6, 3, ""),
    ("اش", 6, 2, ""),
    ("ایی", 5, 2, ""),
    ("ویی", 5, 2, ""),
    ("ای", 4, 1, ""),  # the ezafe of a word that ends in a vowel
    ("وی", 4, 1, ""),
    ("دند", 4, 2, ""),
    ("تند", 4, 2, ""),
]
# Plurals that are made inside the word, as in Arabic.
_BROKEN_PLURALS = """
شهدا:شهید ملل:ملت دول:دولت افراد:فرد وقایع:واقعه حوادث:حادثه مناطق:منطقه اسناد:سند مدارک:مدرک جرایم:جرم
جنایات:جنایت اماکن:مکان قوانین:قانون اشخاص:شخص احزاب:حزب اقوام:قوم اعضا:عضو وزرا:وزیر روسا:رییس مجالس:مجلس
زنان:زن مردان:مرد پدران:پدر پسران:پسر یاران:یار فرزندان:فرزند زدگان:زده شدگان:شده دیدگان:دیده حملات:حمله
جلسات:جلسه صدمات:صدمه لطمات:لطمه کلمات:کلمه جملات:جمله هیات:هییت جرات:جریت نشات:نشیت شوون:شیون شعرا:شاعر
علما:عالم اسرا:اسیر اطفال:طفل خاطرات:خاطره خسارات:خسارت عبارات:عبارت خدمات:خدمت زحمات:زحمت شکایات:شکایت
حرکات:حرکت برکات:برکت نکات:نکته فجایع:فاجعه مسایل:مسیله وظایف:وظیفه عقاید:عقیده جزایر:جزیره قبایل:قبیله
نتایج:نتیجه حقایق:حقیقت منابع:منبع مراکز:مرکز مقابر:مقبره مساجد:مسجد مدارس:مدرسه معابد:معبد موارد:مورد
مراحل:مرحله مصایب:مصیبت شرایط:شرط روابط:رابطه ضوابط:ضابطه عوامل:عامل افکار:فکر اخبار:خبر اهداف:هدف اعمال:عمل
ارواح:روح اجساد:جسد شهود:شاهد اصول:اصل علوم:علم فنون:فن قرون:قرن تجار:تاجر حکام:حاکم خلفا:خلیفه سفرا:سفیر
ادبا:ادیب فقرا:فقیر ارامنه:ارمنی خطوط:خط قبور:قبر اثار:اثر رجال:رجل نقاط:نقطه طرق:طریق وزارات:وزارت
"""
_IRREGULAR = dict(pair.split(":") for pair in _BROKEN_PLURALS.split())
# They end like plurals, and their plurals must come to them.
_NO_PLURAL = "ستان جان انسان خراسان سازمان قهرمان درمان میدان زندان ساختمان پیمان خیابان تظاهرات اطلاعات"
_NOT_PLURAL = tuple(_NO_PLURAL.split(" "))


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
    word = word.replace("وو", "یو") if len(word) > 4 else word  # مسؤول and مسئول
    for _ in range(4):
        if word in _IRREGULAR:
            return _IRREGULAR[word]
        shorter = _without_ending(word)
        if shorter == word:
            break
        word = shorter
    return word


def _without_ending(word: str) -> str:
    if word.endswith(_NOT_PLURAL):
        return word
    if word.startswith("م") and word.endswith("ین") and len(word) >= 6 and not word.endswith(("ترین", "میانگین")):
        return word[:-2]  # the Arabic plural of doers: مسئولین
    if word.startswith("م") and word.endswith("ه") and len(word) >= 6:
        return word[:-1]  # معاهده, of which there are معاهدات
    for ending, shortest, taken, instead in _ENDINGS:
        if word.endswith(ending) and len(word) >= shortest:
            return word[:-taken] + instead
    return word


def _of_verb(word: str) -> str:
    for ending in ("ند", "یم", "ید", "د", "م"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 2:
            return rest[:-1] if rest.endswith(("وی", "ای")) and len(rest) > 2 else rest
    return word
