"""The desk's own pages beside the admin's, under the desk's own address."""

from collections.abc import Callable

from django.http import HttpResponse

from .boards import urls as of_boards
from .languages import urls as of_languages

# Route, view, name within ``admin:``.
PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [*of_boards.PAGES, *of_languages.PAGES]
