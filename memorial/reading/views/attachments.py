"""Files kept with statements: only those that a released edition names."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading import byte_ranges
from memorial.reading.paths import path_to
from memorial.statements.files import kept_name
from memorial.statements.models import Attachment
from memorial.statements.storage import StorageAway

logger = logging.getLogger(__name__)
# A file is somebody else's document: it is saved, not shown, and may do nothing in this site's name.
HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
def attachment(request: HttpRequest, sid: str, sha256: str, name: str) -> HttpResponseBase:
    """Give a file as it was kept, if a released edition of the statement names its SHA-256."""
    released = Edition.objects.released().filter(statement__sid=sid).order_by("-visible_from", "-pk")
    named = next(
        (
            each
            for attachments in released.values_list("facts__attachments", flat=True)
            for each in attachments or []
            if each["sha256"] == sha256
        ),
        None,
    )
    if named is None:
        raise Http404("no released edition names this file")
    if name != named["name"]:
        path = path_to("attachment", sid=sid, sha256=sha256, name=named["name"])
        return HttpResponsePermanentRedirect(path)
    etag = f'"{sha256}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    storage = Attachment._meta.get_field("file").storage
    try:
        # Not by the row, which an editor may delete: what an edition names stays in the storage.
        file = storage.open(kept_name(sha256, named["content_type"]), "rb")
    except FileNotFoundError:
        raise Http404("the file is not in the storage") from None
    except StorageAway as error:
        logger.error("The file %s could not be given: %s", sha256, error)
        message = _("The file cannot be given at the moment. Please try again in a few minutes.")
        headers = {**HEADERS, "Retry-After": "30", "Cache-Control": "no-store"}
        return HttpResponse(message, status=503, content_type="text/plain; charset=utf-8", headers=headers)
    return byte_ranges.answer(
        request, file, etag,
        as_attachment=True, filename=named["name"], content_type=named["content_type"], headers=HEADERS,
    )  # fmt: skip
