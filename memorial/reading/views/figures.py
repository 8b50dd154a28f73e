"""The ledger of an event: as a page, and as files with the same rows."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from memorial.reading.addresses import absolute, in_all_languages
from memorial.reading.ledger import files
from memorial.reading.ledger.asked import FILTERS, Asked
from memorial.reading.ledger.definitions import definitions
from memorial.reading.ledger.linked_data import dataset
from memorial.reading.ledger.page import ROWS_IN_A_FILE, Ledger, ledger
from memorial.reading.ledger.plot import plot
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import page_number
from memorial.reading.paths import path_to
from memorial.reading.schema_org import MEDIA_TYPE, in_a_script
from memorial.reading.tables import csv_response
from memorial.statements.models import Event

PARAMS = (*FILTERS, "page")
FORMATS = ("csv", "json", "jsonld")


@kept(*Asked.parameters(), "page")
@require_safe
def figures(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Show who claims which figure about an event: the table first, then a drawing of the same rows."""
    event = get_object_or_404(Event.objects.in_language(lang), slug=slug)
    number = page_number(request)
    found = ledger(event, lang, Asked.of(request.GET), number)
    filters = found.sheet.query(1).removeprefix(".")
    return render_page(
        request,
        "reading/event_figures.html",
        {
            "event": event,
            "ledger": found,
            "plot": plot(found.rows, lang),
            "definitions": definitions(found.measures),
            "columns": files.columns(),
            "files": {name: _address(lang, slug, name) + filters for name in FORMATS},
            "linked_data": in_a_script(dataset(found, lang)) if found.rows else "",
        },
        lang=lang,
        languages=in_all_languages(request, lang, "event_figures", slug=slug),
        section="events",
        is_indexed=bool(found.rows) and not filters and number == 1,
    )


@kept(*Asked.parameters(), "page")
@require_safe
def figures_csv(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Give the rows as a table for spreadsheets."""
    found = _found(request, lang, slug)
    response = csv_response(f"figures-{slug}.csv", files.HEADER, (files.record(row) for row in found.rows))
    return _described(request, response, found, lang, "csv")


@kept(*Asked.parameters(), "page")
@require_safe
def figures_json(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Give the rows as JSON, with names in the language of the address."""
    found = _found(request, lang, slug)
    response = JsonResponse(files.document(found, lang), json_dumps_params={"ensure_ascii": False})
    return _described(request, response, found, lang, "json")


@kept(*Asked.parameters(), "page")
@require_safe
def figures_linked(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Give the rows as claims and observations in linked data."""
    found = _found(request, lang, slug)
    response = JsonResponse(
        dataset(found, lang),
        json_dumps_params={"ensure_ascii": False},
        content_type=MEDIA_TYPE,
    )
    return _described(request, response, found, lang, "jsonld")


def _found(request: HttpRequest, lang: str, slug: str) -> Ledger:
    event = get_object_or_404(Event.objects.in_language(lang, without=["description"]), slug=slug)
    return ledger(event, lang, Asked.of(request.GET), page_number(request), ROWS_IN_A_FILE)


def _described(request: HttpRequest, response: HttpResponse, found: Ledger, lang: str, name: str) -> HttpResponse:
    """Say in the headers which language a file speaks, which page explains it, and where it goes on."""
    slug = found.event.slug
    page = absolute(path_to("event_figures", lang=lang, slug=slug))
    links = [f'<{page}>; rel="describedby"; type="text/html"']
    if found.sheet.has_next:
        links.append(f'<{absolute(_address(lang, slug, name) + found.sheet.next)}>; rel="next"')
    response["Link"] = ", ".join(links)
    response["Content-Language"] = lang
    response["X-Robots-Tag"] = "noindex"
    return response


def _address(lang: str, slug: str, name: str) -> str:
    return path_to(f"event_figures_{name}", lang=lang, slug=slug)
