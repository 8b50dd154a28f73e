"""What a reader is told beside the results: what an address asked that cannot be meant, and what else was tried."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.reading.search.engine import Results
from memorial.reading.search.wish import MOST_CHARACTERS, Wish

_DATE = gettext_lazy("This is not a date. Write a year, a month or a day: 2024, 2024-01 or 2024-01-19.")
_TAG = gettext_lazy("There is no such language.")
_NOTHING = gettext_lazy("There is nothing of this name.")
# What is said where a parameter holds what cannot be meant.
_UNREAD: dict[str, Promise] = {
    "issued_from": _DATE,
    "issued_to": _DATE,
    "event_from": _DATE,
    "event_to": _DATE,
    "year": gettext_lazy("This is not a year. Write four digits, such as 2024."),
    "in": _TAG,
    "original": _TAG,
    "available": _TAG,
}


@dataclass(frozen=True)
class Problem:
    """One parameter that means nothing: its name, what was written there, and what can be done."""

    name: str
    written: str
    message: str


@dataclass(frozen=True)
class Suggestion:
    """Another spelling, and the query that searches for it."""

    text: str
    query: str


def problems(wish: Wish, written: dict[str, str]) -> list[Problem]:
    """Return what cannot be meant; ``written`` is what the address had, by parameter."""
    return [
        Problem(name, written.get(name, "").replace("\0", "")[:MOST_CHARACTERS], str(_UNREAD.get(name, _NOTHING)))
        for name in wish.unread
        if name != "page"
    ]


def nothing_asked() -> Problem:
    """Return what is said to a program that asks for nothing."""
    return Problem("q", "", _("Nothing is asked for: give words or a filter."))


def also_tried(results: Results) -> list[str]:
    """Return the other forms and spellings that were looked for, each once, as a reader would write them."""
    words = results.asked.words
    tried = dict.fromkeys([*(form for word in words for form in word.forms), *other_names(results)])
    asked = {word.text.casefold() for word in words}
    return [form for form in tried if form.casefold() not in asked]


def other_names(results: Results) -> list[str]:
    """Return the other spellings of names that were looked for, each once."""
    return list(dict.fromkeys(variant for word in results.asked.words for variant in word.variants))


def nearest(results: Results) -> list[Suggestion]:
    """Return the words of visible texts that are spelt most like those that were not found."""
    wish = results.wish
    words = [word for word in results.asked.words if word.nearest and word.text in wish.q]
    found: dict[str, None] = {}
    if len(words) > 1:  # most likely all of them are spelt otherwise
        together = wish.q
        for word in words:
            together = together.replace(word.text, word.nearest[0], 1)
        found.setdefault(together)
    for word in words:
        found.update(dict.fromkeys(wish.q.replace(word.text, spelling, 1) for spelling in word.nearest))
    return [Suggestion(q, wish.query(q=q)) for q in found]


def wider(wish: Wish) -> list[tuple[str, str]]:
    """Return ways to ask for more: what each is called, and its query."""
    ways = []
    if wish.languages:
        ways.append((_("Search in all languages"), wish.query(languages=())))
    if wish.is_exact:
        ways.append((_("Search without “exact spelling”"), wish.query(is_exact=False)))
    if wish.filters:
        ways.append((_("Search without filters"), without_filters(wish)))
    return ways


def without_filters(wish: Wish) -> str:
    """Return the query of the same words in the same languages, and nothing else."""
    return Wish(q=wish.q, is_exact=wish.is_exact, languages=wish.languages).query()


def is_cut(written: Iterable[str]) -> bool:
    """Whether more words were written than are searched for."""
    return any(len(each.strip()) > MOST_CHARACTERS for each in written)
