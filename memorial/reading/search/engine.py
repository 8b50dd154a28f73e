"""The search itself: a wish in, one page of hits with facets out."""

from datetime import datetime

from .results import Asked, FacetValue, Hit, Results, TriedWord
from .wish import Wish

__all__ = ["Asked", "FacetValue", "Hit", "Results", "TriedWord", "Wish", "search"]


def search(wish: Wish, *, lang: str | None = None, now: datetime | None = None, page_size: int = 25) -> Results:
    """Return one page of what is found. ``lang`` is the language of the page, by default the active one."""
    raise NotImplementedError
