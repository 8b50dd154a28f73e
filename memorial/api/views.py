"""What describes the machines' door: the OpenAPI object and the catalogue; and the answer where there is nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from memorial.reading.addresses import absolute

from .door import DESCRIPTION_TYPE
from .problems import not_found

PRETTY: dict[str, Any] = {"ensure_ascii": False, "indent": 1}
LINKSET_TYPE = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'


def openapi(request: HttpRequest) -> HttpResponse:
    """Give the description of the API (OpenAPI 3.1)."""
    from .v1 import api

    return JsonResponse(api.described(), json_dumps_params=PRETTY)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Say as the API does that nothing is published at an address under its own."""
    return not_found(request)


def catalogue(request: HttpRequest) -> HttpResponse:
    """Name the site's interfaces for machines, where these are looked for (RFC 9727)."""
    documented = {"service-doc": [{"href": absolute(reverse("api-documentation")), "type": "text/html"}]}
    described = {"service-desc": [{"href": absolute(reverse("api-description")), "type": DESCRIPTION_TYPE}]}
    linkset = [
        {"anchor": absolute(reverse("api-root")), **described, **documented},
        {"anchor": absolute(reverse("oai")), **documented},
    ]
    return JsonResponse({"linkset": linkset}, content_type=LINKSET_TYPE, json_dumps_params=PRETTY)
