"""The desk's own pages beside the admin's: where they are, and how each is rendered."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

Route = tuple[str, Callable[..., HttpResponse], str]


def pages() -> list[Route]:
    """Every page of the desk that no admin class has: route, view and name."""
    from .boards import urls as of_boards
    from .languages import urls as of_languages

    return [*of_boards.PAGES, *of_languages.PAGES]


def desk_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """Render a page of the desk, with all that stands around it."""
    around = {**admin.site.each_context(request), "title": title, "subtitle": None}
    return TemplateResponse(request, template, {**around, **context}, status=status)
