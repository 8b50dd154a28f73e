"""The machines' addresses, as a site map."""

from django.urls import URLPattern, URLResolver, path, re_path

from .documentation import documentation
from .later import Addresses, Later
from .oai.views import oai
from .views import catalogue, nothing_here, openapi


def of_v1() -> Addresses:
    """Return the addresses of version 1, taking in with them the library that they are described in."""
    from .v1 import api

    addresses, _, _ = api.urls
    return addresses


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", documentation, name="api-documentation"),
    path("api/v1/openapi.json", openapi, name="api-description"),
    Later("api/v1/", of_v1, app_name="ninja", namespace="api-v1"),
    path("api/v1/", nothing_here, name="api-root"),
    re_path(r"^api/v1/.+$", nothing_here),
    path("oai", oai, name="oai"),
    path(".well-known/api-catalog", catalogue, name="api-catalog"),
]
