"""Statements found by words: the readers' search, page by page."""

from collections.abc import Sequence

from django.utils import timezone

from memorial.publishing.models import Edition
from memorial.reading.search.engine import Wish, search

from . import asked, cursors
from .naming import Data, next_url
from .problems import Unavailable
from .statements import by_statement, listed


def page(wish: asked.Statements, public: Sequence[str]) -> Data:
    """One page of what is found, what fits best first. Raises Unavailable where there is no index to search."""
    start = cursors.read("search", wish.cursor)[0] if wish.cursor else 0
    if start % wish.limit:
        raise cursors.NoSuchPage
    now = timezone.now()
    found = search(_in_words_of_readers(wish, start // wish.limit + 1), now=now, page_size=wish.limit)
    if found.is_index_missing:
        raise Unavailable
    keys = [hit.edition.statement_id for hit in found.hits]
    siblings = by_statement(keys, now)
    following = start + wish.limit
    cursor = cursors.written("search", (following,))
    return {
        "items": listed([_representative(siblings[key], wish.lang) for key in keys], siblings, public),
        "next": next_url("statements", wish.params(), cursor) if following < found.total else None,
        "total": found.total,
    }


def _in_words_of_readers(wish: asked.Statements, number: int) -> Wish:
    return Wish(
        q=wish.q.replace("\0", "").strip(),
        languages=(wish.lang,) if wish.lang else (),
        issuer=wish.issuer,
        occasion=wish.occasion,
        event=wish.event,
        place=wish.place,
        year=wish.year,
        original=wish.original,
        page=number,
    )


def _representative(editions: Sequence[Edition], lang: str) -> Edition:
    """The edition that says what a statement is: that of the language asked for, else the one released last."""
    own = [edition for edition in editions if edition.language == lang]
    return own[0] if own else max(editions, key=lambda edition: (edition.visible_from, edition.pk))
