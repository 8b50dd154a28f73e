"""A kept page: its bytes as clients want them, on the way between processes, and in the generations that follow."""

import gzip

import brotli
import pytest

from memorial.reading.page_cache.page import from_bytes, make, press, to_bytes

HTML = (("Content-Type", "text/html; charset=utf-8"),)
BODY = "<p>Bəyanat. Заявление. بیانیه.</p>".encode() * 40
LONG = "".join(f"<p>Bəyanat {number**2}, {number % 7}. Заявление {number**3}.</p>" for number in range(300)).encode()


def test_a_page_is_given_as_a_client_wants_it() -> None:
    page = make(1, HTML, BODY, modified=1_700_000_000)
    for accepted, unpack in (
        (b"gzip, deflate, br", brotli.decompress),
        (b"gzip", gzip.decompress),
        (b"br;q=0, gzip", gzip.decompress),
        (b"gzip;q=0, br;q=0", bytes),
        (b"", bytes),
    ):
        variant = page.variant(accepted)
        assert unpack(variant.body) == BODY
        assert b"Vary: Accept-Encoding\r\n" in variant.head
        assert b"Content-Length: %d\r\n" % len(variant.body) in variant.head
        assert page.is_known(variant.etag)
        assert page.is_known(b"W/" + variant.etag)
    assert not page.is_known(b'"another"')


def test_a_page_passes_between_processes_whole_or_not_at_all() -> None:
    page = make(7, HTML, BODY, modified=1_700_000_000)
    written = to_bytes(page)
    assert from_bytes(7, written) == page
    assert from_bytes(7, to_bytes(press(page))) == press(page)
    for piece in (b"", written[:-1], written[:20]):
        with pytest.raises(ValueError):  # noqa: PT011 whichever part is missing
            from_bytes(7, piece)


def test_what_has_not_changed_keeps_its_date_and_its_name() -> None:
    before = make(1, HTML, BODY, modified=1_700_000_000)
    same, other = (make(2, HTML, body, modified=1_800_000_000, before=before) for body in (BODY, BODY + b"."))
    assert (same.last_modified, same.digest) == (before.last_modified, before.digest)
    assert same.is_as(before)
    assert not other.is_as(before)
    assert all(same.variants[encoding].body is each.body for encoding, each in before.variants.items())
    assert (other.last_modified, other.digest == before.digest) == (1_800_000_000, False)


# -- What pages depend on ----------------------------------------------------------------------------------------------
def test_a_pressed_page_is_the_same_page_in_fewer_bytes() -> None:
    before = make(1, HTML, LONG, modified=1_700_000_000)
    page = press(before)
    small, quick = page.variant(b"br"), before.variant(b"br")
    assert len(small.body) < len(quick.body)
    assert brotli.decompress(small.body) == LONG
    assert b"Content-Length: %d\r\n" % len(small.body) in small.head
    assert small.etag != quick.etag  # a strong name is of the very bytes
    assert page.is_known(quick.etag)
    assert page.variant(b"gzip") == before.variant(b"gzip")
    assert page.variant(b"").body == LONG
    # What has not changed stays pressed in the generations to come.
    again = make(2, HTML, LONG, modified=1_800_000_000, before=page)
    assert again.is_as(page)
    assert not make(2, HTML, LONG + b".", modified=1_800_000_000, before=page).is_pressed
