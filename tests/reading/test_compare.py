"""Two statements of a series compared, in three ways."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from memorial.accounts.models import User
from memorial.publishing.release import publish
from memorial.statements.models import Issuer, Occasion, Source, Statement
from tests.builders import a_statement, an_issuer, an_occasion

from .conftest import a_text, published

LAMPS = "<p>On the night of the example, lamps were lit in four towns of Example Land.</p>"
BELLS = "<p>Whoever rang the bells is honoured by the <em>whole</em> ministry.</p>"
DECISION = "<p>The parliament adopted a decision on harbours in March.</p>"
HARBOURS = "<p>Ships lowered their flags for one quiet minute at noon.</p>"


@pytest.fixture
def issuer(publisher: User) -> Issuer:
    return an_issuer()


@pytest.fixture
def occasion(publisher: User) -> Occasion:
    return an_occasion()


@pytest.fixture
def two(publisher: User, issuer: Issuer, occasion: Occasion) -> tuple[Statement, Statement]:
    """Two years: a number has changed, one paragraph stayed, one was left out, one is new."""
    around = {"issuer": issuer, "occasion": occasion}
    older = {"body": LAMPS + BELLS + DECISION, "title": "Statement of 2024", "origin": "issued"}
    newer = {"body": LAMPS.replace("four", "five") + BELLS + HARBOURS, "title": "Statement of 2025", "origin": "issued"}
    return (
        published(publisher, slug="y-2024", dated="2024-05-20", text=older, **around),
        published(publisher, slug="y-2025", dated="2025-05-20", text=newer, **around),
    )


def path_of(older: Statement, newer: Statement, rest: str = "", lang: str = "en") -> str:
    return f"/{lang}/occasions/example-day/compare/{older.sid}..{newer.sid}/{rest}"


def page_of(client: Client, path: str) -> html.HtmlElement:
    response = client.get(path)
    assert response.status_code == 200
    return html.document_fromstring(response.content.decode())


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split()).replace("\u2068", "").replace("\u2069", "")


def test_both_wordings_stand_in_one_text(client: Client, two: tuple[Statement, Statement]) -> None:
    page = page_of(client, path_of(*two))
    marked = page.xpath("//div[contains(@class, 'marked')]")
    assert [each.get("id") for each in marked] == ["p1", "p2", "older-p3", "p3"]
    assert [text(each.xpath("./p")[0]) for each in marked] == [
        "p1 Changed", "p2 The same in both", "Left out", "p3 New paragraph",
    ]  # fmt: skip
    assert [(each.tag, each.text) for each in marked[0].xpath(".//del | .//ins")] == [("del", "four"), ("ins", "five")]
    assert marked[1].xpath(".//em/text()") == ["whole"], "what is the same keeps its form"
    title = page.xpath("//p[contains(@class, 'marked-title')]//del | //p[contains(@class, 'marked-title')]//ins")
    assert [each.text for each in title] == ["2024", "2025"]
    assert text(page.xpath("//ul[@class='step']")[0]) == "1 paragraph the same 1 changed 1 new 1 left out"


def test_the_wordings_stand_in_two_columns(client: Client, two: tuple[Statement, Statement]) -> None:
    page = page_of(client, path_of(*two, "?view=columns"))
    pairs = page.xpath("//div[contains(@class, ' pair')]")
    sides = [[text(side) for side in pair.xpath("./div")] for pair in pairs]
    assert [pair.get("id") for pair in pairs] == ["p1", "p2", "older-p3", "p3"]
    assert sides[0][0].startswith("20 May 2024")
    assert "four" in sides[0][0]
    assert "five" not in sides[0][0]
    assert sides[0][1].startswith("20 May 2025")
    assert "five" in sides[0][1]
    assert "four" not in sides[0][1]
    assert sides[2][1] == "20 May 2025 Not in this text."
    assert sides[3][0] == "20 May 2024 Not in this text."


def test_the_changes_are_listed_in_words(client: Client, two: tuple[Statement, Statement]) -> None:
    page = page_of(client, path_of(*two, "?view=list"))
    assert [text(each) for each in page.xpath("//ul[@class='changes']/li")] == [
        "Paragraph p1, 20 May 2025 removed “four”, added “five”",
        "Paragraph p3, 20 May 2024 left out: “The parliament adopted a decision on harbours in March.”",
        "Paragraph p3, 20 May 2025 new: “Ships lowered their flags for one quiet minute at noon.”",
    ]
    links = page.xpath("//ul[@class='changes']/li/a/@href")
    assert links[1] == f"/en/statements/{two[0].sid}/y-2024/#p3"
    assert links[2] == f"/en/statements/{two[1].sid}/y-2025/#p3"


def test_each_view_leads_to_the_others_and_the_series_is_canonical(
    client: Client, two: tuple[Statement, Statement]
) -> None:
    series = "/en/occasions/example-day/series/example-ministry/"
    for view in ("redline", "columns", "list"):
        page = page_of(client, path_of(*two, f"?view={view}"))
        assert len(page.xpath("//nav[@class='views']//span[@aria-current='page']")) == 1
        assert len(page.xpath("//nav[@class='views']//a/@href")) == 2
        assert series in page.xpath("//p[@class='kicker']/a/@href")
        assert page.xpath("//link[@rel='canonical']/@href") == ["http://memorial.test" + series]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]


def test_a_summary_and_a_relay_are_warned_about(
    client: Client, publisher: User, issuer: Issuer, occasion: Occasion, two: tuple[Statement, Statement]
) -> None:
    summary = published(
        publisher, issuer=issuer, occasion=occasion, slug="y-2026", dated="2026-05-20",
        text={"body": LAMPS, "origin": "archive", "completeness": "summary"},
    )  # fmt: skip
    page = page_of(client, path_of(two[1], summary))
    note = page.xpath("//div[@role='note']")[0]
    assert "What differs here are these texts." in text(note)
    relay = "It was not read in the issuer’s own publication but in a relay or a report."
    assert [text(each) for each in note.xpath(".//li")] == [
        f"20 May 2025: {relay}",
        f"20 May 2026: This is a summary prepared by the archive; it is not the issuer’s wording. {relay}",
    ]


def test_full_texts_read_at_the_issuer_need_no_warning(
    client: Client, publisher: User, issuer: Issuer, occasion: Occasion
) -> None:
    rows = []
    for year in (2024, 2025):
        row = a_statement(issuer=issuer, occasion=occasion, slug=f"o-{year}", dated=f"{year}-05-20")
        Source.objects.filter(statement=row).update(what=Source.What.OFFICIAL)
        a_text(row, "az", publisher, origin="issued")
        publish(row, ["az"], by=publisher)
        rows.append(row)
    assert not page_of(client, path_of(*rows, lang="az")).xpath("//div[@role='note']")


def test_only_two_visible_texts_of_one_series_are_compared(
    client: Client, publisher: User, issuer: Issuer, occasion: Occasion, two: tuple[Statement, Statement]
) -> None:
    other = published(publisher, issuer=an_issuer("other-ministry"), occasion=occasion, slug="other")
    elsewhere = published(publisher, issuer=issuer, occasion=an_occasion("other-day", month=6), slug="elsewhere")
    azerbaijani = published(publisher, languages=["az"], issuer=issuer, occasion=occasion, slug="az-only")
    for wrong in (
        path_of(two[0], two[0]),
        path_of(two[0], other),
        path_of(two[0], elsewhere),
        path_of(*two).replace("example-day", "other-day"),
        path_of(*two).replace(two[0].sid, "zzzzzzzz"),
        path_of(*two, "?view=nothing"),
        path_of(*two, "?view=%00"),
    ):
        assert client.get(wrong).status_code == 404, wrong
    response = client.get(path_of(two[0], azerbaijani))
    page = html.document_fromstring(response.content.decode())
    assert response.status_code == 404
    assert page.xpath("//main//li/a/@href") == [f"/az/statements/{azerbaijani.sid}/az-only/"]


def test_a_comparison_costs_few_queries(
    client: Client, two: tuple[Statement, Statement], django_assert_max_num_queries: Any
) -> None:
    client.get(path_of(*two))
    with django_assert_max_num_queries(4):
        client.get(path_of(*two))
