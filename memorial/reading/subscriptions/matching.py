"""Which of some editions have the words that a subscriber wants to hear of."""

from datetime import datetime

from memorial.publishing.models import EditionQuerySet
from memorial.reading.search.among import matching

AT_MOST = 500


def with_words(words: str, lang: str, editions: EditionQuerySet, now: datetime) -> set[int] | None:
    """Return the keys of those of ``editions`` that a search for ``words`` in ``lang`` finds at ``now``.

    None while the index for search is being made: ask again later.
    """
    keys = list(editions.order_by("visible_from", "pk").values_list("pk", flat=True)[:AT_MOST])
    return matching(words, lang, keys, now=now) if keys else set()
