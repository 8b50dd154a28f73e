"""The pages of this part of the desk, under the desk's own address. A view takes the request."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import register_converter

from .add import add_page
from .board import board_page, formats_page
from .describe import describe_page
from .found import TagConverter
from .must_have import must_have_page
from .names import names_page
from .phrase_file import phrases_file, phrases_upload
from .phrases import phrases_page
from .requests import request_page, requests_page
from .team import team_page

register_converter(TagConverter, "tag")

# Route, view, name within ``admin:``.
PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("languages/add/", add_page, "language_add"),
    ("languages/requests/", requests_page, "language_requests"),
    ("languages/requests/<int:pk>/", request_page, "language_request"),
    ("languages/must-have/", must_have_page, "must_have"),
    ("languages/<tag:tag>/", board_page, "language_board"),
    ("languages/<tag:tag>/describe/", describe_page, "language_describe"),
    ("languages/<tag:tag>/formats/", formats_page, "language_formats"),
    ("languages/<str:language>/team/", team_page, "language_team"),
    ("languages/<slug:tag>/names/", names_page, "names"),
    ("languages/<slug:tag>/phrases/", phrases_page, "phrases"),
    ("languages/<slug:tag>/phrases/file/", phrases_file, "phrases_file"),
    ("languages/<slug:tag>/phrases/upload/", phrases_upload, "phrases_upload"),
]
