"""The picture that a link to a statement shows elsewhere."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading.citing.card.kept import kept_card

HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",  # its address holds the SHA-256 of what it shows
    "Cross-Origin-Resource-Policy": "cross-origin",  # it is made to be shown elsewhere
    "X-Robots-Tag": "noindex",
}


@require_safe
def card(request: HttpRequest, sid: str, sha256: str) -> HttpResponse:
    """Give the card of a released edition, as a PNG of 1200 by 630."""
    released = Edition.objects.released().filter(statement__sid=sid, sha256=sha256)
    edition = released.select_related("statement").defer("body", "canonical", "summary").first()
    if edition is None:
        raise Http404("no released edition has this SHA-256")
    etag = f'"{sha256}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    return HttpResponse(kept_card(edition), content_type="image/png", headers={**HEADERS, "ETag": etag})
