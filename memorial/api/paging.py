"""One page of a list of the API: its rows, and the address of the next page."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet

from . import asked, cursors
from .naming import next_url

Row = TypeVar("Row", bound=Model)


def sheet(
    name: str, wish: asked.Page, rows: "QuerySet[Row]", key: Callable[[Row], cursors.Key], **kwargs: str
) -> tuple[list[Row], str | None]:
    """Return the first rows, and where the list ``name`` goes on; None on its last page. One query.

    ``rows`` are sorted by their ``key`` and begin where the page does; ``kwargs`` are parts of the list's address.
    """
    found = list(rows[: wish.limit + 1])
    shown = found[: wish.limit]
    if len(found) == len(shown):
        return shown, None
    return shown, next_url(name, wish.params(), cursors.written(name, key(shown[-1])), **kwargs)
