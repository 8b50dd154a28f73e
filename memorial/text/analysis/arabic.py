"""A light stemmer of Arabic: the article and what is written to a word before and after it.

After Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007; light10), with more care
for what may be part of the word (``وزير`` has no ``و-``, ``بيان`` no ``ب-``), and with the clitics ``ب- ل- ك-`` also
without the article, the endings of persons, and the plurals made inside a word that statements have most.
"""

import re

from . import arabic_words

# As folding leaves them: ه for ة, ی for ي and ى, ا without hamza.
_WITH_ARTICLE = ("وبال", "فبال", "وکال", "بال", "کال", "فال", "وال", "ولل", "فلل", "لل", "ال")
_OWN = frozenset(arabic_words.WITH_OWN_FIRST_LETTER.split())
_ENDINGS = (
    ("هما", 3), ("تان", 3), ("تین", 3), ("ات", 3), ("ان", 3), ("ون", 3), ("ین", 3), ("ها", 3),
    ("هم", 3), ("هن", 3), ("کم", 3), ("نا", 3), ("یه", 3), ("ته", 3), ("تی", 4), ("ه", 3),
    ("ی", 3), ("ا", 4), ("ت", 4),
)  # fmt: skip
# After them ت stands for ة.
_OF_PERSONS = frozenset(["هما", "ها", "هم", "هن", "کم", "نا"])


def _without_article(form: str) -> str:
    for article in _WITH_ARTICLE:
        if form.startswith(article) and len(form) - len(article) >= 2:
            return form[len(article) :]
    return form


def _irregular() -> dict[str, str]:
    return {
        form: words[0] for words in map(str.split, arabic_words.FORMS_OF_ONE.strip().splitlines()) for form in words
    }


_IRREGULAR = _irregular()
# رهاین of رهینه, شوارع of شارع, مساجد of مسجد: five letters, of which the long vowel in the middle makes the plural.
_PLURAL_INSIDE = re.compile(r"(?:(\w[^\Wاو])ا(ی[^\Wایه])|([^\Wامت])و(ا[^\Wای][^\Wاهت])|(م[^\Wا])ا([^\Wای][^\Wایهت]))")
_DOERS = frozenset(arabic_words.DOERS.split())
_GOD = frozenset(["الله", "لله", "والله", "بالله", "ولله", "فالله"])


def stem(form: str) -> str:
    """Return the stem of a folded word."""
    if form in _GOD:
        return "الله"
    form = form.replace("وو", "یو")  # شؤون and شئون
    word = _without_clitics(form)
    while True:
        word = word if word in _IRREGULAR else _singular(word)
        if word in _IRREGULAR:
            return _bare(_IRREGULAR[word])
        shorter = _without_ending(word)
        if shorter == word:
            return word
        word = shorter


def _bare(word: str) -> str:
    """Return the first of the forms of one as its own endings leave it: دوله and دولی have one stem."""
    shorter = _without_ending(word)
    return word if shorter in _IRREGULAR and _IRREGULAR[shorter] != word else shorter


def _without_clitics(form: str) -> str:
    word = form if _is_own(form) else _without_article(form)
    if word != form or _is_own(form):
        return word
    rest = form[1:]
    if form[:1] in ("و", "ف") and len(rest) >= 3:
        if form[0] == "و" or _is_own(rest) or rest in _IRREGULAR:
            return _without_clitics(rest) if len(rest) > 3 else rest
        return form
    if form[:1] in ("ب", "ل", "ک") and (len(rest) >= 4 or rest in _IRREGULAR):
        return rest
    return form


def _is_own(form: str) -> bool:
    """Say whether the first letter of a word is its own."""
    return (
        form in _OWN
        or form in _IRREGULAR
        or any(
            form.endswith(ending) and (_is_whole(form[: -len(ending)]) or _is_whole(form[: -len(ending)] + "ه"))
            for ending, _ in _ENDINGS
        )
    )


def _is_whole(word: str) -> bool:
    return word in _OWN or word in _IRREGULAR


def _singular(word: str) -> str:
    """Return the stem of the singular of a plural like ``رهائن``, ``شوارع`` or ``مساجد``."""
    if word in _DOERS:
        return word
    if plural := _PLURAL_INSIDE.fullmatch(word):
        return "".join(part for part in plural.groups() if part)
    return word


def _without_ending(word: str) -> str:
    for ending, fewest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= fewest:
            rest = word[: -len(ending)]
            if ending in _OF_PERSONS and rest.endswith(("او", "ای")) and len(rest) >= 5:
                return rest[:-1]  # the hamza of ابناؤنا and ابنائنا
            if (
                ending in _OF_PERSONS
                and rest.endswith("ت")
                and len(rest) >= 4
                and not (_is_whole(rest) or _is_feminine_plural(rest))
            ):
                return f"{rest[:-1]}ه"  # دولتنا is of دولة
            return rest
    return word


def _is_feminine_plural(word: str) -> bool:
    return word.endswith("ات") and len(word) > 4
