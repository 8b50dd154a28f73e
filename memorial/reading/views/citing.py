"""An edition in the formats of reference managers and machines."""

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from memorial.reading import editions as found
from memorial.reading.citing import unapi as service
from memorial.reading.citing.cited import Cited
from memorial.reading.citing.formats import BY_SUFFIX, Format
from memorial.reading.converters import Ordinal
from memorial.reading.page_cache.declared import kept
from memorial.reading.paths import path_to
from memorial.reading.revalidation import revalidated

# What these views read of a query.
CITATION_PARAMETERS = ("edition",)
UNAPI_PARAMETERS = ("id", "format")


@kept(*CITATION_PARAMETERS)
@require_safe
def citation(request: HttpRequest, lang: str, sid: str, slug: str, suffix: str) -> HttpResponse:
    """Give a statement in one format: its newest edition in this language, or the released one that is asked for."""
    editions, row = found.in_language(sid, lang)
    query = ""
    if asked := request.GET.get("edition", ""):
        numbered = editions.numbered(lang, int(asked)) if re.fullmatch(Ordinal.regex, asked) else None
        if numbered is None:
            raise Http404("no released edition has this number")
        row, query = numbered, f"?edition={row.number}"
    if slug != row.statement.slug:
        own = {"lang": lang, "sid": sid, "slug": row.statement.slug, "suffix": suffix}
        return HttpResponsePermanentRedirect(path_to("citation", **own) + query)
    return _answer(request, Cited.read(row, editions, is_by_number=bool(query)), BY_SUFFIX[suffix])


@require_safe
def unapi(request: HttpRequest) -> HttpResponse:
    """Answer unAPI with the list of formats, or with an edition in one of them; 406 for a format that is not there."""
    identifier, name = request.GET.get("id", ""), request.GET.get("format", "")
    if not identifier:
        return HttpResponse(service.listing(), content_type=service.MEDIA_TYPE)
    cited = service.cited(identifier)
    if not name:
        return HttpResponse(service.listing(identifier), content_type=service.MEDIA_TYPE, status=300)
    if name not in service.FORMATS:
        return HttpResponse(service.listing(identifier), content_type=service.MEDIA_TYPE, status=406)
    return _answer(request, cited, service.FORMATS[name])


def _answer(request: HttpRequest, cited: Cited, form: Format) -> HttpResponse:
    """Write the edition in a format; nothing but the headers where the reader has it already."""
    said = cited.citation
    filename = f"{said.slug}-{said.language}-{said.edition}.{form.suffix}"
    response = HttpResponse(
        form.write(cited).encode(),
        content_type=f"{form.media_type}; charset=utf-8" if "json" not in form.media_type else form.media_type,
        headers={
            "Content-Disposition": f'{"attachment" if form.is_saved else "inline"}; filename="{filename}"',
            "Content-Language": said.language,
            "Link": f'<{cited.own_page}>; rel="describes"; type="text/html"',
            "X-Robots-Tag": "noindex",
        },
    )
    return revalidated(request, response)
