"""A statement in two languages side by side, as a page and as files."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading import editions as found
from memorial.reading.addresses import Alternate, absolute, of_statement, permalink
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.study import exchange
from memorial.reading.study import parallel as study


@kept()
@require_safe
def parallel(request: HttpRequest, lang: str, sid: str, slug: str, lang2: str) -> HttpResponse:
    """Show the statement in the language of the page, and another one beside it."""
    editions, first, second = _both(sid, lang, lang2)
    if lang == lang2:
        return HttpResponsePermanentRedirect(of_statement(first))
    if slug != first.statement.slug:
        return HttpResponsePermanentRedirect(of_statement(first, "parallel", lang2=lang2))
    reading = study.of(first, second)
    alternates = editions.alternates(request, lang)
    return render_page(
        request,
        "reading/parallel.html",
        {
            "reading": reading,
            "facts": reading.first.facts,
            "permalink": absolute(permalink(sid)),
            "swapped": of_statement(second, "parallel", lang2=lang),
            "others": [
                (each, of_statement(first, "parallel", lang2=each.tag))
                for each in alternates
                if each.path and each.tag not in (lang, lang2)
            ],
            "files": {name: of_statement(first, name, lang2=lang2) for name in ("parallel_tsv", "parallel_tmx")},
        },
        lang=lang,
        languages=[_alternate(each, editions, lang, lang2) for each in alternates],
        default=permalink(sid),
        section="statements",
        canonical=of_statement(first),
        is_indexed=False,
    )


@kept()
@require_safe
def parallel_tsv(request: HttpRequest, lang: str, sid: str, slug: str, lang2: str) -> HttpResponse:
    """Give both texts as tab-separated values."""
    return _file(
        lang, sid, lang2, suffix="tsv", content_type="text/tab-separated-values; charset=utf-8", write=exchange.tsv
    )


@kept()
@require_safe
def parallel_tmx(request: HttpRequest, lang: str, sid: str, slug: str, lang2: str) -> HttpResponse:
    """Give both texts as a translation memory."""
    return _file(lang, sid, lang2, suffix="tmx", content_type="application/x-tmx+xml", write=exchange.tmx)


def _file(
    lang: str, sid: str, lang2: str, *, suffix: str, content_type: str, write: Callable[[study.Reading], str | bytes]
) -> HttpResponse:
    _editions, first, second = _both(sid, lang, lang2)
    if lang == lang2:
        raise Http404("a text is not put beside itself")
    reading = study.of(first, second)
    name = f"{sid}-{lang}-{lang2}.{suffix}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Language": f"{lang}, {lang2}",
        "ETag": f'"{first.sha256[:32]}-{second.sha256[:32]}"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(write(reading), content_type=content_type, headers=headers)


def _both(sid: str, lang: str, lang2: str) -> tuple[found.StatementEditions, Edition, Edition]:
    """Both newest editions, light, by one query. Raises NotInThisLanguage for whichever is missing, or Http404."""
    editions, first = found.in_language(sid, lang)
    second = editions.newest(lang2)
    if second is None:
        raise found.NotBeside(editions, lang2)
    return editions, first, second


def _alternate(each: Alternate, editions: found.StatementEditions, lang: str, lang2: str) -> Alternate:
    """The same two texts for readers of another language: where it is one of the two, it comes first."""
    row = editions.newest(each.tag)
    path = of_statement(row, "parallel", lang2=lang if each.tag == lang2 else lang2) if row else ""
    return Alternate(each.tag, path, each.is_current, each.is_original)
