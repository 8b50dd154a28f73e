"""A statement in two languages side by side: the page, and what can be downloaded."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from translate.storage import tmx

from memorial.accounts.models import User
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Text
from tests.one_language import foreign

from .conftest import a_text, address, only_public, published, published_again

BODY = (
    '<h2>Heading</h2><p>First &amp; only.</p><ul><li>=1+1</li></ul><p>Last <a href="https://example.org/">one</a>.</p>'
)


@pytest.fixture
def both(publisher: User) -> Statement:
    """A statement in Azerbaijani, English and Persian; the Persian text lacks the last paragraph."""
    found = published(publisher, languages=("az", "en"), text={"body": BODY, "origin": "issued"})
    a_text(
        found, "fa", publisher, title="عنوان", body="<h2>سرعنوان</h2><p>یکم</p><ul><li>دو</li></ul>", origin="archive"
    )
    publish(found, ["fa"], by=publisher)
    return found


def page_of(client: Client, statement: Statement, lang: str, lang2: str) -> html.HtmlElement:
    response = client.get(address(statement, lang, f"with/{lang2}/"))
    assert response.status_code == 200
    return html.document_fromstring(response.content.decode())


def test_each_pair_stands_under_its_key_with_both_languages_named(client: Client, both: Statement) -> None:
    page = page_of(client, both, "en", "fa")
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    pairs = page.xpath("//div[@id][contains(@class, 'pair')]")
    assert [pair.get("id") for pair in pairs] == ["p1", "p2", "p3", "p4"]
    for pair in pairs:
        names = pair.xpath(".//*[contains(@class, 'side-name')]")
        assert [name.text_content() for name in names] == ["English", "فارسی"]
        assert pair.xpath(f".//a[@href='#{pair.get('id')}']/@aria-label") == [f"Link to paragraph {pair.get('id')}"]
    first = pairs[0].xpath("./div")
    assert [(each.get("lang"), each.get("dir")) for each in first] == [("en", "ltr"), ("fa", "rtl")]
    assert pairs[0].xpath(".//h2/text()") == ["Heading", "سرعنوان"]


def test_a_paragraph_without_a_partner_says_so_in_the_language_of_the_page(client: Client, both: Statement) -> None:
    (missing,) = page_of(client, both, "en", "fa").xpath("//*[@class='unmatched']")
    assert missing.text_content() == "This text has no paragraph of its own here."
    assert missing.xpath("string(ancestor::*[@lang][1]/@lang)") == "en"
    assert missing.xpath("ancestor::*[@id][1]/@id") == ["p4"]
    other = page_of(client, both, "fa", "en").xpath("//div[@id='p4']/div")
    assert other[1].get("lang") == "en"
    assert "Last" in other[1].text_content()


def test_each_side_says_what_its_text_is_and_which_edition(client: Client, both: Statement, publisher: User) -> None:
    published_again(both, "en", publisher, title="Another title", body=BODY, origin="issued")
    page = page_of(client, both, "en", "fa")
    one, two = (" ".join(each.text_content().split()) for each in page.xpath("//section[contains(@class, 'side')]"))
    assert "Another title" in one
    assert "as the issuer gave it out" in one
    assert "Edition 2" in one
    assert "عنوان" in two
    assert "translated by the archive" in two
    assert "Edition 1" in two
    assert "Made from the text in this language: Azerbaijani, edition 1." in two
    end = page.xpath("//section[@class='sheet-end']")[0].text_content()
    for edition in Edition.objects.visible().filter(language__in=("en", "fa")):
        assert edition.sha256 in end
        assert f"/{edition.language}/statements/" in end
        assert f"/v/{edition.number}/" in end
    assert f"/s/{both.sid}" in end


def test_the_page_is_not_indexed_and_names_the_statement(client: Client, both: Statement) -> None:
    page = page_of(client, both, "en", "fa")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://memorial.test" + address(both, "en")]
    assert not page.xpath("//link[@hreflang]")


def test_the_page_leads_to_the_other_pairs(client: Client, both: Statement) -> None:
    page = page_of(client, both, "en", "fa")
    links = page.xpath("//main//ul[@class='ways']//a/@href")
    assert address(both, "fa", "with/en/") in links
    assert address(both, "en", "with/az/") in links
    assert {address(both, "en"), address(both, "fa")} <= set(page.xpath("//main//section//a/@href"))
    switcher = page.xpath("//nav[@class='languages']//a/@href")
    assert switcher == [address(both, "az", "with/fa/"), address(both, "fa", "with/en/")]


def test_the_statement_page_offers_its_other_languages_in_their_own_names(client: Client, both: Statement) -> None:
    page = html.document_fromstring(client.get(address(both, "en")).content.decode())
    links = page.xpath("//nav[@class='read-beside']//a")
    assert {(link.text, link.get("lang"), link.get("href")) for link in links} == {
        ("Azərbaycanca", "az", address(both, "en", "with/az/")),
        ("فارسی", "fa", address(both, "en", "with/fa/")),
    }
    old = html.document_fromstring(client.get(address(both, "en", "v/1/")).content.decode())
    assert not old.xpath("//nav[@class='read-beside']"), "an old edition is not what would be read beside"


def test_an_address_that_is_not_the_right_one_leads_there(client: Client, both: Statement) -> None:
    for wrong, right in (
        (f"/en/statements/{both.sid}/wrong/with/fa/", address(both, "en", "with/fa/")),
        (address(both, "en", "with/en/"), address(both, "en")),
    ):
        response = client.get(wrong)
        assert (response.status_code, response["Location"]) == (301, right)


def test_a_missing_language_is_answered_in_the_language_of_the_page(client: Client, both: Statement) -> None:
    response = client.get(address(both, "en", "with/tr/"))
    page = html.document_fromstring(response.content.decode())
    assert response.status_code == 404
    assert page.get("lang") == "en"
    assert "Turkish" in page.xpath("string(//p[@class='lead'])")
    assert page.xpath("//main//li/a/@href") == [address(both, "en", "with/az/"), address(both, "en", "with/fa/")]
    response = client.get(address(both, "tr", "with/fa/"))
    page = html.document_fromstring(response.content.decode())
    assert (response.status_code, page.get("lang")) == (404, "tr")
    assert page.xpath("//main//li/a/@href") == [address(both, lang) for lang in ("az", "en", "fa")]
    unknown = client.get(address(both, "en", "with/qqq/"))
    assert unknown.status_code == 404
    assert b"not one of this site" in unknown.content
    assert client.get("/en/statements/zzzzzzzz/nothing/with/fa/").status_code == 404


def test_only_public_languages_and_released_editions_are_shown(
    client: Client, both: Statement, publisher: User
) -> None:
    a_text(both, "en", publisher, title="A draft that nobody sees", body=BODY, origin="issued")
    assert b"nobody sees" not in client.get(address(both, "az", "with/en/")).content
    only_public("az", "en")
    for rest in ("with/fa/", "with/fa.tsv", "with/fa.tmx"):
        assert client.get(address(both, "en", rest)).status_code == 404


def test_no_passage_is_in_another_language_than_it_says(client: Client, both: Statement) -> None:
    page = page_of(client, both, "en", "fa")
    assert foreign(page, {"Example Ministry (en)", "Memorial"}) == []


def test_the_table_is_read_back_with_the_same_words(client: Client, both: Statement) -> None:
    response = client.get(address(both, "en", "with/fa.tsv"))
    assert response["Content-Type"] == "text/tab-separated-values; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{both.sid}-en-fa.tsv"'
    assert response["X-Robots-Tag"] == "noindex"
    rows = list(csv.reader(io.StringIO(response.content.decode()), dialect="excel-tab"))
    assert rows[0] == ["paragraph", "en", "fa"]
    assert rows[1] == ["title", "Title in en", "عنوان"]
    assert rows[-4:] == [
        ["p1", "Heading", "سرعنوان"], ["p2", "First & only.", "یکم"], ["p3", "'=1+1", "دو"], ["p4", "Last one.", ""],
    ]  # fmt: skip


def test_the_translation_memory_is_read_back_by_a_translators_tool(client: Client, both: Statement) -> None:
    response = client.get(address(both, "en", "with/fa.tmx"))
    assert response["Content-Type"] == "application/x-tmx+xml"
    memory = tmx.tmxfile(io.BytesIO(response.content), "en", "fa")
    assert {unit.getid(): (unit.source, unit.target) for unit in memory.units} == {
        f"{both.sid}-title": ("Title in en", "عنوان"),
        f"{both.sid}-summary": ("Summary in en", "Summary in fa"),
        f"{both.sid}-p1": ("Heading", "سرعنوان"),
        f"{both.sid}-p2": ("First & only.", "یکم"),
        f"{both.sid}-p3": ("=1+1", "دو"),
    }
    assert memory.getsourcelanguage() == "en"
    (edition,) = Edition.objects.visible().filter(language="fa")
    assert edition.sha256 in response.content.decode()
    assert client.get(address(both, "en", "with/en.tmx")).status_code == 404


def test_the_page_asks_as_much_for_a_text_of_three_paragraphs_as_of_three_hundred(
    client: Client, both: Statement, publisher: User
) -> None:
    path = address(both, "az", "with/en/")
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    body = "".join(f"<p>Paragraph {number}.</p>" for number in range(300))
    a_text(both, "az", publisher, body=body, origin=Text.Origin.ISSUED)
    publish(both, ["az"], by=publisher, note="Longer.", change="update")
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).content.count(b'class="beside pair"') >= 300
    assert len(many) == len(few) <= 4
