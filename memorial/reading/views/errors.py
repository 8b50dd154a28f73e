"""What a reader sees where there is nothing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from memorial.languages.negotiate import best
from memorial.reading.addresses import in_all_languages, public_languages
from memorial.reading.editions import NotInThisLanguage
from memorial.reading.page import render_page


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in the page's language what to do, and link to a statement's other languages where there are some.

    An address without a public language is answered in the language that the browser asks for.
    """
    tags = [language.tag for language in public_languages(request)]
    first = request.path_info.split("/", 2)[1]
    if is_in_a_language := first in tags:
        lang = first
    else:
        lang = best(request.headers.get("Accept-Language", ""), tags, _default(tags))
    elsewhere = (
        [each for each in exception.editions.alternates(request, lang) if each.path]
        if isinstance(exception, NotInThisLanguage)
        else []
    )
    with translation.override(lang):
        response = render_page(
            request,
            "404.html",
            {"elsewhere": elsewhere, "is_about_a_page": "page" in request.GET},
            lang=lang,
            languages=in_all_languages(request, lang, "home"),
            canonical="",
            is_indexed=False,
            status=404,
        )
    if not is_in_a_language:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def _default(tags: list[str]) -> str:
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in tags or not tags else tags[0]
