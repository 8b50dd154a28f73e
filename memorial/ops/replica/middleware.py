"""Which requests the replica serves, and that none of them fails by it."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from .reading import Attempt, has_arrived

# The desk; whether this process can serve; and the page of one subscriber, who may have just become one.
OF_THE_DATABASE = ("admin:", "ops:", "reading:subscri")
ATTEMPT = "attempt_with_replica"


class ReadersGetReplica:
    """Serve public pages from the replica once it has arrived; make them again from the database where it fails.

    Asking again is safe: only what is asked by GET and HEAD gets here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.DEBUG:  # nobody looks whether other machines have changed something
            raise MiddlewareNotUsed
        self.get_response = get_response
        logging.getLogger("django.request").addFilter(_is_of_an_answer)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from the replica, else from the database."""
        if is_for_everybody(request) and has_arrived():
            attempt = Attempt()
            setattr(request, ATTEMPT, attempt)
            with attempt.served():
                response = self.get_response(request)
            delattr(request, ATTEMPT)
            if attempt.error is None:
                return response
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """End a page that could not be read to its end: it is made again."""
        attempt: Attempt | None = getattr(request, ATTEMPT, None)
        if attempt is None:
            return None
        if isinstance(exception, Error):
            attempt.failed(exception)
        return HttpResponse(status=503) if attempt.error else None


def _is_of_an_answer(record: logging.LogRecord) -> bool:
    """Say whether the log takes what Django says of an answer: not of one that nobody gets."""
    attempt: Attempt | None = getattr(getattr(record, "request", None), ATTEMPT, None)
    return attempt is None or attempt.error is None


def is_for_everybody(request: HttpRequest) -> bool:
    """Say whether a request is for a page that is the same for every reader, without anything of whoever asks."""
    if request.method not in ("GET", "HEAD"):
        return False
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers:
        return False
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    return not name.startswith(OF_THE_DATABASE)
