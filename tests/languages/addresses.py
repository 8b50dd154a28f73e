"""Addresses for tests: pages in a language, and pages that are not."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.utils.translation import get_language, get_language_bidi


def page(request: HttpRequest, **parts: str) -> HttpResponse:
    """What the middleware has set."""
    asks = request.GET.get("ask")
    public = [language.tag for language in request.site_languages] if asks else []  # type: ignore[attr-defined]
    language = request.language.tag if asks else ""  # type: ignore[attr-defined]
    active = get_language()
    return JsonResponse({"active": active, "is_rtl": get_language_bidi(), "public": public, "language": language})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what is not there, with the language that it is in."""
    return HttpResponse(f"{get_language()} {request.language.tag}", status=404)  # type: ignore[attr-defined]


handler404 = not_found
urlpatterns = [
    path("admin/", page),
    path("", include([path("log/", page), path("s/<str:sid>", page), path("healthz", page)])),
    path("", include([path("<str:lang>/", page), path("<str:lang>/statements/", page)])),
]
