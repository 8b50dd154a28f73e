"""The search itself: a wish in, one page of hits with facets out.

What matches is looked at from the newest statement on, a thousand hits at most; within them, the words decide: all of
them in the title as they were typed, in the title in any form, in title and names, anywhere; then the newer statement
comes first. Nothing else weighs, so that both databases find the same in the same order.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.statements.models import Event
from memorial.text.analysis.condition import condition
from memorial.text.analysis.query import Query, parse

from . import asked, standing, window
from .document import key
from .facets import LABELLED, facets
from .labels import Labels
from .results import Asked, FacetValue, Hit, Results, TriedWord
from .schema import backend
from .tree import Tree, in_field, written_out
from .variants import Variants
from .window import Conditions, Row
from .wish import Wish

__all__ = ["Asked", "FacetValue", "Hit", "Results", "TriedWord", "Wish", "search"]

PAGE_SIZE = 25
ANYWHERE = 3


def search(wish: Wish, *, lang: str | None = None, now: datetime | None = None, page_size: int = PAGE_SIZE) -> Results:
    """Return one page of what is found. ``lang`` is the language of the page, by default the active one.

    At most eleven queries; three more where nothing is found. A page beyond the last is empty.
    """
    now, lang = now or timezone.now(), lang or get_language() or ""
    public = list(Language.objects.public().values_list("tag", flat=True))
    languages = [tag for tag in public if not wish.languages or tag in wish.languages]
    found = Results(wish, asked=Asked(tuple(languages)), page_size=page_size)
    there = standing.of_index(connection)
    if there.is_missing:
        return found.changed(is_index_missing=True)
    found = found.changed(is_index_incomplete=there.is_incomplete)
    if wish.is_empty or wish.unread or not languages:
        return found
    labels = Labels.load()
    query, variants = parse(wish.q), Variants(labels)
    tree = condition(query, languages, is_exact=wish.is_exact, variants=variants)
    if wish.q and tree is None:
        return found.changed(asked=asked.asked(query, languages, variants))
    keys = _keys(wish, labels, languages, public)
    issued_from, issued_to = wish.issued
    available = wish.available if wish.available in public else ""
    if keys is None or (wish.available and not available):
        return found.changed(asked=asked.asked(query, languages, variants))
    conditions = Conditions(now, languages, issued_from, issued_to, available)
    tree = written_out(tree) if tree else None
    rows, is_capped = window.newest(backend(connection).expression(tree, keys), conditions)
    if not rows:
        words = asked.with_nearest(asked.asked(query, languages, variants), Conditions(now, languages))
        return found.changed(asked=words)
    tiers = _tiers(tree, query, keys, conditions, last=rows[-1].sequence)
    by_statement = _by_statement(rows)
    ranked = sorted(by_statement, key=lambda pk: _place(pk, by_statement[pk], tiers))
    start = (wish.page - 1) * page_size
    can_be_read = window.languages_of(ranked, Conditions(now, public))
    return found.changed(
        hits=_hits(ranked[start : start + page_size], by_statement, public, lang, now),
        total=len(ranked),
        is_capped=is_capped,
        facets=facets(rows, [each for each in can_be_read if each[0] in public], wish, labels, lang),
        asked=asked.asked(query, languages, variants),
    )


def _keys(wish: Wish, labels: Labels, languages: Sequence[str], public: Sequence[str]) -> list[list[str]] | None:
    """What the filters ask for, of each list one key; None where there is no such thing. One query at most."""
    found = []
    for name in LABELLED:
        if slug := getattr(wish, name):
            if (name, slug) not in labels.by_slug:
                return None
            found.append([key(name, labels.by_slug[name, slug])])
    found += [[key(name, value)] for name in ("kind", "year", "original") if (value := getattr(wish, name))]
    if wish.has_figures:
        found.append([key("has_figures", 1)])
    first, last = wish.of_event
    if first or last:
        events = Event.objects.filter(latest__gte=first or date.min, earliest__lte=last or date.max)
        found.append([key("event", pk) for pk in events.order_by("pk").values_list("pk", flat=True)])
    if len(languages) < len(public):
        found.append([key("language", tag) for tag in languages])
    return found


def _tiers(
    tree: Tree | None,
    query: Query,
    keys: list[list[str]],
    conditions: Conditions,
    *,
    last: int,
) -> dict[int, int]:
    """By edition, how well the words fit: 0 for the title as typed, 1 the title, 2 title and names. One query."""
    if tree is None:
        return {}
    exact = condition(query, conditions.languages, is_exact=True, variants=lambda words: [])
    trees = [in_field(exact, "title") if exact else None, in_field(tree, "title"), in_field(tree, "title", "names")]
    there = backend(connection)
    return window.tiers([there.expression(each or tree, keys) for each in trees], conditions, last)


def _by_statement(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.statement_id].append(row)
    return found


def _place(statement: int, rows: Sequence[Row], tiers: Mapping[int, int]) -> tuple[int, int, int]:
    """What hits are sorted by: the best fit in any language, the newer date, the newer record."""
    fit = min(tiers.get(row.edition_id, ANYWHERE) for row in rows)
    return fit, -max(row.earliest for row in rows).toordinal(), -statement


def _hits(
    statements: Sequence[int],
    by_statement: Mapping[int, Sequence[Row]],
    public: Sequence[str],
    lang: str,
    now: datetime,
) -> list[Hit]:
    """The hits of a page, from the editions that are visible and from nothing else. Two queries."""
    if not statements:
        return []
    visible = Edition.objects.visible(now)
    editions: dict[int, dict[str, Edition]] = defaultdict(dict)
    for edition in visible.filter(statement__in=statements).cards():
        editions[edition.statement_id][edition.language] = edition
    found = []
    for statement in statements:
        here = {tag: editions[statement][tag] for tag in public if tag in editions[statement]}
        matched = {row.language for row in by_statement[statement]}
        tags = tuple(tag for tag in here if tag in matched)
        if tags:
            shown = here.get(lang) or here[tags[0]]
            found.append((shown, tags, here, lang if lang in tags else tags[0]))
    quoted = (
        visible.filter(pk__in=[here[tag].pk for _shown, _tags, here, tag in found])
        .select_related("statement")
        .only("language", "number", "title", "summary", "body", "statement__sid", "statement__slug")
        .in_bulk()
    )
    return [Hit(shown, tags, here, quoted[here[tag].pk]) for shown, tags, here, tag in found]
