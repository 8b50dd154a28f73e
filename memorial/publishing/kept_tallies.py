"""The numbers of the grid, counted again and again where there is little, and now and then where there is much."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone

T = TypeVar("T")
# Up to so many statements the numbers are always those of the moment.
EXACT = 20_000
# Beyond, no more than this share of the time is spent on counting: what took a second is kept for a hundred.
SHARE = 0.01


def kept(asked: tuple[object, ...], total: int, count: Callable[[], T]) -> tuple[T, datetime | None]:
    """Return what ``count`` returns, and None; or what it returned not long ago, and when.

    ``asked`` tells one question from another. The cache may be a Redis, which holds JSON: of tuples it makes lists.
    """
    if total <= EXACT:
        return count(), None
    key = "counted-" + "-".join(map(str, asked))
    known: tuple[T, float] | None = cache.get(key)
    if known is not None:
        return known[0], datetime.fromtimestamp(known[1], UTC)
    now, started = timezone.now(), time.monotonic()
    found = count()
    cache.set(key, (found, now.timestamp()), timeout=int((time.monotonic() - started) / SHARE) + 1)
    return found, None
