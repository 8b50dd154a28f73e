"""What readers find where a text has been withdrawn: a notice on it, or in its place."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.publishing.withdrawal import withdraw
from memorial.reading import finding
from memorial.reading.held import kept_counts
from memorial.reading.models import SearchEntry
from memorial.reading.search.index import rebuild
from memorial.reading.sitemaps import parts
from memorial.statements.models import Statement

from .conftest import address, published, published_again

SECTION = "//section[@aria-labelledby='withdrawn-heading']"
REASON = "Published <by> mistake.\nA second line."


def page(client: Client, path: str, status: int = 200) -> html.HtmlElement:
    response = client.get(path)
    assert response.status_code == status, path
    return html.fromstring(response.content.decode())


def notices(root: html.HtmlElement) -> list[str]:
    return [" ".join(each.text_content().split()) for each in root.find_class("withdrawn")]


@pytest.fixture
def withdrawn(statement: Statement, publisher: User) -> Statement:
    """A statement whose English text is withdrawn and can still be read; it has two editions."""
    published_again(statement, "en", publisher, title="Second title")
    withdraw(statement, ["en"], by=publisher, reason=REASON)
    return statement


@pytest.fixture
def removed(statement: Statement, publisher: User) -> Statement:
    """A statement whose English text is removed."""
    published_again(statement, "en", publisher, title="Second title")
    withdraw(statement, ["en"], by=publisher, reason=REASON, keeps_text=False)
    return statement


# -- The text can still be read --------------------------------------------------------------------------------------
@pytest.mark.parametrize("rest", ["", "v/2/", "v/1/", "history/", "diff/1..2/", "with/az/"])
def test_every_page_with_a_withdrawn_text_says_so(client: Client, withdrawn: Statement, rest: str) -> None:
    [notice] = notices(page(client, address(withdrawn, "en", rest)))
    assert notice.startswith("This text was withdrawn on ")
    assert "It is kept here for the record." in notice
    assert notice.endswith("Reason given: Published <by> mistake. A second line.")


def test_the_page_shows_the_text_and_is_not_indexed(client: Client, withdrawn: Statement) -> None:
    root = page(client, address(withdrawn, "en"))
    assert root.find(".//h1").text_content() == "Second title"
    assert "First paragraph" in root.text_content()
    [robots] = root.xpath("//meta[@name='robots']")
    assert "noindex" in robots.get("content")


def test_other_languages_know_of_nothing(client: Client, withdrawn: Statement) -> None:
    root = page(client, address(withdrawn, "az"))
    assert notices(root) == []
    assert not root.xpath("//meta[@name='robots']")
    assert notices(page(client, address(withdrawn, "az", "history/"))) == []


def test_beside_another_language_the_reason_is_said_in_its_own(client: Client, withdrawn: Statement) -> None:
    root = page(client, address(withdrawn, "az", "with/en/"))
    [reason] = root.xpath("//*[@class='reason']//*[@lang]")
    assert (reason.get("lang"), reason.get("dir")) == ("en", "ltr")


def test_the_bytes_that_were_hashed_are_still_given(client: Client, withdrawn: Statement) -> None:
    edition = Edition.objects.get(statement=withdrawn, language="en", number=1)
    response = client.get(address(withdrawn, "en", "v/1.txt"))
    assert hashlib.sha256(response.content).hexdigest() == edition.sha256


def test_lists_searches_feeds_and_the_site_map_leave_it_out(client: Client, withdrawn: Statement) -> None:
    own, part = address(withdrawn, "en"), f"/sitemap-{parts()[0]}.xml"
    for path in (
        "/en/", "/en/statements/", "/en/search/?q=title", "/en/feed.atom", part, "/en/timeline/",
        "/en/issuers/example-ministry/", "/en/occasions/example-day/", "/en/events/example-event/",
        "/en/places/example-town/",
    ):  # fmt: skip
        content = client.get(path).content.decode()
        assert own not in content, path
        assert "Second title" not in content, path
    assert address(withdrawn, "az") in client.get(part).content.decode()


def test_it_is_not_counted(statement: Statement, publisher: User) -> None:
    def held() -> dict[str, int]:
        [(_count, texts)] = kept_counts().values()
        return {each.language: each.full + each.extract + each.summary for each in texts}

    assert finding.extent(finding.Wish(), "en").found == 1
    assert held() == {"az": 1, "en": 1}
    withdraw(statement, ["en"], by=publisher, reason=REASON)
    assert finding.extent(finding.Wish(), "en").found == 0
    assert finding.extent(finding.Wish(), "az").found == 1
    assert held() == {"az": 1}


def test_a_search_finds_it_again_when_it_is_published_again(withdrawn: Statement, publisher: User) -> None:
    entries = SearchEntry.objects.filter(statement=withdrawn, language="en")
    assert not entries.exists()
    rebuild()
    assert not entries.exists()
    [edition] = publish(withdrawn, ["en"], by=publisher, note="Published again.")
    assert [entry.edition_id for entry in entries] == [edition.pk]


def test_a_text_published_again_has_no_notice_and_its_earlier_editions_keep_theirs(
    client: Client, withdrawn: Statement, publisher: User
) -> None:
    publish(withdrawn, ["en"], by=publisher, note="Published again.")
    assert notices(page(client, address(withdrawn, "en"))) == []
    assert notices(page(client, address(withdrawn, "en", "v/3/"))) == []
    assert len(notices(page(client, address(withdrawn, "en", "v/2/")))) == 1
    assert len(notices(page(client, address(withdrawn, "en", "history/")))) == 1


def test_a_page_that_is_not_withdrawn_costs_no_query_more(
    client: Client, statement: Statement, django_assert_num_queries: DjangoAssertNumQueries, publisher: User
) -> None:
    client.get(address(statement, "en"))  # phrases, addresses
    with CaptureQueriesContext(connection) as before:
        client.get(address(statement, "en"))
    withdraw(statement, ["az"], by=publisher, reason=REASON)
    with django_assert_num_queries(len(before)):
        client.get(address(statement, "en"))


# -- It is removed ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "rest", ["", "v/2/", "v/1/", "v/1.txt", "history/", "diff/1..2/", "with/az/", "with/az.tsv", "wordings/"]
)
def test_every_address_of_a_removed_text_says_so_and_where_it_can_be_read(
    client: Client, removed: Statement, rest: str
) -> None:
    root = page(client, address(removed, "en", rest), status=410)
    assert root.find(".//h1").text_content() == "Withdrawn"
    [notice] = notices(root)
    assert "It can no longer be read here. Reason given: Published <by> mistake." in notice
    assert "First paragraph" not in root.text_content()
    assert "Second title" not in root.text_content()
    assert [link.get("href") for link in root.xpath("//*[@class='register']//a")] == [address(removed, "az")]


def test_its_files_and_citations_are_gone(client: Client, removed: Statement) -> None:
    base = address(removed, "en").rstrip("/")
    for suffix in ("ris", "bib", "csl.json", "jsonld"):
        assert client.get(f"{base}.{suffix}").status_code == 410


def test_another_language_is_still_read(client: Client, removed: Statement) -> None:
    assert notices(page(client, address(removed, "az"))) == []
    root = page(client, address(removed, "az", "with/en/"), status=404)
    assert "First paragraph" not in root.text_content()


def test_an_edition_that_never_was_is_not_called_removed(client: Client, removed: Statement, publisher: User) -> None:
    publish(removed, ["en"], by=publisher, note="Published again.")
    assert client.get(address(removed, "en", "v/2/")).status_code == 410
    assert client.get(address(removed, "en", "v/9/")).status_code == 404
    root = page(client, address(removed, "en", "history/"))
    assert [each.text_content() for each in root.xpath("//*[@class='editions']//h2/a")] == ["Edition 3"]
    assert "The editions up to edition 2 can no longer be read" in root.text_content()
    assert len(notices(root)) == 1


def test_a_permalink_of_what_is_removed_in_all_languages_says_so(
    client: Client, removed: Statement, publisher: User
) -> None:
    assert client.get(f"/s/{removed.sid}").status_code == 303
    withdraw(removed, ["az"], by=publisher, reason="Səhvən dərc edilib.", keeps_text=False)
    response = client.get(f"/s/{removed.sid}", headers={"accept-language": "az"})
    assert response.status_code == 410
    assert "Səhvən dərc edilib." in response.content.decode()
    root = page(client, f"/ru/statements/{removed.sid}/{removed.slug}/", status=404)
    assert "Səhvən" not in root.text_content()


def test_nothing_is_said_of_what_readers_never_saw(client: Client, publisher: User) -> None:
    soon = timezone.now() + timedelta(days=1)
    statement = published(publisher, languages=("en",), at=soon, original_language="en")
    withdraw(statement, ["en"], by=publisher, reason=REASON, keeps_text=False)
    assert client.get(address(statement, "en")).status_code == 404
    assert "withdrawn" not in client.get("/en/corrections/").content.decode()


def test_an_edition_that_was_called_off_was_never_there(client: Client, statement: Statement, publisher: User) -> None:
    published_again(statement, "en", publisher, at=timezone.now() + timedelta(days=1), title="Called off")
    withdraw(statement, ["en"], by=publisher, reason=REASON, keeps_text=False)
    assert client.get(address(statement, "en", "v/1/")).status_code == 410
    assert client.get(address(statement, "en", "v/2/")).status_code == 404


def test_history_names_a_withdrawal_that_also_called_off_a_later_edition(
    client: Client, statement: Statement, publisher: User
) -> None:
    published_again(statement, "en", publisher, at=timezone.now() + timedelta(days=1), title="Called off")
    withdraw(statement, ["en"], by=publisher, reason=REASON)
    assert len(notices(page(client, address(statement, "en", "history/")))) == 1


def test_what_never_was_is_not_called_removed_after_a_new_edition(
    client: Client, removed: Statement, publisher: User
) -> None:
    never = [address(removed, "en", "with/fa/"), f"{address(removed, 'en').rstrip('/')}.ris?edition=9"]
    nowhere = f"/s/{removed.sid}/files/{'0' * 64}/nothing.pdf"
    assert client.get(nowhere).status_code == 404, "in another language it can be read"
    assert [client.get(path).status_code for path in never] == [410, 410]
    publish(removed, ["en"], by=publisher, note="Published again.")
    assert [client.get(path).status_code for path in never] == [404, 404]
    assert client.get(address(removed, "en", "diff/1..3/")).status_code == 410


def test_nothing_is_said_in_a_language_that_readers_no_longer_see(client: Client, removed: Statement) -> None:
    Language.objects.filter(tag="en").update(state=Language.State.RETIRED)
    assert client.get(address(removed, "en")).status_code == 404


# -- The list of what was changed ------------------------------------------------------------------------------------
def test_corrections_name_what_was_withdrawn(client: Client, withdrawn: Statement, publisher: User) -> None:
    other = published(publisher, languages=("en",), original_language="en", slug="other", text={"title": "Other title"})
    withdraw(other, ["en"], by=publisher, reason="Another reason.", keeps_text=False)
    root = page(client, "/en/corrections/")
    [section] = root.xpath(SECTION)
    shown = [" ".join(each.text_content().split()) for each in section.iter("li")]
    assert shown[0].startswith("A text that can no longer be read This text was withdrawn on")
    assert shown[1].startswith("Second title This text was withdrawn on")
    assert "Other title" not in root.text_content()
    [link] = section.iter("a")
    assert link.get("href") == address(withdrawn, "en")
    assert not page(client, "/az/corrections/").xpath(SECTION)
