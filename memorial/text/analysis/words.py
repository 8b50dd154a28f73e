"""Where the words of a text are: found in one pass over the original, so that every place is a place in the original.

What lies between two matches never matters, and no part of the pattern can match in two ways: the time is linear in
the text, whatever the text is.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

# Written as two characters each in a row: Han, kana, hangul (Unicode blocks, also half-width kana and hangul letters).
_PAIRED = (
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u318e"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\uff66-\uff9d"
    "\uffa1-\uffdc\U0001aff0-\U0001b16f\U00020000-\U000323af"
)
# Never begin a character of their own: the later letters of a hangul syllable, the voicing of half-width kana.
_FOLLOWS = "\u1160-\u11ff\uff9e\uff9f"
# The numbers of notes are not part of the word before them.
_RAISED = "\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089"
_APOSTROPHES = "'\u2019\u2018\u02bc\u02b9\u00b4`\uff07\u05f3"
# The endings that are written to a number: 1990-cı, 20'nci, 1990-го. They are part of it.
_ENDINGS_OF_NUMBERS = (
    "[iıuü]?nc[iıuü]|c[iıuü]|d[aeə]n?|t[ae]n?|th|st|nd|rd|го|му|ом|ой|ый|ий|ая|ое|ые|ых|ым|ми|й|я|е|х|м"
)
# Letters may be parted by these without becoming two words: joiners, soft hyphen, directional and invisible marks.
_JOINERS = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"


def _ranges(categories: str, upto: int = 0x1FFFF) -> str:
    """Return what stands between the brackets of a class of characters: those of general ``categories``."""
    chars = (number for number in range(0x80, upto) if unicodedata.category(chr(number))[0] in categories)
    written = []
    for _, run in groupby(enumerate(chars), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        written.append(f"{re.escape(chr(numbers[0]))}-{re.escape(chr(numbers[-1]))}")
    return "".join(written)


# Made when a text is first taken apart: a server that starts is not asked for words at once.
@cache
def _marks() -> str:
    return _ranges("M") + "\U000e0100-\U000e01ef"


@cache
def _word() -> re.Pattern[str]:
    marks = _marks()
    return re.compile(
        # A character that is paired, with what belongs to it, ...
        f"(?P<paired>(?:[{_PAIRED}][{_FOLLOWS}{marks}{_JOINERS}]*)+)"
        # ... or a number with the ending written to it, ...
        f"|[0-9]{{1,9}}[-\u2010-\u2013{_APOSTROPHES}](?:{_ENDINGS_OF_NUMBERS})(?!\\w)"
        # ... or letters and digits, which marks, joiners and an apostrophe before another letter may follow.
        f"|(?:(?![{_PAIRED}{_RAISED}_])\\w(?:[{marks}{_JOINERS}]|[{_APOSTROPHES}](?=\\w))*)+"
    )


@cache
def _character() -> re.Pattern[str]:
    return re.compile(f"[{_PAIRED}][{_FOLLOWS}{_marks()}{_JOINERS}]*")


_NOTHING = re.compile(f"[{_JOINERS}]")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")


@dataclass(frozen=True)
class Word:
    """One word of a text from ``start`` to ``end``; ``paired`` holds the ends of its characters if it is written so."""

    start: int
    end: int
    paired: tuple[int, ...] = ()


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text`` in order, lazily."""
    for match in _word().finditer(text):
        if match["paired"]:
            yield Word(match.start(), match.end(), tuple(_ends(text, match.start(), match.end())))
        else:
            yield Word(match.start(), match.end())


def is_paired(form: str) -> bool:
    """Say whether ``form`` begins with a character of those that are written in pairs."""
    return bool(_character().match(form))


def without_joiners(text: str) -> str:
    """Return a word without the invisible characters that may stand in it."""
    return text if text.isascii() else _NOTHING.sub("", text)


def at_apostrophe(text: str) -> list[str]:
    """Return the parts of a word before and after its apostrophes."""
    return _APOSTROPHE.split(text)


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    for match in _character().finditer(text, start, end):
        yield match.end()
