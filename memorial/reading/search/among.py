"""Which of some editions a search would find: for those who are told of what is new."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from memorial.text.analysis.condition import condition
from memorial.text.analysis.query import parse

from . import standing
from .labels import Labels
from .schema import backend
from .tree import written_out
from .variants import Variants
from .window import Conditions, select


def matching(words: str, language: str, editions: Sequence[int], *, now: datetime) -> set[int] | None:
    """Return those of ``editions`` that are visible and have the words, or None while the index cannot tell.

    Up to four queries.
    """
    index = standing.of_index(connection)
    if index.is_missing or index.is_incomplete:
        return None
    tree = condition(parse(words), [language], is_exact=False, variants=Variants(Labels.load(), [language], [language]))
    if tree is None or not editions:
        return set()
    expression = backend(connection).expression(written_out(tree), [])
    among = f"e.edition_id IN ({', '.join(['%s'] * len(editions))})"
    sql, params = select("e.edition_id", expression, Conditions(now, [language]), among, editions)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, len(editions)])
        return {edition for (edition,) in cursor.fetchall()}
