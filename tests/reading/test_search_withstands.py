"""What the search withstands: words that are code, parameters that mean nothing, ten thousand characters."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from memorial.accounts.models import User
from memorial.reading.search.wish import PARAMETERS

from .searched import Archive, archive, hits, inside, page, stated, text_of

__all__ = ["archive"]


def test_what_cannot_be_meant_is_named_beside_its_field(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/?q=library&issued_from=2024-13&year=20x&issuer=*&in=no+language&kind=x", status=400)
    said = {item.get("id"): text_of(item) for item in inside(root, "problems", "//li")}
    assert said["problem-issued_from"] == (
        "“2024-13” This is not a date. Write a year, a month or a day: 2024, 2024-01 or 2024-01-19."
    )
    assert said["problem-year"] == "“20x” This is not a year. Write four digits, such as 2024."
    assert said.keys() == {f"problem-{name}" for name in ("issued_from", "year", "issuer", "in", "kind")}
    for link in inside(root, "problems", "//a"):
        assert root.get_element_by_id(link.get("href")[1:]) is not None
    assert root.get_element_by_id("search-issued_from").get("value") == "2024-13"
    assert root.get_element_by_id("search-issued_from").get("aria-invalid") == "true"
    assert root.get_element_by_id("search-q").get("value") == "library"
    assert not hits(root)


HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "a" * 10_000, "ə " * 5_000,
    "\0", "a\0b",
    '"', '"unclosed', "-", "- - -", "-a", "* OR *", "NEAR(a b)", "a AND", "';DROP TABLE x;--", "%", "\\",
    "\u202e", "\U0010ffff",
    "\ud800", "\x1f\x0b", "(((((", "a:b", "^a", "🕯", "한국", "\u200c",
)  # fmt: skip


@pytest.mark.parametrize("q", HOSTILE)
def test_no_words_break_the_page_or_stand_in_it_as_code(client: Client, archive: Archive, q: str) -> None:
    query = urlencode({"q": q}, errors="surrogatepass")
    for path in ("search/", "search.json", "search.csv", "search.atom"):
        response = client.get(f"/en/{path}?{query}")
        assert response.status_code in (200, 400), path
        assert path != "search/" or response.status_code == 200
        if response["Content-Type"].startswith("text/html"):
            content = response.content.decode()
            assert "<script" not in content
            assert "<img" not in content
            assert len(content) < 40_000


VALUES = ("\0", "x" * 10_000, "<script>", "9" * 500, "٢٠٢٤", "2024-02-31", "a\0b'\"")


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_no_parameter_breaks_the_page(client: Client, name: str) -> None:
    for value in VALUES:
        response = client.get("/en/search/", {"q": "a", name: value})
        assert response.status_code in (200, 400, 404), value
        assert b"<script" not in response.content
        for path in ("search.json", "search.csv", "search.atom"):
            status = client.get(f"/en/{path}", {"q": "a", name: value}).status_code
            assert status == response.status_code or (status == 400 and not value.strip("\0")), (path, value)


def test_long_words_are_cut_and_it_is_said(client: Client, archive: Archive) -> None:
    root = page(client, f"/en/search/?q={'library ' * 100}")
    assert "This was too long: only its beginning is searched for." in text_of(root)
    assert len(root.get_element_by_id("search-q").get("value")) <= 200


def test_a_title_and_a_text_are_never_code(client: Client, publisher: User) -> None:
    words = {"en": ("A <b>bold</b> title & more", "<p>Less &lt;script&gt;alert(1)&lt;/script&gt; is more.</p>")}
    stated(publisher, "bold", words)
    response = client.get("/en/search/?q=more")
    content = response.content.decode()
    assert "A &lt;b&gt;bold&lt;/b&gt; title &amp; <mark>more</mark>" in content
    assert "Less &lt;script&gt;alert(1)&lt;/script&gt; is <mark>more</mark>." in content
