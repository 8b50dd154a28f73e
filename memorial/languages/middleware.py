"""The language of a page: the first part of its path."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class SiteLanguages:
    """Activate the language that the path begins with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.split("/", 2)[1]
        tag = first if first in settings.MODELTRANSLATION_LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(tag):
            return self.get_response(request)
