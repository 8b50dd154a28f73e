"""What the headers of a request say about whoever asks."""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings


class Asked(NamedTuple):
    """A request that a kept page may answer: which page is asked for, and in what form."""

    method: bytes
    host: str
    path: str
    query: str
    accepted: bytes  # encodings
    known: bytes  # what the client has already


def asked_of_everybody(method: bytes, url: bytes, headers: Iterable[tuple[bytes, bytes]]) -> Asked | None:
    """Return what is asked; None when only Django can answer, because it is about one reader or unusual."""
    if method not in (b"GET", b"HEAD"):
        return None
    host, accepted, known = None, b"", b""
    for name, value in headers:
        if name == b"host":
            if host is not None:
                return None
            host = value
        elif name == b"accept-encoding":
            accepted = accepted + b"," + value if accepted else value
        elif name == b"if-none-match":
            known = value
        elif is_about_one_reader(name, value) or wants_body_unchanged(name, value):
            return None
    if host is None:
        return None
    path, _, query = url.partition(b"?")
    return Asked(
        method, host.decode("latin-1").lower(), path.decode("latin-1"), query.decode("latin-1"), accepted, known
    )


def is_about_one_reader(name: bytes, value: bytes) -> bool:
    """Say whether a header makes the answer one reader's own: a session, or a password."""
    return name == b"authorization" or (name == b"cookie" and settings.SESSION_COOKIE_NAME.encode() in value)


def wants_body_unchanged(name: bytes, value: bytes) -> bool:
    """Say whether a header asks for a part, sends a body or leaves HTTP: nothing of that is answered by a kept page."""
    return name in (b"range", b"if-range", b"transfer-encoding", b"expect", b"upgrade") or (
        name == b"content-length" and value.strip() != b"0"
    )
