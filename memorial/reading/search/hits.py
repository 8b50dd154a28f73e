"""The hits of a page: from the editions that are visible, and from nothing else."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from memorial.publishing.models import Edition

from .results import Hit
from .window import Row


def hits(ranked: Mapping[int, Sequence[Row]], public: Sequence[str], lang: str, now: datetime) -> list[Hit]:
    """Return the hits of statements, in their order, for a page in ``lang``. Two queries.

    What the index takes for visible and is not, is not here.
    """
    if not ranked:
        return []
    visible = Edition.objects.visible(now)
    editions: dict[int, dict[str, Edition]] = defaultdict(dict)
    for edition in visible.filter(statement__in=list(ranked)).cards():
        editions[edition.statement_id][edition.language] = edition
    found = []
    for statement, rows in ranked.items():
        here = {tag: editions[statement][tag] for tag in public if tag in editions[statement]}
        entries = {row.edition_id for row in rows}
        matched = tuple(tag for tag, edition in here.items() if edition.pk in entries)
        if matched:
            shown = here.get(lang) or here[matched[0]]
            found.append((shown, matched, here, here[lang if lang in matched else matched[0]].pk))
    quoted = (
        visible.filter(pk__in=[pk for *_, pk in found])
        .select_related("statement")
        .only("language", "number", "title", "summary", "body", "statement__sid", "statement__slug")
        .in_bulk()
    )
    # One that another edition has followed, or that was withdrawn, since the first query is not quoted any more.
    return [Hit(shown, matched, here, quoted[pk]) for shown, matched, here, pk in found if pk in quoted]
