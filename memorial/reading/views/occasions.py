"""What returns every year."""

from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from memorial.languages.prepared import prepared
from memorial.publishing.models import Edition, EditionQuerySet
from memorial.reading.addresses import in_all_languages
from memorial.reading.calendar import next_day, returns
from memorial.reading.cards import cards, issuers_of, named
from memorial.reading.citing.linked_labels import of_occasion
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import PAGE_SIZE, page_number, sheet_of
from memorial.reading.schema_org import in_a_script
from memorial.statements.models import Occasion


@kept()
@require_safe
def occasions(request: HttpRequest, lang: str) -> HttpResponse:
    """List the occasions in the order in which they fall from today on."""
    rows = Occasion.objects.in_language(lang)
    return render_page(
        request,
        "reading/occasions.html",
        {"occasions": returns(rows, timezone.localdate())},
        lang=lang,
        languages=in_all_languages(request, lang, "occasions"),
        section="occasions",
    )


@prepared
def _called(slug: str, *, lang: str) -> QuerySet[Occasion]:
    found: QuerySet[Occasion] = Occasion.objects.filter(slug=slug).in_language(lang, related=["event"])
    return found


@prepared
def _stated_on(lang: str, occasion: int, now: datetime, *, start: int) -> EditionQuerySet:
    # What is asked stands first: SQLite then goes by the index in its order.
    editions = Edition.objects.filter(language=lang, occasion=occasion).visible(now).cards()
    return editions.order_by("-earliest", "issuer", "-statement_id")[start : start + PAGE_SIZE + 1]


@kept("page")
@require_safe
def occasion(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Show an occasion and, year by year, what was stated on it."""
    row = _called.first(slug, lang=lang)
    if row is None:
        raise Http404("no such occasion")
    number = page_number(request)
    page = sheet_of(_stated_on(lang, row.pk, timezone.now(), start=(number - 1) * PAGE_SIZE), number)
    issuers = issuers_of(page.rows, lang)
    years = [
        (year, row.anniversary(year), list(group))
        for year, group in groupby(
            cards(page.rows, lang, named(issuers, lang)), key=lambda card: card.edition.earliest.year
        )
    ]
    return render_page(
        request,
        "reading/occasion.html",
        {
            "occasion": row,
            "next_day": next_day(row.month, row.day, timezone.localdate()),
            "sheet": page,
            "years": years,
            "linked_data": in_a_script(of_occasion(row, lang)),
            "issuers": sorted(issuers.values(), key=lambda issuer: issuer.slug),
        },
        lang=lang,
        languages=in_all_languages(request, lang, "occasion", slug=slug),
        section="occasions",
        is_indexed=page.number == 1,
    )
