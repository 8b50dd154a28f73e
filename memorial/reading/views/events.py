"""What is commemorated, and what statements cite."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from memorial.reading.addresses import in_all_languages
from memorial.reading.citing.linked_labels import of_event
from memorial.reading.finding import counted, naming
from memorial.reading.ledger.page import has_figures
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import page_number, sheet
from memorial.reading.schema_org import in_a_script
from memorial.reading.timeline import timeline
from memorial.statements.models import Event


@kept("page")
@require_safe
def events(request: HttpRequest, lang: str) -> HttpResponse:
    """List the events in the order of their dates."""
    page = sheet(Event.objects.in_language(lang), page_number(request), size=100)
    return render_page(
        request,
        "reading/events.html",
        {"sheet": page},
        lang=lang,
        languages=in_all_languages(request, lang, "events"),
        section="events",
        is_indexed=page.number == 1,
    )


@kept("page")
@require_safe
def event(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Show an event: the names in use for it, its places, and its timeline."""
    row = get_object_or_404(counted(Event.objects.in_language(lang, related=["part_of"])), slug=slug)
    short = ["description"]
    parts = [row, *row.parts.in_language(lang, without=short)]
    entries, page = timeline(parts, naming(row, lang), lang, page_number(request))
    places = list(row.places.in_language(lang, without=short))
    return render_page(
        request,
        "reading/event.html",
        {
            "event": row,
            "names": row.names.in_language(lang),
            "places": places,
            "occasions": row.occasions.in_language(lang, without=short),
            "has_figures": has_figures(row),
            "entries": entries,
            "sheet": page,
            "linked_data": in_a_script(of_event(row, places, lang)),
        },
        lang=lang,
        languages=in_all_languages(request, lang, "event", slug=slug),
        section="events",
        is_indexed=page.number == 1,
    )
