"""The machines' addresses, as a site map."""

from django.urls import URLPattern, URLResolver, path, re_path

from .documentation import documentation
from .oai.views import oai
from .v1 import api
from .views import catalogue, nothing_here, openapi

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", documentation, name="api-documentation"),
    path("api/v1/openapi.json", openapi, name="api-description"),
    path("api/v1/", api.urls),
    path("api/v1/", nothing_here, name="api-root"),
    re_path(r"^api/v1/.+$", nothing_here),
    path("oai", oai, name="oai"),
    path(".well-known/api-catalog", catalogue, name="api-catalog"),
]
