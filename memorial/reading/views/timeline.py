"""The archive in time, as a page and for machines."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from memorial.reading.addresses import absolute, in_all_languages
from memorial.reading.chronology import VIEWS, by_year, chronology
from memorial.reading.names import name_of
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import page_number
from memorial.reading.paths import path_to
from memorial.reading.timeline import Entry

# What these pages read of a query string.
PARAMETERS = ("view", "page")
_ROWS_FOR_MACHINES = 500


@kept(*PARAMETERS)
@require_safe
def timeline_page(request: HttpRequest, lang: str) -> HttpResponse:
    """List events and statements in the order of their dates, by years."""
    view, number = _view(request), page_number(request)
    entries, page = chronology(lang, view, number)
    is_plain = view == VIEWS[0] and number == 1
    languages = in_all_languages(request, lang, "timeline")
    own = path_to("timeline", lang=lang)
    return render_page(
        request,
        "reading/timeline.html",
        {"view": view, "years": list(by_year(entries)), "sheet": page, "own": own},
        lang=lang,
        languages=languages,
        section="events",
        canonical=None if is_plain else own + page.query(number).replace(".", "", 1),
        is_indexed=is_plain,
    )


@kept(*PARAMETERS)
@require_safe
def timeline_json(request: HttpRequest, lang: str) -> JsonResponse:
    """Give the same as JSON: dates in EDTF as they are stated, and the first and last day that each can mean."""
    entries, page = chronology(lang, _view(request), page_number(request), _ROWS_FOR_MACHINES)
    own = absolute(request.path)
    rows = [_row(entry, lang) for entry in entries]
    answer = JsonResponse(
        {"entries": rows, "next": own + page.next if page.has_next else None}, json_dumps_params={"ensure_ascii": False}
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _view(request: HttpRequest) -> str:
    asked = request.GET.get("view", VIEWS[0])
    if asked not in VIEWS:
        raise Http404("no such view of the timeline")
    return asked


def _row(entry: Entry, lang: str) -> dict[str, Any]:
    if entry.card is not None:
        edition = entry.card.edition
        path, name, tag, latest = entry.card.path, edition.title, lang, edition.latest
        rest = {
            "issuer": entry.card.issuer.text,
            "issuer_language": entry.card.issuer.lang,
            "sid": edition.statement.sid,
        }
    else:
        assert entry.event is not None  # noqa: S101 one of both
        label = name_of(entry.event, lang)
        path = path_to("event", lang=lang, slug=entry.event.slug)
        name, tag, latest, rest = label.text, label.lang, entry.event.latest, {}
    return {
        "what": "statement" if entry.card else "event",
        "date": entry.dated,
        "earliest": entry.earliest.isoformat(),
        "latest": latest.isoformat(),
        "name": name,
        "language": tag,
        "url": absolute(path),
        **rest,
    }
