"""Addresses without a language, which lead to the best one."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from memorial.languages.negotiate import best
from memorial.reading import editions
from memorial.reading.addresses import of_statement, public_languages
from memorial.reading.paths import path_to
from memorial.reading.redirects import SeeOther


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the language that the browser asks for."""
    tags = [language.tag for language in public_languages(request)]
    if not tags:
        raise Http404("no language is public")
    default = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in tags else tags[0]
    lang = best(request.headers.get("Accept-Language", ""), tags, default)
    response = HttpResponseRedirect(path_to("home", lang=lang))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def permalink(request: HttpRequest, sid: str) -> HttpResponse:
    """Lead to the statement in the language that the browser asks for, else to the original."""
    found = editions.find(sid)
    tags = [language.tag for language in public_languages(request) if found.newest(language.tag)]
    original = found.original_language
    lang = best(request.headers.get("Accept-Language", ""), tags, original if original in tags else tags[0])
    edition = found.newest(lang)
    assert edition is not None  # noqa: S101 one of tags
    response = SeeOther(of_statement(edition))
    patch_vary_headers(response, ["Accept-Language"])
    return response
