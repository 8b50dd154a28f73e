"""The editions of a statement: its history, each of them, and the bytes that were hashed."""

from itertools import zip_longest
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading import editions as found
from memorial.reading import presentation, withdrawn
from memorial.reading.addresses import of_statement, permalink
from memorial.reading.citing.cited import Cited
from memorial.reading.citing.head import head
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept


@kept()
@require_safe
def history(request: HttpRequest, lang: str, sid: str, slug: str) -> HttpResponse:
    """List every released edition in this language, newest first, with its note and hash."""
    editions, newest = found.in_language(sid, lang)
    if slug != newest.statement.slug:
        return HttpResponsePermanentRedirect(of_statement(newest, "history"))
    rows = editions.by_language[lang]
    withdrawals: list[Any] = withdrawn.of_statement(newest.statement_id, lang)
    readable = [each for each in withdrawals if each.keeps_text]
    return render_page(
        request,
        "reading/history.html",
        {
            "newest": newest,
            "removed": next((each for each in withdrawals if not each.keeps_text), None),
            "address_of_newest": of_statement(newest),
            "editions": [
                {
                    "edition": row,
                    "address": of_statement(row, "edition", number=row.number),
                    "address_of_text": of_statement(row, "edition_text", number=row.number),
                    "before": before,
                    "withdrawals": [each for each in readable if each.edition_number == row.number],
                    "address_of_difference": (
                        of_statement(row, "difference", before=before.number, after=row.number) if before else ""
                    ),
                }
                for row, before in zip_longest(rows, rows[1:])
            ],
            "address_of_all_changes": (
                of_statement(newest, "difference", before=rows[-1].number, after=newest.number) if len(rows) > 2 else ""
            ),
        },
        lang=lang,
        languages=editions.alternates(request, lang, "history"),
        default=permalink(sid),
        section="statements",
    )


@kept()
@require_safe
def edition(request: HttpRequest, lang: str, sid: str, slug: str, number: int) -> HttpResponse:
    """Show one edition as it was sealed."""
    editions, row = _numbered(lang, sid, number)
    if slug != row.statement.slug:
        return HttpResponsePermanentRedirect(of_statement(row, "edition", number=number))
    shown = found.in_full(row)
    cited = head(Cited(shown, editions, is_by_number=True))
    response = render_page(
        request,
        "reading/edition.html",
        {**presentation.of(shown, editions), "cited": cited},
        lang=lang,
        languages=editions.alternates(request, lang),
        default=permalink(sid),
        section="statements",
        canonical=of_statement(row),
        is_indexed=False,
    )
    response["Link"] = cited.link_header
    return response


@kept()
@require_safe
def edition_text(request: HttpRequest, lang: str, sid: str, slug: str, number: int) -> HttpResponse:
    """Give the canonical form of an edition: exactly the bytes that its SHA-256 is of."""
    _editions, row = _numbered(lang, sid, number)
    if slug != row.statement.slug:
        return HttpResponsePermanentRedirect(of_statement(row, "edition_text", number=number))
    canonical = Edition.objects.released().values_list("canonical", flat=True).get(pk=row.pk)
    return HttpResponse(
        canonical.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Language": lang, "ETag": f'"{row.sha256}"', "X-Robots-Tag": "noindex"},
    )


def _numbered(lang: str, sid: str, number: int) -> tuple[found.StatementEditions, Edition]:
    editions, _newest = found.in_language(sid, lang)
    row = editions.numbered(lang, number)
    if row is None:
        raise Http404("no released edition has this number")
    return editions, row
