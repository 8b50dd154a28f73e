"""Two editions of one text compared."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading import editions as found
from memorial.reading import withdrawn
from memorial.reading.addresses import of_statement, permalink
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.study.changes import by_place, changes_in_words
from memorial.reading.study.redline import marked, redline
from memorial.text.difference import block_difference, word_difference


@kept()
@require_safe
def difference(request: HttpRequest, *, lang: str, sid: str, slug: str, before: int, after: int) -> HttpResponse:
    """Show what changed from one released edition to a later one: in a list, and in the text."""
    editions, newest = found.in_language(sid, lang)
    if editions.numbered(lang, before) is None or editions.numbered(lang, after) is None:
        raise Http404("no released edition has this number")
    if before == after:
        return HttpResponsePermanentRedirect(of_statement(newest, "edition", number=before))
    if slug != newest.statement.slug or before > after:
        before, after = sorted((before, after))
        return HttpResponsePermanentRedirect(of_statement(newest, "difference", before=before, after=after))
    rows = editions.by_language[lang]
    old, new = _in_full(newest, before, after)
    return render_page(
        request,
        "reading/difference.html",
        {
            "old": old,
            "new": new,
            "withdrawal": withdrawn.notice(new),
            "facts": new.facts,
            "address_of_old": of_statement(old, "edition", number=before),
            "address_of_new": of_statement(new, "edition", number=after),
            "address_of_history": of_statement(new, "history"),
            "address_of_newest": of_statement(new),
            "steps": [row for row in reversed(rows) if before < row.number <= after],
            "places": by_place(changes_in_words(old, new)),
            "title": marked(word_difference(old.title, new.title)),
            "paragraphs": [
                (change, redline(block, change.pieces))
                for change in block_difference(old.body, new.body)
                if (block := change.new or change.old)
            ],
        },
        lang=lang,
        languages=editions.alternates(request, lang, "history"),
        default=permalink(sid),
        section="statements",
        canonical=of_statement(newest),
        is_indexed=False,
    )


def _in_full(row: Edition, before: int, after: int) -> tuple[Edition, Edition]:
    """Both editions with their texts and facts, by one query."""
    both = Edition.objects.released().filter(
        statement=row.statement_id, language=row.language, number__in=(before, after)
    )
    old, new = both.select_related("statement").defer("canonical").with_withdrawal_key().order_by("number")
    return old, new
