"""The readers’ search page: what it finds and shows, and what it says where there is nothing."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
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
from memorial.reading.search.index import need_rebuild, rebuild
from memorial.reading.search.schema import backend

from .conftest import a_place, address, an_event, published_again
from .many import many_more
from .searched import Archive, archive, hits, inside, links, page, stated, text_of

__all__ = ["archive"]
QUERIES = 24
COMMON = {"en": ("A common title", "<p>Common words.</p>"), "az": ("Ümumi başlıq", "<p>Ümumi sözlər.</p>")}


# -- the box -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/en/", "/fa/statements/", "/az/about/", "/en/nothing-is-here/"])
def test_every_page_has_one_box_to_search_from(client: Client, path: str) -> None:
    root = html.document_fromstring(client.get(path).content.decode())
    (form,) = root.xpath("//form[@role='search']")
    assert (form.get("method", "get"), form.get("action")) == ("get", f"/{path[1:3]}/search/")
    (box,) = form.xpath(".//input[@name='q']")
    assert box.get("aria-label"), "what it is for is heard by those who do not see where it is"


def test_the_search_page_has_the_full_form_alone(client: Client, archive: Archive) -> None:
    (form,) = page(client, "/en/search/").xpath("//form[@role='search']")
    assert {field.get("name") for field in form.xpath(".//*[@name]")} == {
        "q", "exact", "in", "issuer", "kind", "occasion", "event", "place", "year", "original", "available", "figures",
        "issued_from", "issued_to", "event_from", "event_to",
    }  # fmt: skip
    assert not [field for field in form.xpath(".//*[@name]") if not form.xpath(f".//label[@for='{field.get('id')}']")]
    assert form.xpath(".//select[@name='issuer']/option/@value") == ["", "example-council", "example-ministry"]
    assert form.xpath(".//input[@name='in']/@value") == ["az", "en", "ru", "tr", "fa"]


# -- what is found -----------------------------------------------------------------------------------------------------
def test_a_hit_says_what_it_is_and_leads_to_its_paragraph(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/?q=memory")
    (hit,) = hits(root)
    path = address(archive["town"], "en")
    assert {text_of(each): each.get("href") for each in hit.xpath("./h3/a")} == {"Statement on the town": path}
    assert text_of(inside(hit, "card-line")[0]) == "20 May 2025 · Statement · Example Ministry (en)"
    (passage,) = hit.xpath("./blockquote//a")
    assert passage.get("href") == f"{path}#p2"
    assert [text_of(mark) for mark in passage.xpath(".//mark")] == ["memory"]
    assert passage.getparent().getparent().get("lang") is None
    assert links(hit, "found-in") == {"English": path}
    assert text_of(root.get_element_by_id("found-heading")) == "1 statement"


def test_a_statement_is_shown_in_the_language_of_the_page_though_another_matched(
    client: Client, archive: Archive
) -> None:
    (hit,) = hits(page(client, "/en/search/?q=xatir%C9%99si"))
    assert {text_of(each): each.get("href") for each in hit.xpath("./h3/a")} == {
        "Statement on the town": address(archive["town"], "en")
    }
    (passage,) = hit.xpath("./blockquote")
    assert (passage.get("lang"), passage.get("dir")) == ("az", "ltr")
    assert passage.xpath(".//a")[0].get("href") == address(archive["town"], "az", "#p2")
    (language,) = inside(hit, "found-in", "//a")
    assert (text_of(language), language.get("lang"), language.get("href")) == (
        "Azərbaycanca", "az", address(archive["town"], "az"),
    )  # fmt: skip


def test_a_statement_that_the_page_s_language_lacks_is_shown_in_one_that_matched(
    client: Client, archive: Archive
) -> None:
    (hit,) = hits(page(client, "/fa/search/?q=library&in=en"))
    (title,) = hit.xpath("./h3")
    assert (title.get("lang"), title.get("dir")) == ("en", "ltr")
    assert text_of(title) == "Address at the library"
    assert title.xpath("./a")[0].get("href") == address(archive["library"], "en")


def test_a_place_is_found_by_another_spelling_and_marked_as_it_stands(client: Client, archive: Archive) -> None:
    root = page(client, f"/en/search/?q={quote('Сумгаит')}")
    (hit,) = hits(root)
    assert [text_of(mark) for mark in hit.xpath("./blockquote//mark")] == ["Sumgayit"]
    assert "Other spellings of names were searched too: " in text_of(inside(root, "found-list")[0])


def test_words_of_a_summary_are_shown_in_it(client: Client, archive: Archive) -> None:
    (hit,) = hits(page(client, "/en/search/?q=summary&kind=address"))
    (passage,) = hit.xpath("./blockquote//a")
    assert text_of(passage) == "Summary of library."
    assert passage.get("href") == address(archive["library"], "en")


def test_a_hit_by_a_name_alone_says_so(client: Client, archive: Archive) -> None:
    (hit,) = hits(page(client, "/en/search/?q=council"))
    assert not hit.xpath(".//mark")
    assert "The words stand in a name or a figure that goes with this statement." in text_of(hit)
    assert "Summary of library." in text_of(hit)


def test_filters_are_shown_and_each_can_be_removed(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/?q=sumgayit&issuer=example-ministry&in=en&in=az&issued_from=2025-05&figures=1")
    chosen = links(root, "chosen", "//li")
    kept = "issuer=example-ministry&figures=1&issued_from=2025-05"
    assert chosen == {
        "Remove: Language: English ×": f"?q=sumgayit&in=az&{kept}",
        "Remove: Language: Azərbaycanca ×": f"?q=sumgayit&in=en&{kept}",
        "Remove: Issuer: Example Ministry (en) ×": "?q=sumgayit&in=en&in=az&figures=1&issued_from=2025-05",
        "Remove: Figures: stated ×": "?q=sumgayit&in=en&in=az&issuer=example-ministry&issued_from=2025-05",
        "Remove: Dated from: May 2025 ×": "?q=sumgayit&in=en&in=az&issuer=example-ministry&figures=1",
    }
    assert links(root, "chosen", "/p") == {"Remove all filters": "?q=sumgayit"}
    (form,) = root.xpath("//form[@role='search']")
    assert form.xpath(".//option[@selected]/@value") == ["example-ministry"]
    assert form.xpath(".//input[@checked]/@value") == ["az", "en", "1"]
    for path in [*chosen.values(), "?q=sumgayit"]:
        assert len(hits(page(client, f"/en/search/{path}"))) >= 1, path


def test_facets_lead_to_what_they_count(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/?in=en&issued_from=2020")
    assert len(hits(root)) == 3
    facets = {text_of(item): item.xpath("./a/@href")[0] for item in inside(root, "facets", "//li")}
    assert "Example Ministry (en) 2" in facets
    assert "2020 1" in facets
    for text, query in facets.items():
        assert len(hits(page(client, f"/en/search/{query}"))) == int(text.rsplit(" ", 1)[1]), text


def test_a_search_without_words_shows_summaries(client: Client, archive: Archive) -> None:
    (hit,) = hits(page(client, "/en/search/?kind=address"))
    assert not hit.xpath(".//mark | .//blockquote")
    assert "Summary of library." in text_of(hit)


def test_long_results_come_in_pages(client: Client, publisher: User) -> None:
    pattern = stated(publisher, "pattern", COMMON, events=[an_event()], places=[a_place()])
    many_more(pattern, 29)
    rebuild()
    first = page(client, "/en/search/?q=common&in=en")
    assert len(hits(first)) == 25
    assert text_of(first.get_element_by_id("found-heading")) == "30 statements"
    assert links(first, "sheets") == {"Next page": "?q=common&in=en&page=2"}
    second = page(client, "/en/search/?q=common&in=en&page=2")
    assert len(hits(second)) == 5
    assert links(second, "sheets") == {"Previous page": "?q=common&in=en"}
    for number in ("3", "41", "0", "-1", "x", "9" * 400):
        response = client.get("/en/search/", {"q": "common", "page": number})
        assert response.status_code == 404
        assert b"This list does not have so many pages." in response.content


def test_more_than_are_ranked_is_said(client: Client, publisher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = stated(publisher, "pattern", COMMON, events=[an_event()], places=[a_place()])
    many_more(pattern, 5)
    rebuild()
    monkeypatch.setattr(window, "MOST_HITS", 4)
    said = text_of(inside(page(client, "/en/search/?q=common"), "found-list")[0])
    assert said.startswith(
        "More than 4 statements The newest 4 are ranked and counted; narrow the search by date or subject"
    )


def test_what_is_not_public_is_not_found(client: Client, archive: Archive, publisher: User) -> None:
    assert len(hits(page(client, "/en/search/?q=library"))) == 1
    published_again(archive["library"], "en", publisher, title="Another title", body="<p>Other words.</p>")
    assert not hits(page(client, "/en/search/?q=library&in=en"))
    published_again(
        archive["garden"], "en", publisher, body="<p>An orchard.</p>", at=timezone.now() + timedelta(days=1)
    )
    assert not hits(page(client, "/en/search/?q=orchard"))


# -- where there is nothing --------------------------------------------------------------------------------------------
def test_finding_nothing_says_what_was_tried_and_what_can_be_done(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/?q=librery&in=en&exact=1&issuer=example-council")
    assert not hits(root)
    said = text_of(inside(root, "nothing")[0])
    assert "Nothing was found" in said
    assert "Words searched for librery (exact spelling)" in said
    assert "Languages searched English" in said
    assert "The nearest words in the archive library" in said
    ways = links(root, "nothing")
    assert ways["library"] == "?q=library&exact=1&in=en&issuer=example-council"
    assert ways["Search in all languages"] == "?q=librery&exact=1&issuer=example-council"
    assert ways["Search without “exact spelling”"] == "?q=librery&in=en&issuer=example-council"
    assert ways["Search without filters"] == "?q=librery&exact=1&in=en"
    assert len(hits(page(client, f"/en/search/{ways['library']}"))) == 1


def test_the_foldings_that_were_tried_are_named(client: Client, archive: Archive) -> None:
    root = page(client, f"/en/search/?q={quote('Şəlalə')}")
    tried = dict(
        zip(*[[text_of(each) for each in inside(root, "nothing", f"//{tag}")] for tag in ("dt", "dd")], strict=True)
    )
    assert {"selale", "salala"} <= set(tried["Also tried"].split(", "))


def test_without_a_wish_there_is_help_and_a_way_in(client: Client, archive: Archive) -> None:
    root = page(client, "/en/search/")
    assert "How to search" in text_of(root)
    ways = links(root, "ways-in")
    assert ways["Example Ministry (en)"] == "?issuer=example-ministry"
    assert ways["Day of Examples (en)"] == "?occasion=example-day"
    assert ways["2025"] == "?year=2025"
    for query in ways.values():
        client.get(f"/en/search/{query}")
    assert hits(page(client, "/en/search/?year=2025"))


def test_an_archive_without_statements_can_be_searched(client: Client) -> None:
    assert not inside(page(client, "/en/search/"), "ways-in")
    assert "Nothing was found" in text_of(page(client, "/en/search/?q=anything"))


def test_a_missing_index_and_one_that_is_being_made_are_said_plainly(client: Client, archive: Archive) -> None:
    need_rebuild()
    root = page(client, "/en/search/?q=library")
    assert "some statements may not be found for a while" in text_of(root)
    assert len(hits(root)) == 1
    backend(connection).drop(connection)
    root = page(client, "/en/search/?q=library")
    assert links(root, "notice") == {"All statements": "/en/statements/"}
    assert client.get("/en/search.json?q=library").json()["is_index_missing"] is True


# -- the page as a page ------------------------------------------------------------------------------------------------
def test_the_plain_page_is_indexed_in_all_languages_and_results_are_not(client: Client, archive: Archive) -> None:
    head = client.get("/en/search/").content.decode()
    assert '<link rel="canonical" href="http://memorial.test/en/search/">' in head
    assert '<link rel="alternate" hreflang="fa" href="http://memorial.test/fa/search/">' in head
    assert "noindex" not in head
    head = client.get("/en/search/?q=library&unknown=1&in=en").content.decode()
    assert '<meta name="robots" content="noindex, follow">' in head
    assert '<link rel="canonical" href="http://memorial.test/en/search/?q=library&amp;in=en">' in head
    assert '<link rel="alternate" hreflang' not in head
    assert 'href="/fa/search/?q=library&amp;in=en" lang="fa"' in head, "another language keeps the search"


def test_crawlers_are_kept_out_of_what_is_found(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    paths = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    # RFC 9309, 2.2.2 and 2.2.3: a rule is the beginning of an address, in which * stands for anything.
    rules = [re.compile(".*".join(re.escape(part) for part in path.split("*"))) for path in paths]
    for path in ("search/", "statements/", "statements/?page=2", ""):
        assert not any(rule.match(f"/fa/{path}") for rule in rules), path
    for path in ("search/?q=library", "search/?issuer=a", "search.json?q=a", "search.csv?q=a", "search.atom?q=a"):
        assert any(rule.match(f"/az/{path}") for rule in rules), path


def test_the_list_of_statements_leads_to_a_search_with_its_filters(client: Client, archive: Archive) -> None:
    root = page(client, "/en/statements/?issuer=example-ministry&year=2025&page=1")
    (path,) = [href for href in root.xpath("//main//a/@href") if "/search/" in href]
    assert path == "/en/search/?issuer=example-ministry&year=2025"
    assert len(hits(page(client, path))) == 1


def test_a_search_can_be_followed_by_mail_where_mail_can_say_it(
    client: Client, archive: Archive, settings: Any
) -> None:
    asked = "?q=library&issuer=example-council"
    assert not page(client, f"/en/search/{asked}").xpath("//main//a[contains(@href, '/follow/')]")
    settings.MAIL_IS_ON = True
    (path,) = page(client, f"/en/search/{asked}").xpath("//main//a[contains(@href, '/follow/')]/@href")
    assert path == f"/en/follow/{asked}"
    assert client.get(path).status_code == 200
    assert not page(client, f"/en/search/{asked}&exact=1").xpath("//main//a[contains(@href, '/follow/')]")


def test_searching_changes_nothing_and_keeps_nothing(client: Client, archive: Archive) -> None:
    for path in ("search/", "search.json", "search.csv", "search.atom"):
        assert client.post(f"/en/{path}", {"q": "library"}).status_code == 405
        response = client.get(f"/en/{path}?q=library")
        assert not response.cookies
        assert "Vary" not in response


def test_a_search_asks_the_database_a_bounded_number_of_times(client: Client, publisher: User) -> None:
    pattern = stated(publisher, "pattern", COMMON, events=[an_event()], places=[a_place()])
    many_more(pattern, 3)
    rebuild()
    asked = {}
    for more in (0, 40):
        many_more(pattern, more)
        rebuild()
        for query in ("?q=common", "?q=nothing", "?kind=statement", ""):
            client.get(f"/en/search/{query}")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/en/search/{query}").status_code == 200
            assert len(queries) <= QUERIES, query
            assert asked.setdefault(query, len(queries)) == len(queries), query


def test_a_page_of_results_is_light(client: Client, publisher: User) -> None:
    words = {"en": ("A common title", f"<p>{'Common words. ' * 40}</p>")}
    pattern = stated(publisher, "pattern", words, events=[an_event()], places=[a_place()])
    many_more(pattern, 30)
    rebuild()
    response = client.get("/en/search/?q=common")
    size = len(brotli.compress(response.content))
    for name in ("site.css", "search.css"):
        found = finders.find(f"reading/{name}")
        assert isinstance(found, str)
        size += len(brotli.compress(Path(found).read_bytes()))
    assert len(hits(html.document_fromstring(response.content))) == 25
    assert size < 20_000, "the budget is 60 kB; much less is easy to keep"


@pytest.mark.same_on_any_database
def test_pages_of_a_search_are_valid(
    client: Client, archive: Archive, valid_html: Callable[[Mapping[str, str | bytes]], list[str]]
) -> None:
    queries = (
        "", "?q=memory", f"?q={quote('Сумгаит')}&in=ru&in=en&place=sumgayit&figures=1", "?q=nothing&exact=1&year=2025",
        "?q=a&issued_from=2024-13&year=20x&in=x&issuer=*", "?in=en&issued_from=2020",
    )  # fmt: skip
    pages = {
        f"/{lang}/search/{query}": client.get(f"/{lang}/search/{query}").content
        for query in queries
        for lang in ("en", "fa")
    }
    assert valid_html(pages) == []
