"""The pages of a statement's texts, under the address of the statement.

A view takes the statement's admin class, the request, and the parts of the address by name.
"""

from collections.abc import Callable

from django.http import HttpResponse

from .autosave import draft_page, logged_out_answer
from .history import history_page
from .logged_out import logged_out_page
from .page import text_page

# Route after the statement's own address, view, name after ``statements_statement_``.
PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("text/<str:language>/", text_page, "text"),
    ("text/<str:language>/draft/", draft_page, "text_draft"),
    ("text/<str:language>/history/", history_page, "text_history"),
]
# What answers in place of a page when something was typed and the session has ended meanwhile: a redirect to the page
# for logging in would lose it.
WHEN_LOGGED_OUT: dict[str, Callable[..., HttpResponse]] = {
    "text": logged_out_page,
    "text_draft": logged_out_answer,
}
