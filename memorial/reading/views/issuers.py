"""Who speaks."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from memorial.languages.prepared import prepared
from memorial.publishing.models import Edition, EditionQuerySet
from memorial.reading.addresses import in_all_languages
from memorial.reading.cards import cards, named
from memorial.reading.citing.linked_labels import of_issuer
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import PAGE_SIZE, page_number, sheet_of
from memorial.reading.schema_org import in_a_script
from memorial.statements.models import Issuer


@prepared
def _all(now: datetime, *, lang: str) -> QuerySet[Any]:
    speaks = Exists(Edition.objects.visible(now).filter(issuer=OuterRef("pk")))
    found: QuerySet[Any] = Issuer.objects.in_language(lang, without=["description"]).annotate(has_statements=speaks)
    return found


@kept()
@require_safe
def issuers(request: HttpRequest, lang: str) -> HttpResponse:
    """List the issuers: those with statements here, and those who are only named as claimants of figures."""
    rows = _all(timezone.now(), lang=lang)
    return render_page(
        request,
        "reading/issuers.html",
        {
            "speaking": [row for row in rows if row.has_statements],
            "others": [row for row in rows if not row.has_statements],
        },
        lang=lang,
        languages=in_all_languages(request, lang, "issuers"),
        section="issuers",
    )


@prepared
def _called(slug: str, *, lang: str) -> QuerySet[Issuer]:
    found: QuerySet[Issuer] = Issuer.objects.filter(slug=slug).in_language(lang)
    return found


@prepared
def _stated_by(lang: str, issuer: int, now: datetime, *, start: int) -> EditionQuerySet:
    editions = Edition.objects.visible(now).filter(language=lang, issuer=issuer).cards().latest_first()
    return editions[start : start + PAGE_SIZE + 1]


@kept("page")
@require_safe
def issuer(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Show an issuer, and what it stated."""
    row = _called.first(slug, lang=lang)
    if row is None:
        raise Http404("no such issuer")
    number = page_number(request)
    page = sheet_of(_stated_by(lang, row.pk, timezone.now(), start=(number - 1) * PAGE_SIZE), number)
    return render_page(
        request,
        "reading/issuer.html",
        {
            "issuer": row,
            "sheet": page,
            "cards": cards(page.rows, lang, named({row.pk: row}, lang)),
            "linked_data": in_a_script(of_issuer(row, lang)),
        },
        lang=lang,
        languages=in_all_languages(request, lang, "issuer", slug=slug),
        section="issuers",
        is_indexed=page.number == 1,
    )
