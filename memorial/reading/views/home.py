"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading.addresses import in_all_languages
from memorial.reading.calendar import returns
from memorial.reading.cards import cards
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paths import path_to
from memorial.statements.models import Occasion

LATEST = 6
OCCASIONS = 12


@kept()
@require_safe
def home(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the next commemoration, the latest statements and the occasions."""
    coming = returns(Occasion.objects.in_language(lang), timezone.localdate())
    editions = Edition.objects.filter(language=lang)
    latest = editions.visible().cards().latest_first()
    return render_page(
        request,
        "reading/home.html",
        {
            "coming": coming[0] if coming else None,
            "last_time": cards(editions.filter(occasion=coming[0].occasion).visible().cards().latest_first()[:2], lang)
            if coming
            else [],
            "latest": cards(latest[:LATEST], lang),
            "occasions": coming[:OCCASIONS],
        },
        lang=lang,
        languages=in_all_languages(request, lang, "home"),
        default=path_to("root"),
        section="home",
    )
