"""The numbers of the grid, counted again and again where there is little, and now and then where there is much."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

T = TypeVar("T")
# Up to so many statements the numbers are always those of the moment.
EXACT = 20_000
# Beyond, no more than this share of the time is spent on counting: what took a second is kept for a hundred.
SHARE = 0.01


def kept(asked: tuple[object, ...], total: int, count: Callable[[], T]) -> T:
    """Return what ``count`` returns, or what it returned not long ago; ``asked`` tells one question from another.

    The cache may be a Redis, which holds JSON: of tuples it makes lists.
    """
    if total <= EXACT:
        return count()
    key = "grid-" + "-".join(map(str, asked))
    known: T | None = cache.get(key)
    if known is not None:
        return known
    started = time.monotonic()
    found = count()
    cache.set(key, found, timeout=int((time.monotonic() - started) / SHARE) + 1)
    return found
