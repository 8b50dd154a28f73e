"""What is answered while somebody else has the database to themselves."""

from collections.abc import Callable

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from memorial.languages.lock import is_about_a_lock

from .move.held import is_being_moved

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class NothingIsSavedNow:
    """Say so at once, with 503, to whoever would save while the database is being moved; readers go on.

    Else each would wait for a lock, and the threads of the server with them. A database that is locked for another
    reason is answered the same way once waiting was in vain.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask before a form is taken; reading is never asked about."""
        if request.method not in SAFE and not _is_about_health(request) and is_being_moved(connection):
            return _try_again(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a lock that did not come free."""
        is_locked = isinstance(exception, OperationalError) and is_about_a_lock(exception)
        return _try_again(request) if is_locked else None


def _is_about_health(request: HttpRequest) -> bool:
    """Say whether a machine asks how the process is, which it answers without the database."""
    return request.path_info in (reverse("ops:healthz"), reverse("ops:readyz"))


def _try_again(request: HttpRequest) -> HttpResponse:
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "60"
    return response
