"""The home page."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from memorial.languages.prepared import prepared
from memorial.publishing.models import Edition, EditionQuerySet
from memorial.reading.addresses import in_all_languages
from memorial.reading.calendar import returns
from memorial.reading.cards import cards
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paths import path_to
from memorial.statements.models import Occasion

LATEST = 6
LAST_TIME = 2
OCCASIONS = 12


@prepared
def _occasions(*, lang: str) -> QuerySet[Occasion]:
    found: QuerySet[Occasion] = Occasion.objects.in_language(lang, without=["description"])
    return found


@prepared
def _latest(lang: str, now: datetime) -> EditionQuerySet:
    return Edition.objects.filter(language=lang).visible(now).cards().latest_first()[:LATEST]


@prepared
def _latest_on(lang: str, occasion: int, now: datetime) -> EditionQuerySet:
    return Edition.objects.filter(language=lang, occasion=occasion).visible(now).cards().latest_first()[:LAST_TIME]


@kept()
@require_safe
def home(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the next commemoration, the latest statements and the occasions."""
    coming = returns(_occasions(lang=lang), timezone.localdate())
    now = timezone.now()
    return render_page(
        request,
        "reading/home.html",
        {
            "coming": coming[0] if coming else None,
            "last_time": cards(_latest_on(lang, coming[0].occasion.pk, now), lang) if coming else [],
            "latest": cards(_latest(lang, now), lang),
            "occasions": coming[:OCCASIONS],
        },
        lang=lang,
        languages=in_all_languages(request, lang, "home"),
        default=path_to("root"),
        section="home",
    )
