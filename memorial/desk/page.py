"""How a page of the desk that no admin class has is rendered."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def desk_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """Render a page of the desk, with all that stands around it."""
    around = {**admin.site.each_context(request), "title": title, "subtitle": None}
    return TemplateResponse(request, template, {**around, **context}, status=status)
