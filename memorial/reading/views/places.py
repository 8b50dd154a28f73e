"""The places that statements name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading.addresses import in_all_languages
from memorial.reading.cards import cards
from memorial.reading.names import name_of
from memorial.reading.page import render_page
from memorial.reading.paging import page_number, sheet
from memorial.statements.models import Place


@require_safe
def places(request: HttpRequest, lang: str) -> HttpResponse:
    """List the places."""
    page = sheet(Place.objects.in_language(lang, without=["description"]), page_number(request), size=200)
    return render_page(
        request,
        "reading/places.html",
        {"sheet": page},
        lang=lang,
        languages=in_all_languages(request, lang, "places"),
        section="places",
        is_indexed=page.number == 1,
    )


@require_safe
def place(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Show a place: its spellings, its events, and the statements that name it."""
    row = get_object_or_404(Place.objects.in_language(lang), slug=slug)
    editions = Edition.objects.visible().filter(language=lang, places=row).cards().latest_first()
    page = sheet(editions, page_number(request))
    return render_page(
        request,
        "reading/place.html",
        {
            "place": row,
            "spellings": [each for each in row.spellings.all() if each.spelling != name_of(row, lang).text],
            "events": row.events.in_language(lang, without=["description"]),
            "sheet": page,
            "cards": cards(page.rows, lang),
        },
        lang=lang,
        languages=in_all_languages(request, lang, "place", slug=slug),
        section="places",
        is_indexed=page.number == 1,
    )
