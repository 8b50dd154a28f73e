"""What returns every year."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading.addresses import in_all_languages
from memorial.reading.calendar import next_day, returns
from memorial.reading.cards import cards, issuers_of
from memorial.reading.citing.linked_labels import of_occasion
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import page_number, sheet
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


@kept("page")
@require_safe
def occasion(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Show an occasion and, year by year, what was stated on it."""
    row = get_object_or_404(Occasion.objects.in_language(lang, related=["event"]), slug=slug)
    # What is asked stands first: SQLite then goes by the index in its order.
    editions = Edition.objects.filter(language=lang, occasion=row).visible().cards()
    page = sheet(editions.order_by("-earliest", "issuer", "-statement_id"), page_number(request))
    issuers = issuers_of(page.rows, lang)
    years = [
        (year, row.anniversary(year), list(group))
        for year, group in groupby(cards(page.rows, lang, issuers), key=lambda card: card.edition.earliest.year)
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
