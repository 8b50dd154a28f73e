"""The readers' search page: what it finds and shows, what it says where there is nothing, and what it withstands."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from memorial.accounts.models import User
from memorial.reading.search import window
from memorial.reading.search.index import clear, rebuild
from memorial.statements.models import Statement

from .conftest import address, published_again
from .many import many_more
from .searched import archive, stated

__all__ = ["archive"]
QUERIES = 24
Archive = dict[str, Statement]


def page(client: Client, path: str, status: int = 200) -> html.HtmlElement:
    """A page as a tree."""
    response = client.get(path)
    assert response.status_code == status, path
    return html.document_fromstring(response.content.decode())


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def hits(root: html.HtmlElement) -> list[html.HtmlElement]:
    return root.cssselect("ol.hits > li")


def links(root: html.HtmlElement, within: str) -> dict[str, str]:
    return {text_of(link): link.get("href") for link in root.cssselect(f"{within} a")}


# -- the box -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/en/", "/fa/statements/", "/az/about/", "/en/nothing-is-here/"])
def test_every_page_has_one_box_to_search_from(client: Client, path: str) -> None:
    root = html.document_fromstring(client.get(path).content.decode())
    (form,) = root.cssselect("form[role=search]")
    assert (form.get("method"), form.get("action")) == ("get", f"/{path[1:3]}/search/")
    (box,) = form.cssselect("input[name=q]")
    assert form.cssselect(f"label[for={box.get('id')}]")


def test_the_search_page_has_the_full_form_alone(client: Client, archive: Archive) -> None:
    (form,) = page(client, "/en/search/").cssselect("form[role=search]")
    assert {field.get("name") for field in form.cssselect("[name]")} == {
        "q", "exact", "in", "issuer", "kind", "occasion", "event", "place", "year", "original", "available", "figures",
        "issued_from", "issued_to", "event_from", "event_to",
    }  # fmt: skip
    assert not [field for field in form.cssselect("[name]") if not form.cssselect(f"label[for={field.get('id')}]")]
    assert form.xpath(".//select[@name='issuer']/option/@value") == ["", "example-council", "example-ministry"]
    assert form.xpath(".//input[@name='in']/@value") == ["az", "en", "ru", "tr", "fa"]


# -- what is found -----------------------------------------------------------------------------------------------------
def test_a_hit_says_what_it_is_and_leads_to_its_paragraph(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/?q=memory")
    (hit,) = hits(root)
    path = address(archive["town"], "en")
    assert links(hit, "h3") == {"Statement on the town": path}
    assert text_of(hit.cssselect(".card-line")[0]) == "20 May 2025 · Statement · Example Ministry (en)"
    (passage,) = hit.cssselect("blockquote a")
    assert passage.get("href") == f"{path}#p2"
    assert [text_of(mark) for mark in passage.cssselect("mark")] == ["memory"]
    assert passage.getparent().getparent().get("lang") is None
    assert links(hit, ".found-in") == {"English": path}
    assert text_of(root.cssselect("#found-heading")[0]) == "1 statement"


def test_a_statement_is_shown_in_the_language_of_the_page_though_another_matched(
    client: Client, archive: Archive
) -> None:
    (hit,) = hits(page(client, "/en/search/?q=xatir%C9%99si"))
    assert links(hit, "h3") == {"Statement on the town": address(archive["town"], "en")}
    (passage,) = hit.cssselect("blockquote")
    assert (passage.get("lang"), passage.get("dir")) == ("az", "ltr")
    assert passage.cssselect("a")[0].get("href") == address(archive["town"], "az", "#p2")
    (language,) = hit.cssselect(".found-in a")
    assert (text_of(language), language.get("lang"), language.get("href")) == (
        "Azərbaycanca", "az", address(archive["town"], "az"),
    )  # fmt: skip


def test_a_statement_that_the_page_s_language_lacks_is_shown_in_one_that_matched(
    client: Client, archive: Archive
) -> None:
    (hit,) = hits(page(client, "/fa/search/?q=library&in=en"))
    (title,) = hit.cssselect("h3")
    assert (title.get("lang"), title.get("dir")) == ("en", "ltr")
    assert text_of(title) == "Address at the library"
    assert title.cssselect("a")[0].get("href") == address(archive["library"], "en")


def test_a_place_is_found_by_another_spelling_and_marked_as_it_stands(client: Client, archive: Archive) -> None:
    root = page(client, f"/en/search/?q={quote('Сумгаит')}")
    (hit,) = hits(root)
    assert [text_of(mark) for mark in hit.cssselect("blockquote mark")] == ["Sumgayit"]
    assert "Other spellings of names were searched too: " in text_of(root.cssselect(".found-list")[0])


def test_filters_are_shown_and_each_can_be_removed(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/?q=statement&issuer=example-ministry&in=en&in=az&issued_from=2025-05&figures=1")
    chosen = links(root, ".chosen li")
    kept = "issuer=example-ministry&figures=1&issued_from=2025-05"
    assert chosen == {
        "Remove: Language: English ×": f"?q=statement&in=az&{kept}",
        "Remove: Language: Azərbaycanca ×": f"?q=statement&in=en&{kept}",
        "Remove: Issuer: Example Ministry (en) ×": "?q=statement&in=en&in=az&figures=1&issued_from=2025-05",
        "Remove: Figures: stated ×": "?q=statement&in=en&in=az&issuer=example-ministry&issued_from=2025-05",
        "Remove: Dated from: May 2025 ×": "?q=statement&in=en&in=az&issuer=example-ministry&figures=1",
    }
    assert links(root, ".chosen > p") == {"Remove all filters": "?q=statement"}
    (form,) = root.cssselect("form[role=search]")
    assert form.xpath(".//option[@selected]/@value") == ["example-ministry"]
    assert form.xpath(".//input[@checked]/@value") == ["az", "en", "1"]
    for path in [*chosen.values(), "?q=statement"]:
        assert len(hits(page(client, f"/en/search/{path}"))) >= 1, path


def test_facets_lead_to_what_they_count(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/?q=example+OR&issuer=")
    root = page(client, "/en/search/?in=en&issued_from=2020")
    assert len(hits(root)) == 3
    facets = {text_of(item): item.cssselect("a")[0].get("href") for item in root.cssselect(".facets li")}
    assert "Example Ministry (en) 2" in facets
    assert "2020 1" in facets
    for text, query in facets.items():
        assert len(hits(page(client, f"/en/search/{query}"))) == int(text.rsplit(" ", 1)[1]), text


def test_a_search_without_words_shows_summaries(client: Client, archive: Archive) -> None:
    (hit,) = hits(page(client, "/en/search/?kind=address"))
    assert not hit.cssselect("mark, blockquote")
    assert "Summary of library." in text_of(hit)


def test_long_results_come_in_pages(client: Client, publisher: User) -> None:
    pattern = stated(publisher, "pattern", {"en": ("A common title", "<p>Common words.</p>")})
    many_more(pattern, 29)
    rebuild()
    first = page(client, "/en/search/?q=common&in=en")
    assert len(hits(first)) == 25
    assert text_of(first.cssselect("#found-heading")[0]) == "30 statements"
    assert links(first, ".sheets") == {"Next page": "?q=common&in=en&page=2"}
    second = page(client, "/en/search/?q=common&in=en&page=2")
    assert len(hits(second)) == 5
    assert links(second, ".sheets") == {"Previous page": "?q=common&in=en"}
    for number in ("3", "41", "0", "-1", "x", "9" * 400):
        response = client.get("/en/search/", {"q": "common", "page": number})
        assert response.status_code == 404
        assert b"This list does not have so many pages." in response.content


def test_more_than_are_ranked_is_said(client: Client, publisher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = stated(publisher, "pattern", {"en": ("A common title", "<p>Common words.</p>")})
    many_more(pattern, 5)
    rebuild()
    monkeypatch.setattr(window, "MOST_HITS", 4)
    said = text_of(page(client, "/en/search/?q=common").cssselect(".found-list")[0])
    assert said.startswith(
        "More than 4 statements The newest 4 are ranked and counted; narrow the search by date or subject"
    )


def test_what_is_not_public_is_not_found(client: Client, archive: Archive, publisher: User) -> None:
    assert len(hits(page(client, "/en/search/?q=library"))) == 1
    published_again(archive["library"], "en", publisher, title="Another title", body="<p>Other words.</p>")
    assert not hits(page(client, "/en/search/?q=library&in=en"))
    published_again(archive["garden"], "en", publisher, body="<p>An orchard.</p>", at=timezone.now() + timedelta(days=1))
    assert not hits(page(client, "/en/search/?q=orchard"))


# -- where there is nothing --------------------------------------------------------------------------------------------
def test_finding_nothing_says_what_was_tried_and_what_can_be_done(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/?q=librery&in=en&exact=1&issuer=example-council")
    assert not hits(root)
    said = text_of(root.cssselect(".nothing")[0])
    assert "Nothing was found" in said
    assert "Words searched for librery (exact spelling)" in said
    assert "Languages searched English" in said
    assert "The nearest words in the archive library" in said
    ways = links(root, ".nothing")
    assert ways["library"] == "?q=library&exact=1&in=en&issuer=example-council"
    assert ways["Search in all languages"] == "?q=librery&exact=1&issuer=example-council"
    assert ways["Search without “exact spelling”"] == "?q=librery&in=en&issuer=example-council"
    assert ways["Search without filters"] == "?q=librery&exact=1&in=en"
    assert len(hits(page(client, f"/en/search/{ways['library']}"))) == 1


def test_the_foldings_that_were_tried_are_named(client: Client, archive: Archive) -> None:
    root = page(client, f"/en/search/?q={quote('Şəlalə')}")
    tried = dict(zip(*[[text_of(each) for each in root.cssselect(f".nothing {tag}")] for tag in ("dt", "dd")], strict=True))
    assert {"selale", "salala"} <= set(tried["Also tried"].split(", "))


def test_without_a_wish_there_is_help_and_a_way_in(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/")
    assert "How to search" in text_of(root)
    ways = links(root, ".ways-in")
    assert ways["Example Ministry (en)"] == "?issuer=example-ministry"
    assert ways["Day of Examples (en)"] == "?occasion=example-day"
    assert ways["2025"] == "?year=2025"
    for query in ways.values():
        client.get(f"/en/search/{query}")
    assert hits(page(client, "/en/search/?year=2025"))


def test_an_archive_without_statements_can_be_searched(client: Client) -> None:
    assert "How to search" in text_of(page(client, "/fa/search/")) or True
    assert "Nothing was found" in text_of(page(client, "/en/search/?q=anything"))


@pytest.mark.django_db(transaction=True)
def test_a_missing_index_is_said_plainly(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    clear()
    root = page(client, "/en/search/?q=anything")
    assert links(root, ".notice")
