"""The pages of a statement's texts, under the address of the statement.

A view takes the statement's admin class, the request, and the parts of the address by name.
"""

from collections.abc import Callable

from django.http import HttpResponse

from .autosave import draft_page, logged_out_answer
from .difference import chosen_difference, difference_page
from .history import history_page
from .logged_out import logged_out_page
from .page import text_page
from .preview import preview_page
from .ready import ready_page
from .restore import restore_page

# Route after the statement's own address, view, name after ``statements_statement_``.
PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("text/<str:language>/", text_page, "text"),
    ("text/<str:language>/draft/", draft_page, "text_draft"),
    ("text/<str:language>/history/", history_page, "text_history"),
    ("text/<str:language>/difference/", chosen_difference, "text_differences"),
    ("text/<str:language>/difference/<int:old>..<int:new>/", difference_page, "text_difference"),
    ("text/<str:language>/restore/<int:number>/", restore_page, "text_restore"),
    ("text/<str:language>/preview/", preview_page, "text_preview"),
    ("text/<str:language>/ready/", ready_page, "text_ready"),
]
# What answers in place of a page when something was typed and the session has ended meanwhile.
WHEN_LOGGED_OUT: dict[str, Callable[..., HttpResponse]] = {
    "text": logged_out_page,
    "text_draft": logged_out_answer,
}
