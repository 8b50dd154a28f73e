"""Kept copies: an answer is known by an ETag of its bytes, and who has these very bytes is told so (RFC 9110, 13)."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe


def revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the answer with its ETag; 304, without its bytes, where the asker has it already."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    modified = parse_http_date_safe(response["Last-Modified"]) if "Last-Modified" in response else None
    return get_conditional_response(request, etag, modified, response) or response
