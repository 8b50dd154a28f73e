"""What is wrong with a request, as problem details (RFC 9457), in words that say what to do."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

from .cursors import NoSuchPage
from .naming import Data

CONTENT_TYPE = "application/problem+json"
NOTHING_THERE = (
    "Nothing is published at this address. Check the identifier, and that the address ends with a slash; "
    "/api/ lists all addresses."
)
NO_SUCH_PAGE = "No page of this list begins at this cursor. Leave the cursor out to begin at the first page."

REMOVED = "What was published here has been withdrawn and can no longer be read: see withdrawals."


class Misunderstood(Exception):
    """A request that cannot be understood; ``errors`` name each parameter and what to do about it."""

    def __init__(self, errors: Iterable[dict[str, str]]) -> None:
        self.errors = list(errors)
        super().__init__(self.errors)


class Unavailable(Exception):
    """The search has no index yet."""


def unavailable(request: HttpRequest, exception: Any) -> JsonResponse:
    """Answer for a search that cannot be made now (Unavailable): nothing found would not be true."""
    return problem(503, "The index for search is being made. Ask again in some minutes.", Retry_After="300")


def problem(status: int, detail: str, *, more: Data | None = None, **headers: str) -> JsonResponse:
    """Return a refusal; ``more`` are further members of it. ``headers`` are written with underscores for hyphens."""
    body: Data = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    readable = {"ensure_ascii": False}
    body |= more or {}
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=named, json_dumps_params=readable)


def not_found(request: HttpRequest, exception: object = None) -> JsonResponse:
    """Answer for what is not there: never was, not public yet, or in a hidden language: always the same words."""
    return problem(404, NO_SUCH_PAGE if isinstance(exception, NoSuchPage) else NOTHING_THERE)


def removed(request: HttpRequest, exception: Any) -> JsonResponse:
    """Answer for what readers saw and nobody can read any more (Removed): when it was withdrawn, and why."""
    return problem(410, REMOVED, more={"withdrawals": exception.withdrawals})


def misunderstood(request: HttpRequest, exception: Any) -> JsonResponse:
    """Answer for parameters that do not exist here (Misunderstood)."""
    return problem(400, "The request cannot be understood: see errors.", more={"errors": exception.errors})


def invalid(request: HttpRequest, exception: Any) -> JsonResponse:
    """Answer for values that cannot be (ninja's ValidationError). In a path, what cannot be was never published."""
    places = [error["loc"] for error in exception.errors]
    if any(place[0] == "path" for place in places):
        return not_found(request)
    errors = [
        {"parameter": str(error["loc"][-1]), "detail": f"{error['msg']}. See the description of this parameter."}
        for error in exception.errors
    ]
    return problem(400, "A parameter has a value that it cannot have: see errors.", more={"errors": errors})


def only(request: HttpRequest, names: Iterable[str] = ()) -> None:
    """Refuse parameters that the address does not have, and those given twice. Raises Misunderstood.

    A filter that is misspelt would otherwise find everything.
    """
    known = list(names)
    errors = []
    for name, values in request.GET.lists():
        if name not in known:
            detail = f"There is no such parameter here. There are: {', '.join(known)}." if known else "Leave it out."
            errors.append({"parameter": name[:60].replace("\0", ""), "detail": detail})
        elif len(values) > 1:
            errors.append({"parameter": name, "detail": "Give it once."})
    if errors:
        raise Misunderstood(errors[:20])
