"""Parts of files (RFC 9110, 14): who lost the connection in the middle of a large file goes on from there."""

import re
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))")


class _Part:
    """The next ``length`` bytes of an open file."""

    def __init__(self, file: Any, length: int) -> None:
        self.file, self.left, self.close = file, length, file.close

    def read(self, size: int) -> bytes:
        piece: bytes = self.file.read(min(size, self.left))
        self.left -= len(piece)
        return piece


def wanted(request: HttpRequest, size: int, etag: str) -> range | None:
    """Return which bytes of ``size`` are asked for; None for all of them. It is empty where there are no such bytes.

    Several parts at once are answered by the whole, as the RFC allows.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or found is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        return range(max(0, size - int(suffix)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def answer(request: HttpRequest, file: Any, etag: str, **about: Any) -> HttpResponseBase:
    """Give an open file, or the part of it that is asked for; ``about`` is as for Django's ``FileResponse``."""
    size = file.size
    part = wanted(request, size, etag)
    if part is None:
        response: HttpResponseBase = FileResponse(file, **about)
    elif not part:
        file.close()
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        file.seek(part.start)
        response = FileResponse(_Part(file, len(part)), status=206, **about)
        response["Content-Length"] = len(part)
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response
