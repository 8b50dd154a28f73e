"""Sources that were published by themselves: each of them, its editions, and the bytes that were hashed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from memorial.publishing.models import SourceEdition
from memorial.reading import wording
from memorial.reading.addresses import in_all_languages
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.presentation import common_event
from memorial.reading.sources import Speaking, Wording, permalink_of, released, statement_of


@kept()
@require_safe
def source(request: HttpRequest, lang: str, ref: str) -> HttpResponse:
    """Show a source: who published it, when and where, its own wording and its own figures."""
    rows = released(ref)
    return _shown(request, lang, rows, rows[0])


@kept()
@require_safe
def source_edition(request: HttpRequest, lang: str, ref: str, number: int) -> HttpResponse:
    """Show one edition of a source as it was sealed."""
    rows = released(ref)
    return _shown(request, lang, rows, _numbered(rows, number), is_permanent=True)


@kept()
@require_safe
def source_text(request: HttpRequest, lang: str, ref: str, number: int) -> HttpResponse:
    """Give the canonical form of an edition: exactly the bytes that its SHA-256 is of."""
    row = _numbered(released(ref), number)
    return HttpResponse(
        row.canonical.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"ETag": f'"{row.sha256}"', "X-Robots-Tag": "noindex"},
    )


def _numbered(rows: list[SourceEdition], number: int) -> SourceEdition:
    row = next((row for row in rows if row.number == number), None)
    if row is None:
        raise Http404("no released edition has this number")
    return row


def _shown(
    request: HttpRequest, lang: str, rows: list[SourceEdition], row: SourceEdition, *, is_permanent: bool = False
) -> HttpResponse:
    speaking = Speaking.of(request, lang)
    shown = Wording(row, speaking)
    statement = statement_of(row, lang)
    languages = in_all_languages(request, lang, "source", ref=shown.ref)
    return render_page(
        request,
        "reading/source.html",
        {
            "wording": shown,
            "edition": row,
            "standing": wording.standing_of_wording(row.completeness),
            "figures": shown.figures,
            "common_event": common_event(shown.figures),
            "statement": statement,
            "permalink": "" if statement else permalink_of(row),
            "editions": [Wording(each, speaking) for each in rows],
            "newest": rows[0],
            "is_permanent": is_permanent,
        },
        lang=lang,
        languages=languages,
        canonical=shown.path if is_permanent else None,
        is_indexed=not is_permanent,
        section="statements" if row.statement_id else "events",
    )
