"""Searching the archive: the page, and the same results as JSON, CSV and Atom."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from memorial.reading.addresses import in_all_languages
from memorial.reading.found import advice, filters, formats
from memorial.reading.found.asking import Asking, NotUnderstood, ask
from memorial.reading.found.feed import feed
from memorial.reading.found.hits import found
from memorial.reading.page import render_page
from memorial.reading.search.wish import PARAMETERS as _PARAMETERS
from memorial.reading.tables import csv_response

# Everything that these views read of an address.
PARAMETERS = tuple(_PARAMETERS)
# A file holds more than a page of reading: the first thousand in ten parts.
IN_A_FILE = 100


@require_safe
def search(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the form, and what is found by what it asks. 400 where a parameter means nothing, 404 beyond the last page.

    Without a wish it shows how to search, and the ways into the archive.
    """
    asking = ask(request, lang)
    wish, results = asking.wish, asking.results
    query = wish.query().removeprefix(".")
    languages = [each._replace(path=each.path + query) for each in in_all_languages(request, lang, "search")]
    choices = filters.choices(request, wish, lang)
    narrower = list(filters.facets(wish, results, lang))
    return render_page(
        request,
        "reading/search.html",
        {
            "wish": wish,
            "written": asking.written,
            "problems": asking.problems,
            "is_plain": wish.is_empty,
            "is_cut": asking.is_cut,
            "is_open": bool(asking.problems),
            "results": results,
            "hits": [] if wish.is_empty else found(results, lang),
            "sheet": asking.sheet,
            "choices": choices,
            "dates": filters.dates(asking.written),
            "searched": filters.languages(wish),
            "chosen": filters.chosen(wish, choices, lang),
            "without_filters": wish.query(**filters.NONE),
            "facets": narrower,
            "ways_in": filters.ways_in(choices, lang) if wish.is_empty else [],
            "other_names": advice.other_names(results),
            "also_tried": advice.also_tried(results),
            "nearest": advice.nearest(results),
            "wider": advice.wider(wish),
            "formats": formats.addresses(lang, wish),
            "address_of_mail": formats.address_of_mail(lang, wish),
        },
        lang=lang,
        languages=languages,
        section="search",
        is_indexed=not query and not asking.problems,
        status=400 if asking.problems else 200,
    )


@require_safe
def search_json(request: HttpRequest, lang: str) -> HttpResponse:
    """Give the results as JSON."""
    try:
        asking = _in_a_file(request, lang)
    except NotUnderstood as error:
        return JsonResponse(formats.refusal(error.problems), status=400, json_dumps_params=formats.READABLE)
    response = JsonResponse(formats.document(asking, lang), json_dumps_params=formats.READABLE)
    return _not_indexed(response)


@require_safe
def search_csv(request: HttpRequest, lang: str) -> HttpResponse:
    """Give the results as a table (RFC 4180)."""
    try:
        asking = _in_a_file(request, lang)
    except NotUnderstood as error:
        return _refused(error)
    return _not_indexed(csv_response("search.csv", formats.HEADER, formats.rows(asking, lang)))


@require_safe
def search_atom(request: HttpRequest, lang: str) -> HttpResponse:
    """Give the results as a feed (RFC 4287), so that a program can tell when there is another statement."""
    try:
        asking = _in_a_file(request, lang)
    except NotUnderstood as error:
        return _refused(error)
    return _not_indexed(HttpResponse(feed(asking, lang), content_type="application/atom+xml; charset=utf-8"))


def _in_a_file(request: HttpRequest, lang: str) -> Asking:
    """Return the results for a file. Raises NotUnderstood, also for no wish at all; Http404 beyond the last part."""
    asking = ask(request, lang, page_size=IN_A_FILE)
    if asking.problems or asking.wish.is_empty:
        raise NotUnderstood(asking.problems or [advice.nothing_asked()])
    return asking


def _refused(error: NotUnderstood) -> HttpResponse:
    lines = [f"{each.name}: {each.message}" for each in error.problems]
    return HttpResponse("\n".join([*lines, ""]), status=400, content_type="text/plain; charset=utf-8")


def _not_indexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
