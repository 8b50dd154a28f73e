"""The results of a search for programs: JSON, CSV and Atom, each parsed as a reader of it does."""

import csv
import json
from datetime import timedelta
from io import StringIO
from urllib.parse import quote

import feedparser
import time_machine
from django.test import Client
from django.utils import timezone
from lxml import etree

from memorial.accounts.models import User
from memorial.reading.search.index import rebuild

from .conftest import a_place, address, an_event, published_again
from .many import many_more
from .searched import Archive, archive, page, stated

__all__ = ["archive"]
SITE = "http://memorial.test"


def table(client: Client, query: str) -> list[dict[str, str]]:
    response = client.get(f"/en/search.csv{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/csv; charset=utf-8")
    return list(csv.DictReader(StringIO(response.content.decode(), newline=""), strict=True))


def test_the_page_announces_its_formats(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/?q=memory&in=en&page=1")
    announced = {link.get("type"): link.get("href") for link in root.xpath("/html/head/link[@rel='alternate']")}
    assert announced == {
        "application/json": "/en/search.json?q=memory&in=en",
        "text/csv": "/en/search.csv?q=memory&in=en",
        "application/atom+xml": "/en/search.atom?q=memory&in=en",
    }
    for kind, path in announced.items():
        response = client.get(path)
        assert (response.status_code, response["Content-Type"].split(";")[0]) == (200, kind)
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Content-Language"] == "en"


# -- JSON --------------------------------------------------------------------------------------------------------------
def test_json_says_what_was_asked_and_what_was_found(client: Client, archive: Archive) -> None:
    response = client.get("/en/search.json?q=memory&in=en&kind=statement&figures=1")
    town, path = archive["town"], SITE + address(archive["town"], "en")
    pairs = json.loads(response.content, object_pairs_hook=list)
    assert [name for name, _value in pairs] == [
        "address", "page_for_readers", "language", "asked", "also_tried", "is_index_missing", "is_index_incomplete",
        "total", "is_capped", "page", "pages", "previous", "next", "hits",
    ]  # fmt: skip
    found = response.json()
    assert found["page_for_readers"] == f"{SITE}/en/search/?q=memory&in=en&kind=statement&figures=1"
    assert found["asked"] == {
        "words": "memory",
        "is_exact": False,
        "languages": ["en"],
        "filters": {"kind": "statement", "has_figures": True},
    }
    assert (found["total"], found["is_capped"], found["page"], found["pages"]) == (1, False, 1, 1)
    (hit,) = found["hits"]
    passage = hit.pop("passage")
    assert hit == {
        "id": town.sid,
        "address": f"{SITE}/s/{town.sid}",
        "page": path,
        "title": "Statement on the town",
        "language": "en",
        "date": "2025-05-20",
        "kind": "statement",
        "issuer": {"slug": "example-ministry", "name": "Example Ministry (en)", "language": "en"},
        "found_in": [{"language": "en", "page": path}],
        "attribution": (f"Example Ministry (en), “Statement on the town”, 20 May 2025. Memorial, {SITE}/s/{town.sid}"),
    }
    assert (passage["language"], passage["paragraph"], passage["address"]) == ("en", "p2", f"{path}#p2")
    assert passage["text"] == "It honours the memory of the dead of Sumgayit."
    assert [passage["text"][start:end] for start, end in passage["marks"]] == ["memory"]


def test_json_leads_from_page_to_page(client: Client, publisher: User) -> None:
    words = {"en": ("A common title", "<p>Common words.</p>")}
    many_more(stated(publisher, "pattern", words, events=[an_event()], places=[a_place()]), 100)
    rebuild()
    first = client.get("/en/search.json?q=common").json()
    assert (first["total"], first["pages"], first["previous"]) == (101, 2, None)
    second = client.get(first["next"].removeprefix(SITE)).json()
    assert (second["page"], second["next"]) == (2, None)
    assert client.get(second["previous"].removeprefix(SITE)).json()["hits"] == first["hits"]
    ids = [hit["id"] for hit in (*first["hits"], *second["hits"])]
    assert len(set(ids)) == len(ids) == 101
    assert client.get("/en/search.json?q=common&page=3").status_code == 404


def test_what_cannot_be_meant_is_said_to_programs_too(client: Client) -> None:
    response = client.get("/en/search.json?q=a&issued_to=31.12.2024")
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == ["issued_to"]
    for name in ("csv", "atom"):
        response = client.get(f"/en/search.{name}?q=a&issued_to=31.12.2024")
        assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
        assert response.content.startswith(b"issued_to: This is not a date.")
    assert client.get("/en/search.json").json()["errors"][0]["parameter"] == "q"


# -- CSV ---------------------------------------------------------------------------------------------------------------
def test_csv_has_a_row_for_each_statement_with_its_address_and_attribution(client: Client, archive: Archive) -> None:
    rows = {row["id"]: row for row in table(client, "?in=en&in=az&issued_from=2020")}
    assert len(rows) == 3
    town = archive["town"]
    row = table(client, f"?q={quote('xatirəsi')}")[0]
    assert (row["id"], row["address"], row["title"]) == (town.sid, f"{SITE}/s/{town.sid}", "Statement on the town")
    assert (row["found_in"], row["passage_language"], row["paragraph"]) == ("az", "az", "p2")
    assert row["passage_address"] == SITE + address(town, "az", "#p2")
    assert row["passage"] == "Sumqayıtda həlak olanların xatirəsi anılır."
    assert row["attribution"].endswith(f", {SITE}/s/{town.sid}")
    assert {row["date"] for row in rows.values()} == {"2025-05-20", "2020-09-21", "2021-03"}


def test_no_cell_of_a_table_is_a_formula(client: Client, publisher: User) -> None:
    stated(publisher, "formula", {"en": ("=HYPERLINK(1) formula", "<p>+1 formula</p>")})
    (row,) = table(client, "?q=formula")
    assert (row["title"], row["passage"]) == ("'=HYPERLINK(1) formula", "'+1 formula")


# -- Atom --------------------------------------------------------------------------------------------------------------
def test_atom_is_read_by_a_reader_of_feeds(client: Client, archive: Archive) -> None:
    feed = feedparser.parse(client.get("/en/search.atom?q=sumgayit").content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "Search: sumgayit"
    links = {link["rel"]: link["href"] for link in feed.feed.links}
    assert links == {
        "self": f"{SITE}/en/search.atom?q=sumgayit",
        "alternate": f"{SITE}/en/search/?q=sumgayit",
    }
    (entry,) = feed.entries
    assert entry.title == "Statement on the town"
    assert entry.link == SITE + address(archive["town"], "en")
    assert entry.author == "Example Ministry (en)"
    assert entry.summary == "It honours the memory of the dead of Sumgayit."


def test_ids_of_a_feed_never_change(client: Client, archive: Archive, publisher: User) -> None:
    before = feedparser.parse(client.get("/en/search.atom?q=library").content)
    assert [entry.id for entry in before.entries] == [f"tag:memorial.test,2026:statement/{archive['library'].sid}"]
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        published_again(archive["library"], "en", publisher, title="The library", body="<p>The library.</p>")
        after = feedparser.parse(client.get("/en/search.atom?q=library").content)
    assert [entry.id for entry in after.entries] == [entry.id for entry in before.entries]
    assert after.entries[0].updated > before.entries[0].updated
    assert after.feed.id == before.feed.id
    assert feedparser.parse(client.get("/en/search.atom?q=garden").content).feed.id != before.feed.id
    assert client.get("/en/search.atom?q=library").content == client.get("/en/search.atom?q=library").content


def test_a_feed_of_strange_words_is_still_xml(client: Client, archive: Archive) -> None:
    for words in ("<a>&\"'", "a\x1f\x0bb", "]]>", "\ufffe", "🕯"):
        response = client.get("/en/search.atom", {"q": words})
        assert response.status_code == 200
        etree.fromstring(response.content)
