"""The ledger of an event: one row for each claimant and claim, as a page and as files."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.models import SourceEdition
from memorial.publishing.release import publish
from memorial.reading.ledger import Asked, LedgerRow, rows
from memorial.reading.ledger.files import HEADER
from memorial.reading.ledger.finding import of_event
from memorial.statements.models import Event, Statement
from tests.builders import a_statement
from tests.reading.conftest import a_figure, a_text, address, an_event, only_public, published_again
from tests.reading.ledgers import a_claim, agency, disputed_by_an_agency, figures_of, noted, rows_of_csv, stated

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """The Example Event."""
    return an_event()


@pytest.fixture
def disputed(event: Event, publisher: User) -> Statement:
    """A statement about the event with three figures, which has one in a source too."""
    return disputed_by_an_agency(event, publisher)


def table(content: bytes) -> list[list[str]]:
    """The cells of the table, as text."""
    root = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    return [[" ".join(cell.text_content().split()) for cell in row] for row in root.xpath("//table//tbody/tr")]


# -- which rows -------------------------------------------------------------------------------------------------------
def test_each_claim_has_one_row_by_what_is_counted_and_then_by_date(disputed: Statement, event: Event) -> None:
    found = rows(event, "en")
    assert [(row.measure, row.number, row.claimant.text) for row in found] == [
        ("killed", "150", "Example Ministry (en)"),
        ("killed", "147", "Example Agency"),
        ("injured", "about 700–744", "Example Ministry (en)"),
        ("missing", "", "Example Ministry (en)"),
    ]
    assert [row.kind for row in found] == ["exact", "exact", "about", "words"]


def test_a_claim_is_read_in_the_language_of_the_page_else_in_the_original(disputed: Statement, event: Event) -> None:
    path = f"/statements/{disputed.sid}/{disputed.slug}/#p2"
    read_in = {lang: rows(event, lang)[0].standing for lang in ("az", "en", "fa")}
    assert {lang: standing.path for lang, standing in read_in.items()} == {
        "az": f"/az{path}", "en": f"/en{path}", "fa": f"/az{path}"
    }  # fmt: skip
    assert (read_in["fa"].title.lang, read_in["fa"].title.is_foreign) == ("az", True)
    assert not read_in["en"].title.is_foreign


def test_the_original_comes_before_what_was_published_earlier(event: Event, publisher: User) -> None:
    statement = a_statement(original_language="ru")
    a_claim(statement, event)
    for lang in ("ru", "az"):
        a_text(statement, lang, publisher)
    publish(statement, ["az"], by=publisher)
    publish(statement, ["ru"], by=publisher)
    [row] = rows(event, "fa")
    assert row.standing.path.startswith("/ru/statements/")


def test_where_neither_has_it_any_language_serves(event: Event, publisher: User) -> None:
    stated(publisher, event, {}, languages=("az", "ru"), original_language="az")
    only_public("ru", "fa")
    [row] = rows(event, "fa")
    assert row.standing.path.startswith("/ru/statements/")


def test_a_figure_in_a_source_alone_stands_there_with_its_words_in_the_readers_language(
    disputed: Statement, event: Event
) -> None:
    az, en = ([row for row in rows(event, lang) if row.standing.is_source] for lang in ("az", "en"))
    assert (az[0].described.text, en[0].described.text) == ("həlak olanlar", "persons killed")
    assert en[0].standing.url == "https://agency.example/note"
    assert en[0].standing.path == f"/en/sources/{en[0].standing.ref}/"
    assert (en[0].wording.text, en[0].wording.lang, en[0].wording.is_foreign) == ("147 человек погибли", "ru", True)
    [persian] = [row for row in rows(event, "fa") if row.standing.is_source]
    assert (persian.described.lang, persian.described.is_foreign) == ("en", True)


def test_drafts_embargoes_and_languages_that_are_not_public_are_not_heard(
    event: Event, publisher: User, client: Client
) -> None:
    draft = a_statement(slug="draft")
    a_claim(draft, event, minimum=1111)
    a_text(draft, "az", publisher)
    waiting = a_statement(slug="waiting", issuer=agency("waiting-agency", "Waiting Agency"))
    a_claim(waiting, event, minimum=2222)
    a_text(waiting, "az", publisher)
    with time_machine.travel("2025-01-01T12:00:00Z", tick=False):
        publish(waiting, ["az"], by=publisher, at=datetime(2025, 1, 2, 12, tzinfo=UTC))
        assert rows(event, "en") == []
        content = client.get(figures_of(event)).content.decode()
        assert "No figure about this event has been published yet." in content
        assert "Waiting Agency" not in content
        assert client.get(figures_of(event, suffix=".csv")).content.decode().strip() == ",".join(HEADER)
    with time_machine.travel("2025-01-03T12:00:00Z", tick=False):
        assert [row.minimum for row in rows(event, "en")] == [2222]
        only_public("en")
        assert rows(event, "en") == []


def test_a_corrected_number_takes_the_place_of_the_old_one(disputed: Statement, event: Event, publisher: User) -> None:
    disputed.figures.filter(measure="killed").update(minimum=151)
    published_again(disputed, "en", publisher)
    assert rows(event, "en")[0].minimum == 151
    assert rows(event, "az")[0].minimum == 150, "the Azerbaijani edition still says so"
    published_again(disputed, "az", publisher)
    assert rows(event, "az")[0].minimum == 151


# -- filters ----------------------------------------------------------------------------------------------------------
def test_filters(disputed: Statement, event: Event, client: Client) -> None:
    for query, numbers in (
        ({"measure": "killed"}, [150, 147]),
        ({"claimant": "example-agency"}, [147]),
        ({"year": "2025"}, [150, 700, None]),
        ({"measure": "killed", "year": "2026"}, [147]),
        ({"unknown": "1"}, [150, 147, 700, None]),
    ):
        assert [row.minimum for row in rows(event, "en", Asked.of(query))] == numbers, query
        shown = [line[2] for line in table(client.get(figures_of(event), query).content)]
        stated_numbers = {150: "150", 147: "147", 700: "about 700–744", None: "no number, in words only"}
        assert shown == [stated_numbers[number] for number in numbers], query


@pytest.mark.parametrize(
    "query",
    [
        {"measure": "nothing"},
        {"measure": "' OR 1=1 --"},
        {"year": "0000"},
        {"year": "٢٠٢٥"},
        {"claimant": "x" * 10_000},
        {"claimant": "a\x00b"},
    ],
)
def test_filters_that_can_find_nothing_say_so(
    disputed: Statement, event: Event, client: Client, query: dict[str, str]
) -> None:
    assert rows(event, "en", Asked.of(query)) == []
    response = client.get(figures_of(event), query)
    assert response.status_code == 200
    content = response.content.decode()
    assert "No figure about this event matches these filters." in content
    assert "Claimants here: 2" in content
    assert "noindex" in content
    assert "1=1" not in content
    assert client.get(figures_of(event, suffix=".csv"), query).content.decode().strip() == ",".join(HEADER)


def test_a_date_that_is_not_exact_is_found_in_every_year_that_it_can_mean(event: Event, publisher: User) -> None:
    stated(publisher, event, {"claimed": "1990/1994"})
    assert [len(rows(event, "en", Asked(year=year))) for year in ("1989", "1990", "1992", "1994", "1995")] == [
        0, 1, 1, 1, 0
    ]  # fmt: skip


def test_the_filters_offer_what_there_is_and_keep_what_was_chosen(
    disputed: Statement, event: Event, client: Client
) -> None:
    root = html.document_fromstring(client.get(figures_of(event, "?measure=injured")).content)
    offered = {select.get("name"): select.xpath("./option/@value") for select in root.xpath("//form//select")}
    assert offered == {
        "measure": ["", "killed", "injured", "missing"],
        "claimant": ["", "example-agency", "example-ministry"],
        "year": ["", "2026", "2025"],
    }
    assert root.xpath("//form//option[@selected]/@value") == ["injured"]


def test_a_page_that_there_is_not_is_not_found(disputed: Statement, event: Event, client: Client) -> None:
    for query in ("?page=0", "?page=2", "?page=x", "?page=99999999999", "?page=-1"):
        for suffix in ("/", ".csv", ".json", ".jsonld"):
            assert client.get(figures_of(event, query, suffix=suffix)).status_code == 404, query + suffix


# -- the page ---------------------------------------------------------------------------------------------------------
def test_the_page_shows_the_disagreeing_figures_by_their_claimants(
    disputed: Statement, event: Event, client: Client
) -> None:
    response = client.get(figures_of(event))
    first, second, injured, missing = table(response.content)
    assert first[0].startswith("Example Ministry")
    assert first[1:3] == ["killed", "150"]
    assert "150 people were killed" in first[3]
    assert first[4] == "20 May 2025"
    assert second[:3] == ["Example Agency", "killed", "147"]
    assert injured[2] == "about 700–744"
    assert missing[2] == "no number, in words only"
    content = response.content.decode()
    assert '<q lang="ru" dir="ltr">147 человек погибли</q>' in content
    assert f'href="{address(disputed, "en")}#p2"' in content
    assert f'href="/en/sources/{SourceEdition.objects.get().facts["source"]["ref"]}/"' in content
    assert "Claimants here: 2" in content
    assert content.index("<table") < content.index("<svg")


def test_nothing_is_added_up_or_averaged(disputed: Statement, event: Event, client: Client) -> None:
    content = client.get(figures_of(event, "?measure=killed")).content.decode()
    told = re.sub(r"<script.*?</script>|<svg.*?</svg>", "", content, flags=re.DOTALL)
    for number in ("297", "148.5", "148,5", "148", "149"):
        assert number not in re.sub(r"<[^>]+>", " ", told)


def test_a_persian_page_has_persian_digits_and_marks_what_is_in_other_languages(
    disputed: Statement, event: Event, client: Client
) -> None:
    content = client.get(figures_of(event, lang="fa")).content.decode()
    assert "۱۵۰" in content
    assert '<span lang="az" dir="ltr">Title in az</span>' in content
    assert 'hreflang="az"' in content


def test_it_says_who_is_not_heard(disputed: Statement, event: Event, client: Client) -> None:
    plain = client.get(figures_of(event)).content.decode()
    assert "does not mean that it states no figure" in plain
    setattr(event, column_name("coverage", "en"), "No hospital has been asked <yet>.")
    event.save()
    written = client.get(figures_of(event)).content.decode()
    assert "No hospital has been asked &lt;yet&gt;." in written
    assert "does not mean that it states no figure" not in written
    assert '<div lang="en" dir="ltr">' in client.get(figures_of(event, lang="fa")).content.decode()


def test_the_desk_asks_who_is_not_heard(client: Client, publisher: User, event: Event) -> None:
    client.force_login(publisher)
    content = client.get(f"/admin/statements/event/{event.pk}/change/").content.decode()
    assert f'name="{column_name("coverage", "en")}"' in content


def test_measures_are_explained_once(disputed: Statement, event: Event, client: Client) -> None:
    content = client.get(figures_of(event)).content.decode()
    root = html.document_fromstring(content)
    explained = root.xpath("//section[@class='words-used']//dl/div/@id")
    assert explained == ["of-killed", "of-injured", "of-missing"]
    assert set(root.xpath("//a[@class='term']/@href")) == {f"#{each}" for each in explained}


def test_events_and_statements_lead_to_it(disputed: Statement, event: Event, client: Client) -> None:
    link = f'href="{figures_of(event)}"'
    assert link in client.get(f"/en/events/{event.slug}/").content.decode()
    assert link in client.get(address(disputed, "en")).content.decode()
    silent = an_event("silent-event")
    assert figures_of(silent) not in client.get(f"/en/events/{silent.slug}/").content.decode()
    empty = client.get(figures_of(silent))
    assert empty.status_code == 200
    assert "noindex" in empty.content.decode()
    assert client.get("/en/events/nowhere/figures/").status_code == 404


@pytest.mark.same_on_any_database
def test_the_page_is_valid(disputed: Statement, event: Event, client: Client, valid_html: Any) -> None:
    pages = [figures_of(event, lang=lang) for lang in ("en", "fa", "ru")] + [figures_of(event, "?year=1900")]
    assert '<g lang="' in client.get(pages[2]).content.decode(), "a name that is not in the page's language is drawn"
    assert valid_html({path: client.get(path).content for path in pages}) == []


def test_a_ledger_costs_as_many_queries_with_one_claim_as_with_hundreds(
    disputed: Statement, event: Event, publisher: User, client: Client
) -> None:
    def asked(suffix: str) -> int:
        path = figures_of(event, lang="fa", suffix=suffix)
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    few = {suffix: asked(suffix) for suffix in ("/", ".csv", ".json", ".jsonld")}
    assert max(few.values()) <= 6
    claims = [{"measure": measure, "claimant": agency("other-agency")} for measure in ("killed", "injured")]
    stated(publisher, event, *claims, slug="another-statement")
    noted(event, publisher, *({"minimum": number} for number in range(238)))
    assert {suffix: asked(suffix) for suffix in few} == few
    page = client.get(figures_of(event)).content
    assert len(table(page)) == 200
    assert 'href="?page=2"' in page.decode()
    assert len(table(client.get(figures_of(event, "?page=2")).content)) == 44
    assert len(rows_of_csv(client.get(figures_of(event, suffix=".csv")).content)) == 244


def test_of_what_a_source_claims_each_row_reads_its_own_facts_alone(event: Event, publisher: User) -> None:
    noted(event, publisher, *({"minimum": number} for number in (7, 8, 9)))
    found = list(of_event(event, "en"))
    assert [each["source_sealed"]["minimum"] for each in found] == [each["minimum"] for each in found]
    assert sorted(each["minimum"] for each in found) == [7, 8, 9]
    assert "figures" not in {key for each in found for key in each}


def test_two_hundred_figures_weigh_little(event: Event, publisher: User, client: Client) -> None:
    figures = [
        {
            "minimum": 100 + number,
            "measure": ("killed", "injured")[number % 2],
            "precision": ("exact", "about")[number % 2],
            "claimed": f"20{number % 26:02}-01-19",
            "wording": f"Сообщается о {number} погибших и раненых в городе",
        }
        for number in range(200)
    ]
    noted(event, publisher, *figures)
    sheets = [Path(str(finders.find(f"reading/{name}.css"))).read_bytes() for name in ("site", "figures")]
    page = client.get(figures_of(event)).content
    assert page.count(b"data-fid=") == 200
    assert sum(len(brotli.compress(each, quality=5)) for each in (page, *sheets)) < 40_000, "the budget is 60 kB"


def test_a_row_knows_nothing_that_no_edition_says(disputed: Statement, event: Event) -> None:
    disputed.figures.filter(maximum=None, precision="exact").update(minimum=9999, wording="changed", measure="other")
    assert all(isinstance(row, LedgerRow) and row.minimum != 9999 for row in rows(event, "en"))
    assert a_figure(disputed, event).fid not in {row.fid for row in rows(event, "en")}
