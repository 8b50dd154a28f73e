"""What holds for every answer to machines: methods, pages of other sites, kept copies, and what a browser may do."""

from collections.abc import Callable
from functools import cache

from csp.constants import NONE
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from memorial.reading.addresses import absolute
from memorial.reading.revalidation import revalidated

from .problems import problem

SAFE = ("GET", "HEAD", "OPTIONS")
# Harvesters may ask by POST (OAI-PMH 2.0, 3.1.1): it is the same question, and nothing is written.
ASKED_BY_POST = (*SAFE, "POST")
CONTENT_SECURITY_POLICY = {"default-src": [NONE], "frame-ancestors": [NONE]}
EXPOSED = "ETag, Last-Modified, Link, Retry-After"
DESCRIPTION_TYPE = "application/vnd.oai.openapi+json;version=3.1"


def methods(path: str) -> tuple[str, ...]:
    """The methods that an address of the machines' door allows; empty for an address of another door."""
    root, oai, catalogue = _addresses()
    if path == oai:
        return ASKED_BY_POST
    return SAFE if path.startswith(root) or path == catalogue else ()


@cache
def _addresses() -> tuple[str, str, str]:
    return reverse("api-root"), reverse("oai"), reverse("api-catalog")


def announcement() -> str:
    """The Link header that leads to the description and the documentation of the API (RFC 8631)."""
    return (
        f'<{absolute(reverse("api-description"))}>; rel="service-desc"; type="{DESCRIPTION_TYPE}", '
        f'<{absolute(reverse("api-documentation"))}>; rel="service-doc"; type="text/html"'
    )


class MachinesDoor:
    """Answer machines at the API's addresses; leave all others alone.

    Any site's page may read the answers, without credentials (Fetch standard, CORS): everything here is public. Each
    answer carries an ETag of its content; who has it already is told so (304).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse what writes, answer preflights, and dress every other answer."""
        allowed = methods(request.path_info)
        if not allowed:
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
            del response["Content-Type"]
        elif request.method not in allowed:
            detail = f"Everything here is read only. Use one of {', '.join(allowed)}."
            response = problem(405, detail, Allow=", ".join(allowed))
        else:
            response = kept(request, self.get_response(request))
        return dressed(response, allowed)


def kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the answer with an ETag of its bytes, or 304 where the asker has it already (RFC 9110, 13)."""
    if response.status_code != 200 or response.streaming or "Cache-Control" in response:
        return response
    # A copy may be kept by anybody; it is shown again only after asking here whether it still holds.
    response["Cache-Control"] = "public, no-cache"
    return revalidated(request, response)


def dressed(response: HttpResponse, allowed: tuple[str, ...]) -> HttpResponse:
    """Return the answer with the headers that all have."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join(allowed)
    response["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-Modified-Since, If-None-Match"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["Access-Control-Max-Age"] = "86400"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Link"] = ", ".join(part for part in (response.get("Link", ""), announcement()) if part)
    response._csp_config = CONTENT_SECURITY_POLICY  # type: ignore[attr-defined] # how django-csp is told
    return response
