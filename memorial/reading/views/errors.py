"""What a reader sees where there is nothing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from memorial.languages.negotiate import best
from memorial.reading.addresses import Alternate, in_all_languages, of_statement, public_languages
from memorial.reading.editions import NotBeside, NotInThisLanguage
from memorial.reading.page import render_page
from memorial.reading.withdrawn import instead_of


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in the page's language what to do, and link to a statement's other languages where there are some.

    Of a text that was removed it says when and why (410). An address without a public language is answered in the
    language that the browser asks for.
    """
    tags = [language.tag for language in public_languages(request)]
    first = request.path_info.split("/", 2)[1]
    if is_in_a_language := first in tags:
        lang = first
    else:
        lang = best(request.headers.get("Accept-Language", ""), tags, _default(tags))
    wanted = exception.wanted if isinstance(exception, NotBeside) else ""
    match = request.resolver_match
    withdrawal = instead_of(match.kwargs, lang) if match else None
    with translation.override(lang):
        response = render_page(
            request,
            "reading/withdrawn.html" if withdrawal else "404.html",
            {
                "elsewhere": _elsewhere(exception, request, lang),
                "is_beside": bool(wanted),
                "wanted": wanted if wanted in tags else "",
                "is_about_a_page": "page" in request.GET,
                "withdrawal": withdrawal,
            },
            lang=lang,
            languages=in_all_languages(request, lang, "home"),
            canonical="",
            is_indexed=False,
            status=410 if withdrawal else 404,
        )
    if not is_in_a_language:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def _elsewhere(exception: Exception, request: HttpRequest, lang: str) -> list[Alternate]:
    """The languages that there are: of the statement, or beside the text in the language of the page."""
    if not isinstance(exception, NotInThisLanguage):
        return []
    there = exception.editions.by_language
    alternates = exception.editions.alternates(request, lang)
    found = [each._replace(title=there[each.tag][0].title) for each in alternates if each.path]
    own = exception.editions.newest(lang)
    if own is None or not isinstance(exception, NotBeside):
        return found
    others = [each for each in found if each.tag != lang]
    return [each._replace(path=of_statement(own, "parallel", lang2=each.tag)) for each in others] or found


def _default(tags: list[str]) -> str:
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in tags or not tags else tags[0]
