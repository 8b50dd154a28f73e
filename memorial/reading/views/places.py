"""The places that statements name."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from memorial.languages.labels import Label
from memorial.reading.addresses import absolute, in_all_languages
from memorial.reading.cards import cards
from memorial.reading.finding import counted, naming
from memorial.reading.names import name_of
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import page_number, sheet
from memorial.reading.paths import path_to
from memorial.reading.tables import csv_response
from memorial.statements.models import Place

# A file holds no more than this; a page, two hundred.
MOST_PLACES = 20_000


@kept("page")
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


@kept()
@require_safe
def places_csv(request: HttpRequest, lang: str) -> HttpResponse:
    """Give the places with their coordinates as a table."""
    header = ("place", "name", "name_language", "latitude", "longitude", "url")
    rows = (
        (row.slug, name.text, name.lang, row.latitude, row.longitude, _url(row, lang)) for row, name in _named(lang)
    )
    return csv_response(f"places-{lang}.csv", header, rows)


@kept()
@require_safe
def places_geojson(request: HttpRequest, lang: str) -> JsonResponse:
    """Give the places that have coordinates as GeoJSON (RFC 7946), which has the longitude first."""
    features = [
        {
            "type": "Feature",
            "id": row.slug,
            "geometry": {"type": "Point", "coordinates": [float(row.longitude), float(row.latitude)]},
            "properties": {"name": name.text, "language": name.lang, "url": _url(row, lang)},
        }
        for row, name in _named(lang)
        if row.latitude is not None and row.longitude is not None
    ]
    return JsonResponse(
        {"type": "FeatureCollection", "features": features},
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _named(lang: str) -> list[tuple[Place, Label]]:
    rows = Place.objects.in_language(lang, without=["description"])[:MOST_PLACES]
    return [(row, name_of(row, lang)) for row in rows]


def _url(row: Place, lang: str) -> str:
    return absolute(path_to("place", lang=lang, slug=row.slug))


@kept("page")
@require_safe
def place(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Show a place: its spellings, its events, and the statements that name it."""
    row = get_object_or_404(counted(Place.objects.in_language(lang)), slug=slug)
    page = sheet(naming(row, lang).cards().latest_first(), page_number(request))
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
