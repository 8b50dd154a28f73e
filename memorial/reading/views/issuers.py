"""Who speaks."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading.addresses import in_all_languages
from memorial.reading.cards import cards
from memorial.reading.citing.linked_labels import of_issuer
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import page_number, sheet
from memorial.reading.schema_org import in_a_script
from memorial.statements.models import Issuer


@kept()
@require_safe
def issuers(request: HttpRequest, lang: str) -> HttpResponse:
    """List the issuers: those with statements here, and those who are only named as claimants of figures."""
    speaks = Exists(Edition.objects.visible().filter(issuer=OuterRef("pk")))
    rows = list(Issuer.objects.in_language(lang, without=["description"]).annotate(has_statements=speaks))
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


@kept("page")
@require_safe
def issuer(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """Show an issuer, and what it stated."""
    row = get_object_or_404(Issuer.objects.in_language(lang), slug=slug)
    editions = Edition.objects.visible().filter(language=lang, issuer=row).cards().latest_first()
    page = sheet(editions, page_number(request))
    return render_page(
        request,
        "reading/issuer.html",
        {
            "issuer": row,
            "sheet": page,
            "cards": cards(page.rows, lang, {row.pk: row}),
            "linked_data": in_a_script(of_issuer(row, lang)),
        },
        lang=lang,
        languages=in_all_languages(request, lang, "issuer", slug=slug),
        section="issuers",
        is_indexed=page.number == 1,
    )
