"""What the archive holds and what it knows to be missing, as a page and as a table."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from memorial.languages.columns import first_filled
from memorial.languages.labels import Label, label
from memorial.reading.addresses import in_all_languages
from memorial.reading.coverage import HEADER, coverage, table
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import Sheet, page_number
from memorial.reading.paths import path_to
from memorial.reading.tables import csv_response
from memorial.statements.models import Event

# What these pages read of a query string.
PARAMETERS = ("page",)
_MOST_EVENTS = 100


@kept(*PARAMETERS)
@require_safe
def coverage_page(request: HttpRequest, lang: str) -> HttpResponse:
    """Show what is held of each issuer and year, and the known gaps."""
    number = page_number(request)
    found = coverage(lang, number)
    if not found.issuers and number > 1:
        raise Http404("beyond the last page")
    page = Sheet(found.issuers, number, found.has_next)
    own = path_to("coverage", lang=lang)
    return render_page(
        request,
        "reading/coverage.html",
        {"coverage": found, "sheet": page, "unheard": _unheard(lang) if number == 1 else []},
        lang=lang,
        languages=in_all_languages(request, lang, "coverage"),
        section="about",
        canonical=None if number == 1 else own + page.query(number),
        is_indexed=number == 1,
    )


@kept()
@require_safe
def coverage_csv(request: HttpRequest, lang: str) -> HttpResponse:
    """Give all of it as one table."""
    return csv_response(f"coverage-{lang}.csv", HEADER, table(coverage(lang, 1, size=None)))


def _unheard(lang: str) -> list[tuple[Event, Label]]:
    """The events with a note on whose statements the archive lacks, as far as it is in this language or a fallback."""
    events = Event.objects.in_language(lang, without=["description"])
    noted = events.annotate(noted=first_filled(Event, "coverage", lang)).exclude(noted="")
    return [(event, label(event, "coverage", lang)) for event in noted[:_MOST_EVENTS]]
