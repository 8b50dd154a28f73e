"""The search itself: a wish in, one page of hits with facets out.

What matches is looked at from the newest statement on, a thousand hits at most; within them, the words decide
(``ranking``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from memorial.languages.models import Language
from memorial.statements.labels import LABELS
from memorial.statements.models import Event
from memorial.text.analysis.condition import Tree, condition
from memorial.text.analysis.marks import Marker
from memorial.text.analysis.query import Query, parse

from . import ranking, standing, window
from .asked import asked, with_nearest
from .document import key
from .facets import facets
from .hits import hits
from .labels import Labels
from .results import Asked, FacetValue, Hit, Results, TriedWord
from .schema import backend
from .tree import written_out
from .variants import Variants
from .window import Conditions
from .wish import Wish

__all__ = ["Asked", "FacetValue", "Hit", "Results", "TriedWord", "Wish", "search"]

PAGE_SIZE = 25


def search(wish: Wish, *, lang: str | None = None, now: datetime | None = None, page_size: int = PAGE_SIZE) -> Results:
    """Return one page of what is found. ``lang`` is the language of the page, by default the active one.

    At most twelve queries for what is found; up to six more where nothing is. A page beyond the last is empty.
    """
    public = list(Language.objects.public().values_list("tag", flat=True))
    languages = [tag for tag in public if not wish.languages or tag in wish.languages]
    nothing = Results(wish, asked=Asked(tuple(languages)), page_size=page_size)
    index = standing.of_index(connection)
    if index.is_missing:
        return replace(nothing, is_index_missing=True)
    nothing = replace(nothing, is_index_incomplete=index.is_incomplete)
    if wish.is_empty or wish.unread or not languages:
        return nothing
    return _Search(wish, nothing, public, languages, lang or get_language() or "", now or timezone.now()).results()


@dataclass(frozen=True)
class _Search:
    """One search, under way. ``nothing`` are the results if nothing is found."""

    wish: Wish
    nothing: Results
    public: Sequence[str]
    languages: Sequence[str]
    lang: str
    now: datetime

    @cached_property
    def labels(self) -> Labels:
        """The names of everything. One query."""
        return Labels.load()

    @cached_property
    def variants(self) -> Variants:
        """Other spellings of names."""
        return Variants(self.labels, self.languages, self.public)

    @cached_property
    def query(self) -> Query:
        """The words, taken apart."""
        return parse(self.wish.q)

    def results(self) -> Results:
        """Look for the words, rank what is found, and count."""
        tree = self._tree()
        tried = replace(self.nothing, asked=asked(self.query, self.languages, self.variants, is_found=False))
        is_possible = not self.wish.available or self.wish.available in self.public
        if (self.wish.q and tree is None) or self.keys is None or not is_possible:
            return tried
        tree = written_out(tree) if tree else None
        rows, is_capped = window.newest(backend(connection).expression(tree, self.keys), self.conditions)
        if not rows:
            return replace(tried, asked=with_nearest(tried.asked, Conditions(self.now, self.languages)))
        ranked = ranking.ranked(rows, self._fits(tree, rows[-1].sequence))
        start = (self.wish.page - 1) * tried.page_size
        readable = window.languages_of(list(ranked), Conditions(self.now, self.public))
        return replace(
            tried,
            asked=asked(self.query, self.languages, self.variants, is_found=True),
            hits=hits(dict(list(ranked.items())[start : start + tried.page_size]), self.public, self.lang, self.now),
            total=len(ranked),
            is_capped=is_capped,
            facets=facets(rows, readable, self.wish, self.labels, self.lang),
            marker=Marker(self.query, self.languages, self.wish.is_exact, self.variants) if tree else None,
        )

    @cached_property
    def keys(self) -> list[list[str]] | None:
        """What the filters ask for, of each list one key; None where there is no such thing. One query at most."""
        found = []
        for name in LABELS:
            if slug := getattr(self.wish, name):
                if (name, slug) not in self.labels.by_slug:
                    return None
                found.append([key(name, self.labels.by_slug[name, slug])])
        found += [[key(name, value)] for name in ("kind", "year", "original") if (value := getattr(self.wish, name))]
        if self.wish.has_figures:
            found.append([key("has_figures", 1)])
        first, last = self.wish.of_event
        if first or last:
            overlaps = Q(latest__gte=first or date.min) & Q(earliest__lte=last or date.max)
            events = Event.objects.filter(overlaps)
            found.append([key("event", pk) for pk in events.order_by("pk").values_list("pk", flat=True)])
        if len(self.languages) < len(self.public):
            found.append([key("language", tag) for tag in self.languages])
        return found

    @cached_property
    def conditions(self) -> Conditions:
        """What an entry must be beside its words and keys."""
        return Conditions(self.now, self.languages, *self.wish.issued, self.wish.available)

    def _tree(self) -> Tree | None:
        return condition(self.query, self.languages, is_exact=self.wish.is_exact, variants=self.variants)

    def _fits(self, tree: Tree | None, last: int) -> dict[int, int]:
        """By edition, how well the words fit. One query, none without words."""
        if tree is None:
            return {}
        as_typed = condition(self.query, self.languages, is_exact=True)
        there = backend(connection)
        expressions = [there.expression(each, self.keys or []) for each in ranking.trees(tree, as_typed)]
        return window.tiers(expressions, self.conditions, last)
