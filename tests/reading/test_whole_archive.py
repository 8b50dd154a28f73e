"""The archive as a whole: what it holds, in time, by names and by places."""

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.languages.models import Language
from memorial.reading import held as counting
from memorial.reading import kept_held
from memorial.reading.chronology import chronology
from memorial.reading.coverage import coverage
from memorial.reading.held import _counted, kept_counts
from memorial.statements.models import EventName, Gap, Place, Statement
from tests.builders import a_statement, an_issuer, named

from .conftest import a_place, a_text, an_event, only_public, published, published_again


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def table(client: Client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(StringIO(response.content.decode())))


# -- Coverage ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def held(publisher: User) -> None:
    """Two statements of 2025, one of 2024 by the same issuer, a draft, and a gap in 2023."""
    issuer = an_issuer()
    published(publisher, issuer=issuer, slug="one", languages=("az", "en"))
    published(publisher, issuer=issuer, slug="two", languages=("az",), text={"completeness": "summary"})
    published(publisher, issuer=issuer, slug="three", dated="2024-05", languages=("az", "fa"))
    draft = a_statement(issuer=issuer, slug="draft", dated="2022")
    a_text(draft, "az", publisher)
    Gap.objects.create(
        issuer=issuer, dated="2023", url="https://gazette.example/2023",
        **{column_name("note", "en"): "Mentioned in the Gazette, not found.", column_name("note", "az"): "Tapılmayıb."},
    )  # fmt: skip


def test_each_issuer_and_year_says_what_is_held_and_what_is_missing(held: None) -> None:
    found = coverage("en", 1)
    assert (found.statements, found.gaps, found.has_next) == (3, 1, False)
    [issuer] = found.issuers
    assert [(year.year, year.statements, len(year.gaps)) for year in issuer.years] == [
        (2025, 2, 0), (2024, 1, 0), (2023, 0, 1),
    ]  # fmt: skip
    assert [(each.language, each.full, each.extract, each.summary) for each in issuer.years[0].held] == [
        ("az", 1, 0, 1), ("en", 1, 0, 0),
    ]  # fmt: skip


def test_only_public_languages_count(held: None) -> None:
    only_public("en")
    found = coverage("en", 1)
    assert found.statements == 1
    assert {each.language for issuer in found.issuers for year in issuer.years for each in year.held} == {"en"}


def test_the_page_shows_a_gap_with_its_note_and_where_it_is_mentioned(client: Client, held: None) -> None:
    content = read(client, "/en/coverage/")
    assert "Mentioned in the Gazette, not found." in content
    assert 'href="https://gazette.example/2023"' in content
    assert "3 statements held" in content
    assert "2022" not in content
    assert "Tapılmayıb." in read(client, "/az/coverage/")
    event = an_event(**{column_name("coverage", "en"): "Looked for and not found."})
    assert f'/en/events/{event.slug}/">' in read(client, "/en/coverage/")
    assert "Looked for and not found." in read(client, "/en/coverage/")


def test_coverage_comes_in_pages(held: None) -> None:
    first, second = coverage("en", 1, size=2), coverage("en", 2, size=2)
    assert (first.has_next, second.has_next) == (True, False)
    assert [year.year for issuer in first.issuers for year in issuer.years] == [2025, 2024]
    assert [year.year for issuer in second.issuers for year in issuer.years] == [2023]
    assert first.statements == second.statements == 3


def test_coverage_as_a_table_says_the_same(client: Client, held: None) -> None:
    rows = table(client, "/en/coverage.csv")
    assert [(row["year"], row["statements"], row["language"], row["full"], row["summary"]) for row in rows] == [
        ("2025", "2", "az", "1", "1"), ("2025", "2", "en", "1", "0"), ("2024", "1", "az", "1", "0"),
        ("2024", "1", "fa", "1", "0"), ("2023", "0", "", "", ""),
    ]  # fmt: skip
    assert (rows[-1]["gap_date"], rows[-1]["gap"]) == ("2023", "Mentioned in the Gazette, not found.")


def test_a_cell_that_would_be_a_formula_is_made_harmless(client: Client, held: None) -> None:
    Gap.objects.update(**{column_name("note", "en"): "=HYPERLINK(1)"})
    assert table(client, "/en/coverage.csv")[-1]["gap"] == "'=HYPERLINK(1)"


# -- Timeline ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def dated(publisher: User) -> None:
    """Two events, three statements in English, one of them only in Azerbaijani."""
    an_event("month", dated="1994-03")
    an_event("night", dated="1990-01-19/1990-01-20")
    published(publisher, slug="day", dated="1994-03-01")
    published(publisher, slug="year", dated="1994", text={"title": "Of a year"})
    published(publisher, slug="other", dated="1991-05-20", languages=("az",))


def entries(view: str, lang: str = "en") -> list[tuple[str, str]]:
    found, _page = chronology(lang, view, 1)
    return [("event" if entry.event else "statement", entry.dated) for entry in found]


def test_events_and_statements_stand_in_the_order_of_their_dates(dated: None) -> None:
    assert entries("all") == [
        ("event", "1990-01-19/1990-01-20"), ("statement", "1994"), ("event", "1994-03"), ("statement", "1994-03-01"),
    ]  # fmt: skip
    assert entries("events") == [("event", "1990-01-19/1990-01-20"), ("event", "1994-03")]
    assert entries("statements") == [("statement", "1994"), ("statement", "1994-03-01")]
    assert ("statement", "1991-05-20") in entries("all", "az")


def test_a_month_is_never_shown_as_a_day(client: Client, dated: None) -> None:
    content = read(client, "/en/timeline/?view=events")
    assert '<time datetime="1994-03">March 1994</time>' in content
    assert '<span class="stated">19–20 January 1990</span>' in content
    assert "1994-03-01" not in content
    assert '<time datetime="1994">1994</time>' in read(client, "/en/timeline/?view=statements")


def test_the_timeline_comes_in_pages(dated: None) -> None:
    found = [chronology("en", "all", number, size=3) for number in (1, 2)]
    assert [len(rows) for rows, _page in found] == [3, 1]
    assert [page.next for _rows, page in found] == ["?page=2", ""]


def test_the_timeline_for_machines_keeps_the_stated_dates(client: Client, dated: None) -> None:
    answer: dict[str, Any] = json.loads(read(client, "/en/timeline.json"))
    assert answer["next"] is None
    assert [(row["what"], row["date"], row["earliest"], row["latest"]) for row in answer["entries"]] == [
        ("event", "1990-01-19/1990-01-20", "1990-01-19", "1990-01-20"),
        ("statement", "1994", "1994-01-01", "1994-12-31"),
        ("event", "1994-03", "1994-03-01", "1994-03-31"),
        ("statement", "1994-03-01", "1994-03-01", "1994-03-01"),
    ]
    assert all(row["url"].startswith("http://memorial.test/en/") for row in answer["entries"])


@pytest.mark.parametrize(
    "query", ["?view=x", "?view=%00", "?page=0", "?page=9999999", "?page=2", f"?view={'x' * 9000}"]
)
@pytest.mark.parametrize("path", ["timeline/", "timeline.json"])
def test_what_cannot_be_asked_is_not_found(client: Client, dated: None, path: str, query: str) -> None:
    assert client.get(f"/en/{path}{query}").status_code == 404


# -- Names and places --------------------------------------------------------------------------------------------------


def test_names_in_use_stand_with_their_language_and_who_uses_them(client: Client) -> None:
    event = an_event()
    users = {column_name("used_by", "en"): "Persian-language press"}
    EventName.objects.create(event=event, name="شب نمونه", language="fa", **users)
    content = read(client, "/en/names/")
    assert '<q lang="fa" dir="rtl">شب نمونه</q>' in content
    assert "Persian-language press" in content
    assert f'href="/en/events/{event.slug}/"' in content
    assert 'href="/en/names/"' in read(client, "/en/events/")


def test_places_stand_with_their_coordinates_on_no_map(client: Client) -> None:
    a_place()
    Place.objects.create(slug="west", latitude="-10.25", longitude="-70.5", **named("West", "en"))
    Place.objects.create(slug="nowhere", **named("Nowhere", "en"))
    content = read(client, "/en/places/")
    assert '<data class="p-latitude" value="40.5">40.5,</data>' in content
    assert '<data class="p-longitude" value="-70.5">-70.5</data>' in content
    rows = {row["place"]: row for row in table(client, "/en/places.csv")}
    assert (rows["west"]["latitude"], rows["west"]["longitude"]) == ("-10.25000", "-70.50000")
    assert rows["nowhere"]["latitude"] == ""
    response = client.get("/en/places.geojson")
    assert response["Content-Type"] == "application/geo+json"
    points = {each["id"]: each["geometry"]["coordinates"] for each in response.json()["features"]}
    assert points == {"example-town": [49.5, 40.5], "west": [-70.5, -10.25]}


def test_what_is_kept_of_the_counts_follows_every_publication(publisher: User) -> None:
    def is_true() -> bool:
        return dict(kept_counts()) == _counted(Q())

    assert is_true()
    statement = published(publisher, languages=["az", "en"], dated="1991-01-20", original_language="az")
    assert is_true()
    published(publisher, languages=["az"], dated="1992-01-20", issuer=an_issuer("another-ministry"))
    assert is_true()
    Statement.objects.filter(pk=statement.pk).update(dated="1993-01-20", earliest="1993-01-20", latest="1993-01-20")
    published_again(Statement.objects.get(pk=statement.pk), "az", publisher)
    assert is_true()
    assert sorted(year for _issuer, year in kept_counts()) == [1991, 1992, 1993]
    later = timezone.now() + timedelta(days=2)
    published(publisher, languages=["en"], dated="1994-01-20", original_language="en", at=later)
    assert is_true()
    with time_machine.travel(later + timedelta(hours=1), tick=False):
        assert is_true()
        assert 1994 in {year for _issuer, year in kept_counts()}
    Language.objects.filter(tag="en").update(state=Language.State.RETIRED)
    assert is_true()


def test_another_process_goes_on_from_what_was_counted(publisher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    published(publisher, languages=["az", "en"], dated="1991-01-20", original_language="az")
    counts = kept_counts()
    asked: list[Q] = []
    monkeypatch.setattr(counting, "_counted", lambda condition: asked.append(condition) or _counted(condition))
    monkeypatch.setattr(counting, "_kept", counting._Kept())
    assert kept_counts() == counts
    published(publisher, languages=["az"], dated="1992-01-20")
    monkeypatch.setattr(counting, "_kept", counting._Kept())
    assert kept_counts() == _counted(Q())
    assert Q() not in asked, "never all of it"
    path = kept_held._path()
    for broken in ("", "{}", "[]", path.read_text().replace(f'"format": {kept_held.FORMAT}', '"format": 0')):
        path.write_text(broken)
        monkeypatch.setattr(counting, "_kept", counting._Kept())
        assert kept_counts() == _counted(Q())
        assert asked.pop() == Q()
    assert kept_held.read()[1] == _counted(Q())
