"""The pages of a statement's texts, under the address of the statement.

A view takes the statement's admin class, the request, and the parts of the address by name.
"""

from collections.abc import Callable

from django.http import HttpResponse

from .history import history_page
from .page import text_page
from .preview import preview_page

# Route after the statement's own address, view, name after ``statements_statement_``.
PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("text/<str:language>/", text_page, "text"),
    ("text/<str:language>/history/", history_page, "text_history"),
    ("text/<str:language>/preview/", preview_page, "text_preview"),
]
