"""One search from its address to its results: what was asked, what of it means nothing, and what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from memorial.reading.paging import PAGE_SIZE
from memorial.reading.search.engine import Results, search
from memorial.reading.search.wish import DATES, MOST_CHARACTERS, Wish

from .advice import Problem, problems


class NotUnderstood(Exception):
    """A parameter of an address means nothing; says which, and what can be done."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("not understood")
        self.problems = problems


@dataclass(frozen=True)
class Pages:
    """Where one page of results stands among the others; addresses are queries, or empty."""

    number: int
    previous: str
    next: str


@dataclass(frozen=True)
class Asking:
    """A search: the wish, what was written, what of it means nothing, and the results, none where anything does."""

    wish: Wish
    written: Mapping[str, str]
    problems: Sequence[Problem]
    results: Results

    @property
    def is_cut(self) -> bool:
        """Whether more was written than is searched for."""
        return len(self.written["q"]) > MOST_CHARACTERS

    @property
    def sheet(self) -> Pages:
        """This page and its neighbours."""
        number = self.wish.page
        return Pages(
            number,
            self.wish.query(page=number - 1) if number > 1 else "",
            self.wish.query(page=number + 1) if self.results.has_next else "",
        )


def ask(request: HttpRequest, lang: str, *, page_size: int = PAGE_SIZE) -> Asking:
    """Search for what the address of ``request`` asks. Raises Http404 for what is no page of the results."""
    wish = Wish.of(request.GET)
    # A field that is filled again with what was written keeps it short: only dates and a year are written by hand.
    written = {name: request.GET.get(name, "").replace("\0", "").strip() for name in ("q", "year", *DATES)}
    if "page" in wish.unread:
        raise Http404("no such page number")
    unmeant = problems(wish, request.GET)
    results = Results(wish) if unmeant else search(wish, lang=lang, page_size=page_size)
    if wish.page > results.pages:
        raise Http404("beyond the last page")
    return Asking(wish, written, unmeant, results)
