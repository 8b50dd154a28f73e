"""Names in use for events, with who uses each: the archive prefers none."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from memorial.reading.addresses import in_all_languages
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import page_number, sheet
from memorial.statements.models import EventName

# What this page reads of a query string.
PARAMETERS = ("page",)
_NAMES_ON_A_PAGE = 300


@kept(*PARAMETERS)
@require_safe
def names(request: HttpRequest, lang: str) -> HttpResponse:
    """List the names in use for all events, by event."""
    rows = EventName.objects.in_language(lang, related=["event"], without=["description", "coverage"])
    page = sheet(rows.order_by("event__earliest", "event__pk", "pk"), page_number(request), size=_NAMES_ON_A_PAGE)
    return render_page(
        request,
        "reading/names.html",
        {"sheet": page},
        lang=lang,
        languages=in_all_languages(request, lang, "names"),
        section="events",
        is_indexed=page.number == 1,
    )
