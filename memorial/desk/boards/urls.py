"""The pages of this part of the desk, under the desk's own address. A view takes the request."""

from collections.abc import Callable

from django.http import HttpResponse

from .grid import grid_page

# Route, view, name within ``admin:``.
PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("grid/", grid_page, "grid"),
]
