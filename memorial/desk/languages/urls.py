"""The pages of this part of the desk, under the desk's own address. A view takes the request."""

from collections.abc import Callable

from django.http import HttpResponse

from .names import names_page
from .phrase_file import phrases_file, phrases_upload
from .phrases import phrases_page

# Route, view, name within ``admin:``.
PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("languages/<slug:tag>/names/", names_page, "names"),
    ("languages/<slug:tag>/phrases/", phrases_page, "phrases"),
    ("languages/<slug:tag>/phrases/file/", phrases_file, "phrases_file"),
    ("languages/<slug:tag>/phrases/upload/", phrases_upload, "phrases_upload"),
]
