"""How a view says that its page is kept, and what of a query such a page depends on."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, unquote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve

from . import copies

View = TypeVar("View", bound=Callable[..., Any])
# Longer questions are answered, but not kept: only a machine that tries things out asks them.
LONGEST_PATH, LONGEST_QUERY, MOST_VALUES = 500, 500, 12


def kept(*parameters: str) -> Callable[[View], View]:
    """Let the page of a view be kept, for each value of the named query parameters.

    The view is a function of its address and of these parameters alone, for every reader the same: it sees no others,
    whether its page is kept or not. The order of the parameters says nothing, the order of one parameter's values does.
    """
    names = frozenset(parameters)

    def declare(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not names.issuperset(request.GET):
                seen = QueryDict(mutable=True)
                for name in names.intersection(request.GET):
                    seen.setlist(name, request.GET.getlist(name))
                request.GET = seen  # type: ignore[assignment]
            answered: HttpResponse = view(request, *args, **kwargs)
            copies.say(request, answered)
            return answered

        answer.kept_parameters = names  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]

    return declare


def parameters_of(path: str) -> frozenset[str] | None:
    """Return the parameters of the page at a path (as it stands in the request); None for a page that is not kept."""
    readable = unquote(path)
    # One page has one address to be kept under, not one for every way to write it.
    if len(path) > LONGEST_PATH or quote(readable, safe="/:@!$&'()*+,;=~-._") != path:
        return None
    if path.startswith(settings.STATIC_URL):
        return frozenset()
    try:
        found: frozenset[str] | None = getattr(resolve(readable).func, "kept_parameters", None)
    except Resolver404:
        return None
    return found


def canonical_query(query: str, parameters: frozenset[str]) -> str | None:
    """Return the part of a query that a page depends on, in one order; None when there is too much of it."""
    if not query or not parameters:
        return ""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return None
    asked = sorted(((name, value) for name, value in pairs if name in parameters), key=lambda pair: pair[0])
    written = urlencode(asked)
    return written if len(asked) <= MOST_VALUES and len(written) <= LONGEST_QUERY else None
