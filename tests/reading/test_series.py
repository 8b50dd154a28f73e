"""A series year by year: its rows, what returns, and words that are counted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from memorial.accounts.models import User
from memorial.publishing.release import publish
from memorial.statements.models import Issuer, Occasion, Statement
from tests.builders import a_statement, an_issuer, an_occasion

from .conftest import a_figure, a_text, address, an_event, only_public, published

PATH = "/en/occasions/example-day/series/example-ministry/"
LAMPS = "<p>On the night of the example, lamps were lit in four towns of Example Land.</p>"
CHANGED = LAMPS.replace("four", "five")
BELLS = "<p>Whoever rang the bells is honoured by the whole ministry.</p>"
DECISION = "<p>The parliament adopted a decision on harbours in March.</p>"


@pytest.fixture
def issuer(publisher: User) -> Issuer:
    return an_issuer()


@pytest.fixture
def occasion(publisher: User) -> Occasion:
    return an_occasion()


@pytest.fixture
def years(publisher: User, issuer: Issuer, occasion: Occasion) -> dict[int, Statement]:
    """Statements of 2023, 2024 and 2025; that of 2024 has no text in Persian or English of its own year before."""
    bodies = {2023: LAMPS + BELLS, 2024: CHANGED, 2025: CHANGED + BELLS + DECISION}
    return {
        year: published(
            publisher, issuer=issuer, occasion=occasion, slug=f"y-{year}", dated=f"{year}-05-20", text={"body": body}
        )
        for year, body in bodies.items()
    }


def page_of(client: Client, path: str = PATH, status: int = 200) -> html.HtmlElement:
    response = client.get(path)
    assert response.status_code == status
    return html.document_fromstring(response.content.decode())


def rows(page: html.HtmlElement, table: str) -> list[list[str]]:
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
        for row in page.xpath(f"//table[@class='{table}']/tbody/tr")
    ]


def test_there_is_a_row_for_each_year_with_the_newest_first(client: Client, years: dict[int, Statement]) -> None:
    found = rows(page_of(client), "series-years")
    assert [row[0] for row in found] == ["2025 35 years", "2024 34 years", "2023 33 years"]
    assert [row[2] for row in found] == ["34", "15", "25"]
    assert found[0][4] == "Compared with 2024 1 paragraph the same 0 changed 2 new 0 left out"
    assert found[1][4] == "Compared with 2023 0 paragraphs the same 1 changed 0 new 1 left out"
    assert found[2][4] == ""
    assert "Azərbaycanca English" in found[0][1]


def test_figures_stand_as_stated_and_lead_to_their_paragraph(
    client: Client, publisher: User, issuer: Issuer, occasion: Occasion
) -> None:
    event = an_event()
    agency = an_issuer("example-agency", kind="news-agency")
    statement = a_statement(issuer=issuer, occasion=occasion)
    a_text(statement, "az", publisher)
    a_text(statement, "en", publisher)
    a_figure(statement, event, minimum=100, maximum=120)
    a_figure(statement, event, measure="injured", claimant=agency, precision="at-least", minimum=7, block="")
    publish(statement, ["az", "en"], by=publisher)
    page = page_of(client)
    found = page.xpath("//table[@class='series-years']/tbody/tr/td[3]//li")
    texts = [" ".join(each.text_content().split()) for each in found]
    assert texts == ["killed: 100–120", "injured: at least 7 (Example Ministry (en))"]
    assert page.xpath("//table[@class='series-years']//li/a/@href[contains(., '#p2')]") == [
        address(statement, "en") + "#p2"
    ]


def test_a_year_without_a_text_in_this_language_says_so(
    client: Client, years: dict[int, Statement], publisher: User, issuer: Issuer, occasion: Occasion
) -> None:
    published(publisher, languages=["az"], issuer=issuer, occasion=occasion, slug="y-2026", dated="2026-05-20")
    page = page_of(client)
    first = rows(page, "series-years")[0]
    assert first[0].startswith("2026")
    assert "There is no text in this language." in first[1]
    assert first[2:] == ["", "", ""]
    options = page.xpath("//select[@name='older']/option[@value!='']/text()")
    assert options == ["20 May 2025", "20 May 2024", "20 May 2023"]
    persian = page_of(client, PATH.replace("/en/", "/fa/"))
    assert len(rows(persian, "series-years")) == 4
    assert not persian.xpath("//main//select | //main//input")


def test_a_passage_that_returns_is_followed_with_links(client: Client, years: dict[int, Statement]) -> None:
    page = page_of(client)
    assert [row[1:] for row in rows(page, "passages")] == [
        ["+ first", "≠ changed", "= same"], ["+ first", "– absent", "= same"],
    ]  # fmt: skip
    assert page.xpath("//table[@class='passages']/tbody/tr[2]/td/a/@href") == [
        address(years[2023], "en") + "#p2", address(years[2025], "en") + "#p2",
    ]  # fmt: skip


def test_words_of_the_readers_choice_are_counted_and_none_are_suggested(
    client: Client, years: dict[int, Statement]
) -> None:
    plain = page_of(client)
    assert plain.xpath("//input[@name='term']/@value") == [""] * 5
    assert not plain.xpath("//table[@class='term-counts']")
    page = page_of(client, PATH + "?term=LAMPS&term=whole+ministry&term=&term=lamps&term=nowhere")
    assert rows(page, "term-counts") == [
        ["LAMPS", "1", "1", "1"],
        ["whole ministry", "1", "0", "1"],
        ["lamps", "1", "1", "1"],
        ["nowhere", "0", "0", "0"],
    ]
    assert page.xpath("//meta[@name='robots']")
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://memorial.test" + PATH]


def test_what_readers_ask_is_bounded_and_escaped(client: Client, years: dict[int, Statement]) -> None:
    many = "&".join(f"term=word{number}" for number in range(500))
    assert len(rows(page_of(client, f"{PATH}?{many}"), "term-counts")) == 5
    page = page_of(client, PATH + "?term=" + "x" * 10_000)
    assert page.xpath("//input[@name='term']/@value")[0] == "x" * 60
    hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    content = client.get(f"{PATH}?term={hostile}&older={hostile}").content.decode()
    assert "<script>" not in content
    for rest in ("?term=%00", "?term=%00%00a", "?older=%00&newer=%00", "?older=" + "x" * 10_000 + "&newer=y"):
        assert client.get(PATH + rest).status_code in (200, 400)


def test_the_form_leads_to_the_comparison_in_the_order_of_time(client: Client, years: dict[int, Statement]) -> None:
    older, newer = years[2023].sid, years[2025].sid
    target = f"/en/occasions/example-day/compare/{older}..{newer}/"
    for first, second in ((older, newer), (newer, older)):
        response = client.get(PATH, {"older": first, "newer": second})
        assert (response.status_code, response["Location"]) == (302, target)
    half = page_of(client, f"{PATH}?older={older}")
    assert half.xpath("//select[@name='older']/option[@selected]/@value") == [older]
    for wrong in (older, "nothing"):
        page = page_of(client, f"{PATH}?older={older}&newer={wrong}", status=400)
        assert "Choose two different statements" in page.xpath("string(//p[@role='alert'])")


def test_the_occasion_and_the_statement_lead_to_the_series(client: Client, years: dict[int, Statement]) -> None:
    occasion = html.document_fromstring(client.get("/en/occasions/example-day/").content.decode())
    assert PATH in occasion.xpath("//main//a/@href")
    statement = html.document_fromstring(client.get(address(years[2024], "en")).content.decode())
    links = statement.xpath("//nav[@class='series']//a/@href")
    compare = f"/en/occasions/example-day/compare/{years[2023].sid}..{years[2024].sid}/"
    assert PATH in links
    assert compare in links
    assert client.get(compare).status_code == 200


def test_nothing_is_a_series_without_a_public_statement(client: Client, years: dict[int, Statement]) -> None:
    an_issuer("silent-ministry")
    for path in (
        "/en/occasions/example-day/series/silent-ministry/",
        "/en/occasions/example-day/series/nobody/",
        "/en/occasions/nothing/series/example-ministry/",
    ):
        assert client.get(path).status_code == 404
    only_public("fa")
    assert client.get(PATH.replace("/en/", "/fa/")).status_code == 404


def test_drafts_and_editions_before_their_moment_are_in_no_series(
    client: Client, years: dict[int, Statement], publisher: User, issuer: Issuer, occasion: Occasion
) -> None:
    around = {"issuer": issuer, "occasion": occasion}
    published(publisher, slug="y-2027", dated="2027-05-20", at=timezone.now() + timedelta(hours=1), **around)
    a_text(years[2025], "en", publisher, title="A draft", body=LAMPS + "<p>unseen words</p>")
    page = page_of(client, PATH + "?term=unseen")
    assert len(rows(page, "series-years")) == 3
    assert rows(page, "term-counts") == [["unseen", "0", "0", "0"]]
    assert "A draft" not in page.text_content()


def test_a_series_asks_as_much_of_three_years_as_of_twelve(
    client: Client, years: dict[int, Statement], publisher: User, issuer: Issuer, occasion: Occasion
) -> None:
    client.get(PATH)
    with CaptureQueriesContext(connection) as few:
        client.get(PATH)
    for year in range(2010, 2019):
        published(publisher, issuer=issuer, occasion=occasion, slug=f"y-{year}", dated=f"{year}-05-20")
    with CaptureQueriesContext(connection) as many:
        assert len(rows(page_of(client), "series-years")) == 12
    assert len(many) == len(few) <= 5


def test_long_texts_are_compared_as_far_as_it_goes_and_the_page_says_so(
    client: Client, years: dict[int, Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memorial.reading.study.series.MOST_PARAGRAPHS", 4)
    page = page_of(client)
    assert "only the newest 2 are compared on this page" in page.text_content()
    assert len(rows(page, "series-years")) == 3
    assert [len(row) for row in rows(page, "passages")] == [3]


def test_a_very_long_series_shows_the_newest_and_leads_to_the_rest(
    client: Client, years: dict[int, Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memorial.reading.study.series.MOST_STATEMENTS", 2)
    page = page_of(client)
    assert [row[0][:4] for row in rows(page, "series-years")] == ["2025", "2024"]
    assert "Only the newest 2 statements are shown here." in page.text_content()
    assert "/en/statements/?issuer=example-ministry&occasion=example-day" in page.xpath("//main//a/@href")
