"""Whether the index can be asked, and whether it holds everything."""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q, Value

from memorial.reading.models import PendingRebuild, SearchEntry
from memorial.text.analysis import VERSION

from .schema import backend


@dataclass(frozen=True)
class Standing:
    """``is_missing``: there is nothing to ask. ``is_incomplete``: a rebuild is due, or has not ended."""

    is_missing: bool
    is_incomplete: bool


def of_index(connection: BaseDatabaseWrapper) -> Standing:
    """Return how the index stands. Two queries, whatever its size."""
    if not backend(connection).exists(connection):
        return Standing(is_missing=True, is_incomplete=True)
    alias = connection.alias
    other = SearchEntry.objects.using(alias).filter(Q(analyser__lt=VERSION) | Q(analyser__gt=VERSION)).order_by()
    pending = PendingRebuild.objects.using(alias).order_by()
    rows = other.values_list(Value(1))[:1], pending.values_list(Value(1))[:1]
    return Standing(is_missing=False, is_incomplete=any(each.exists() for each in rows))
