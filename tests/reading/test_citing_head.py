"""What the head and the headers of a statement's page tell machines: meta, links, unAPI."""

import json
import re
from typing import Any

import pytest
import rispy
from django.core.files.base import ContentFile
from django.test import Client
from lxml import etree, html
from requests.utils import parse_header_links

from memorial.accounts.models import User
from memorial.languages.cldr import region_of
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.reading.citing.head import territorial
from memorial.statements.attachments import keep
from memorial.statements.models import Statement

from .conftest import a_text, address, only_public, published, published_again

SITE = "http://memorial.test"


def head(client: Client, path: str) -> html.HtmlElement:
    return html.document_fromstring(client.get(path).content.decode()).head


def metas(client: Client, path: str) -> dict[str, list[str]]:
    """The contents of each meta element, by its name or property."""
    found: dict[str, list[str]] = {}
    for each in head(client, path).xpath("meta[@content]"):
        found.setdefault(each.get("name") or each.get("property"), []).append(each.get("content"))
    return found


def links(client: Client, path: str) -> dict[str, list[dict[str, str]]]:
    """The links of the header, by relation."""
    found: dict[str, list[dict[str, str]]] = {}
    for each in parse_header_links(client.get(path)["Link"]):
        found.setdefault(each["rel"], []).append(each)
    return found


def test_scholarly_readers_find_the_issuer_as_an_institution_and_no_author(
    client: Client, statement: Statement
) -> None:
    found = metas(client, address(statement, "en"))
    assert found["citation_title"] == ["Title in en"]
    assert found["citation_technical_report_institution"] == ["Example Ministry (en)"]
    assert found["citation_publication_date"] == ["2025/05/20"]
    assert re.fullmatch(r"\d{4}/\d\d/\d\d", found["citation_online_date"][0])
    assert found["citation_language"] == ["en"]
    assert found["citation_public_url"] == [f"{SITE}/s/{statement.sid}"]
    assert not [name for name in found if name.lower().endswith((".creator", "citation_author", ".contributor"))]


@pytest.mark.parametrize(
    ("dated", "shown"),
    [("1994-03", "1994/03"), ("1990~", "1990"), ("1990-01-19/1990-01-20", "1990/01/19"), ("1990?", "1990")],
)
def test_the_date_for_scholars_is_as_exact_as_it_is_stated(
    client: Client, publisher: User, dated: str, shown: str
) -> None:
    found = metas(client, address(published(publisher, dated=dated), "en"))
    assert found["citation_publication_date"] == [shown]
    assert found["DCTERMS.created"] == [dated]


def test_dublin_core_tells_what_is_known(client: Client, statement: Statement, publisher: User) -> None:
    published_again(statement, "en", publisher, title="Second title")
    page = head(client, address(statement, "en"))
    found = metas(client, address(statement, "en"))
    assert page.xpath("link[@rel='schema.DCTERMS']/@href") == ["http://purl.org/dc/terms/"]
    assert page.xpath("meta[@name='DCTERMS.title']/@lang") == ["en"]
    assert page.xpath("meta[@name='DCTERMS.alternative']/@lang") == ["az"]
    expected = {
        "title": "Second title",
        "alternative": "Title in az",
        "issued": "2025-05-19T22:01+04:00",
        "identifier": f"{SITE}{address(statement, 'en', 'v/2/')}",
        "replaces": f"{SITE}{address(statement, 'en', 'v/1/')}",
        "isVersionOf": f"{SITE}/s/{statement.sid}",
        "source": "https://gazette.example/1",
        "type": "Statement",
    }
    assert {name: found[f"DCTERMS.{name}"] for name in expected} == {name: [each] for name, each in expected.items()}
    unknown = metas(client, address(published(publisher), "en"))
    assert not {"DCTERMS.issued", "DCTERMS.replaces"} & unknown.keys()


def test_a_link_elsewhere_shows_title_issuer_date_and_card(client: Client, statement: Statement) -> None:
    found = metas(client, address(statement, "en"))
    sealed = statement.editions.get(language="en")
    expected = {
        "og:type": "article",
        "og:title": "Title in en",
        "og:description": "Statement by Example Ministry (en), 20 May 2025",
        "og:url": f"{SITE}{address(statement, 'en')}",
        "og:site_name": "Memorial",
        "og:locale": "en_US",
        "og:image": f"{SITE}/s/{statement.sid}/card/{sealed.sha256}.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Example Ministry (en): Title in en",
        "article:published_time": f"{sealed.visible_from:%Y-%m-%dT%H:%M:%SZ}",
        "twitter:card": "summary_large_image",
    }
    assert {name: found[name] for name in expected} == {name: [value] for name, value in expected.items()}
    assert "og:locale:alternate" not in found, "other languages are said once, as hreflang"


@pytest.mark.parametrize(
    ("tag", "locale"),
    [("az", "az_AZ"), ("fa", "fa_IR"), ("zh-hant", "zh_TW"), ("pt-br", "pt_BR"), ("prs", ""), ("qzz", "")],
)
def test_a_language_has_the_territory_that_cldr_says(tag: str, locale: str) -> None:
    assert territorial(tag) == locale
    assert bool(region_of(tag)) == bool(locale)


def test_signposts_lead_to_everything_that_belongs_to_a_statement(
    client: Client, statement: Statement, publisher: User
) -> None:
    keep(statement, ContentFile(b"%PDF-1.4\nscan", name="Şəhidlər, 1990.pdf"), by=publisher)
    published_again(statement, "en", publisher, title="With a file")
    found = links(client, address(statement, "en"))
    assert [each["url"] for each in found["cite-as"]] == [f"{SITE}/s/{statement.sid}"]
    assert [each["url"] for each in found["author"]] == [f"{SITE}/en/issuers/example-ministry/"]
    assert "https://schema.org/AboutPage" in [each["url"] for each in found["type"]]
    assert [each["type"] for each in found["item"]] == ["text/plain", "application/pdf"]
    assert {each["type"]: each.get("profile") for each in found["describedby"]} == {
        "application/x-research-info-systems": None,
        "application/x-bibtex": None,
        "application/vnd.citationstyles.csl+json": None,
        "application/ld+json": "https://schema.org/",
    }
    for each in (*found["describedby"], *found["item"], *found["linkset"], *found["collection"]):
        answer = client.get(each["url"].removeprefix(SITE))
        assert answer.status_code == 200, each
        assert answer["Content-Type"].partition(";")[0] == each["type"]
    in_page = head(client, address(statement, "en")).xpath("link[@rel='cite-as' or @rel='describedby']/@href")
    assert in_page == [each["url"] for rel in ("cite-as", "describedby") for each in found[rel]]


def test_the_link_set_points_both_ways(client: Client, statement: Statement) -> None:
    (link,) = links(client, address(statement, "en"))["linkset"]
    contexts = json.loads(client.get(link["url"].removeprefix(SITE)).content)["linkset"]
    page = f"{SITE}{address(statement, 'en')}"
    by_anchor: dict[str, Any] = {each["anchor"]: each for each in contexts}
    own = by_anchor[page]
    assert [each["href"] for each in own["cite-as"]] == [f"{SITE}/s/{statement.sid}"]
    for each in own["describedby"]:
        assert by_anchor[each["href"]]["describes"] == [{"href": page, "type": "text/html"}]
    for each in own["item"]:
        assert by_anchor[each["href"]]["collection"] == [{"href": page, "type": "text/html"}]


def test_many_files_do_not_make_the_header_too_long(client: Client, statement: Statement, publisher: User) -> None:
    for number in range(20):
        keep(statement, ContentFile(b"%%PDF-1.4\n%d" % number, name=f"{number}.pdf"), by=publisher)
    published_again(statement, "en", publisher, title="With many files")
    response = client.get(address(statement, "en"))
    assert len(response["Link"]) < 4000
    (link,) = links(client, address(statement, "en"))["linkset"]
    own = json.loads(client.get(link["url"].removeprefix(SITE)).content)["linkset"][0]
    assert len(own["item"]) == 21


@pytest.mark.parametrize(("number", "title"), [(1, "Title in en"), (2, "Second title")])
def test_an_edition_is_cited_at_its_own_address_even_the_newest(
    client: Client, statement: Statement, publisher: User, number: int, title: str
) -> None:
    published_again(statement, "en", publisher, title="Second title")
    path = address(statement, "en", f"v/{number}/")
    assert links(client, path)["cite-as"][0]["url"] == f"{SITE}{path}"
    described = [each["url"] for each in links(client, path)["describedby"]]
    assert all(each.endswith(f"?edition={number}") for each in described)
    assert all(client.get(each.removeprefix(SITE)).status_code == 200 for each in described)
    assert metas(client, path)["citation_title"] == [title]
    assert metas(client, path)["og:url"] == [f"{SITE}{path}"]


def test_hostile_words_stay_in_their_attributes(client: Client, publisher: User) -> None:
    title = '"><script>alert(1)</script>'
    statement = published(publisher, text={"title": title})
    assert metas(client, address(statement, "en"))["og:title"] == [title]
    assert b"<script>" not in client.get(address(statement, "en")).content


# -- unAPI -------------------------------------------------------------------------------------------------------------


def ids(client: Client, path: str) -> list[str]:
    page = html.document_fromstring(client.get(path).content.decode())
    return [str(each) for each in page.xpath("//abbr[@class='unapi-id']/@title")]


def test_a_page_names_its_statement_and_a_list_each_of_its_own(
    client: Client, statement: Statement, publisher: User
) -> None:
    other = published(publisher, slug="other")
    statement.related.add(other)
    published_again(statement, "en", publisher, title="Second title")
    assert ids(client, address(statement, "en")) == [f"{statement.sid}:en:2"], "the related ones are not what is cited"
    assert set(ids(client, "/en/statements/")) == {f"{statement.sid}:en:2", f"{other.sid}:en:1"}
    assert ids(client, "/en/issuers/example-ministry/") == ids(client, "/en/statements/")
    assert head(client, "/en/").xpath("link[@rel='unapi-server']/@href") == ["/unapi"]


def test_unapi_lists_its_formats_and_gives_an_edition_in_each(client: Client, statement: Statement) -> None:
    (found,) = ids(client, address(statement, "en"))
    everything = etree.fromstring(client.get("/unapi").content)
    names = everything.xpath("/formats/format/@name")
    assert names == ["ris", "bibtex", "csl"]
    answer = client.get("/unapi", {"id": found})
    assert answer.status_code == 300
    listed = etree.fromstring(answer.content)
    assert listed.get("id") == found
    for each in listed:
        given = client.get("/unapi", {"id": found, "format": each.get("name")})
        assert given.status_code == 200
        assert given["Content-Type"].partition(";")[0] == each.get("type")
    (entry,) = rispy.loads(client.get("/unapi", {"id": found, "format": "ris"}).content.decode())
    assert entry["title"] == "Title in en"


def test_unapi_refuses_what_it_does_not_know(client: Client, statement: Statement) -> None:
    known = f"{statement.sid}:en:1"
    assert client.get("/unapi", {"id": known, "format": "marc"}).status_code == 406
    assert client.get("/unapi", {"id": known, "format": "x" * 10_000}).status_code == 406
    for unknown in (
        f"{statement.sid}:en:2", f"{statement.sid}:fa:1", "zzzzzzzz:en:1", "x", "\0", "<x>", "x" * 10_000,
        f"{statement.sid}:en:99999999999", f"{statement.sid}:--:1",
    ):  # fmt: skip
        assert client.get("/unapi", {"id": unknown}).status_code == 404, unknown
        assert client.get("/unapi", {"id": unknown, "format": "ris"}).status_code == 404, unknown
    assert client.post("/unapi").status_code == 405


def test_unapi_knows_nothing_that_is_not_public(client: Client, statement: Statement, publisher: User) -> None:
    a_text(statement, "fa", publisher)
    publish(statement, ["fa"], by=publisher)
    assert client.get("/unapi", {"id": f"{statement.sid}:fa:1", "format": "ris"}).status_code == 200
    only_public("az", "en")
    assert client.get("/unapi", {"id": f"{statement.sid}:fa:1", "format": "ris"}).status_code == 404
    assert Edition.objects.filter(language="fa").exists()
