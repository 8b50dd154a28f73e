"""The sitemap: every page in each of its languages, in parts when there are many."""

from xml.etree import ElementTree as ET  # our own output

import pytest
from django.test import Client

from memorial.accounts.models import User
from memorial.reading import sitemaps
from memorial.statements.models import Statement

from .conftest import address, published

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def test_every_page_is_listed_with_its_alternates(client: Client, statement: Statement) -> None:
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    listed = {url.findtext(f"{SITEMAP}loc"): url for url in root}
    entry = listed[f"http://memorial.test{address(statement, 'en')}"]
    alternates = {link.get("hreflang"): link.get("href") for link in entry.findall(LINK)}
    assert alternates == {
        "az": f"http://memorial.test{address(statement, 'az')}",
        "en": f"http://memorial.test{address(statement, 'en')}",
        "x-default": f"http://memorial.test/s/{statement.sid}",
    }
    assert entry.findtext(f"{SITEMAP}lastmod")
    assert "http://memorial.test/fa/issuers/example-ministry/" in listed
    for path in listed:
        assert path is not None
        assert client.get(path.removeprefix("http://memorial.test")).status_code == 200, path


def test_a_large_sitemap_is_an_index_of_parts(client: Client, publisher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    statements = [published(publisher, slug=f"example-{number}") for number in range(3)]
    monkeypatch.setattr(sitemaps, "STATEMENTS_IN_A_PART", 2)
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    assert root.tag == f"{SITEMAP}sitemapindex"
    parts = [each.findtext(f"{SITEMAP}loc") or "" for each in root]
    # A part is a range of keys, and nobody knows which keys the database has given out.
    numbers = sorted({-(-each.pk // 2) for each in statements})
    names = ["sitemap-pages.xml", *(f"sitemap-{number}.xml" for number in numbers)]
    assert [part.rsplit("/", 1)[1] for part in parts] == names
    together = "".join(client.get(part.removeprefix("http://memorial.test")).content.decode() for part in parts)
    assert all(together.count(f"<loc>http://memorial.test{address(each, 'en')}</loc>") == 1 for each in statements)
    assert client.get(f"/sitemap-{numbers[-1] + 1}.xml").status_code == 404
