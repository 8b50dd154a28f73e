"""Occasions for people's own calendars."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from memorial.reading.names import name_of
from memorial.reading.page_cache.declared import kept
from memorial.reading.revalidation import revalidated
from memorial.statements.models import Occasion

AT_MOST = 500


@kept()
@require_safe
def occasion_calendar(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Give one occasion as a day that returns every year."""
    row = get_object_or_404(Occasion.objects.in_language(lang, without=["description"]), slug=slug)
    return _answer(request, [row], lang, slug, name_of(row, lang).text)


@kept()
@require_safe
def calendar_of_all(request: HttpRequest, lang: str) -> HttpResponse:
    """Give every occasion in one calendar."""
    rows = Occasion.objects.in_language(lang, without=["description"])[:AT_MOST]
    return _answer(request, rows, lang, "occasions", settings.SITE_NAME)


def _answer(request: HttpRequest, rows: Iterable[Occasion], lang: str, file: str, name: str) -> HttpResponse:
    # With the library of the format: none of the pages needs it.
    from memorial.reading.feeds.calendar_file import calendar

    body = calendar(rows, lang, name=name)
    headers = {"Content-Language": lang, "Content-Disposition": f'inline; filename="{file}-{lang}.ics"'}
    return revalidated(request, HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers))
