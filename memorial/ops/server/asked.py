"""What the headers of a request say about whoever asks."""

from django.conf import settings


def is_about_one_reader(name: bytes, value: bytes) -> bool:
    """Say whether a header makes the answer one reader's own: a session, or a password."""
    return name == b"authorization" or (name == b"cookie" and settings.SESSION_COOKIE_NAME.encode() in value)


def wants_body_unchanged(name: bytes, value: bytes) -> bool:
    """Say whether a header asks for a part, sends a body or leaves HTTP: nothing of that is answered by a kept page."""
    return name in (b"range", b"if-range", b"transfer-encoding", b"expect", b"upgrade") or (
        name == b"content-length" and value.strip() != b"0"
    )
