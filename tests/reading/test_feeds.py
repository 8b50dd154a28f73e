"""Feeds and calendars, read by other people's readers."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
import icalendar
import pytest
import time_machine
from dateutil.rrule import rrulestr
from django.test import Client

from memorial.accounts.models import User
from memorial.publishing.withdrawal import withdraw
from memorial.reading.feeds import entries
from memorial.statements.models import Source
from tests.builders import an_issuer, an_occasion

from .conftest import address, an_event, only_public, published, published_again

MORNING = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
REASON = "It was published by mistake."


def at(hours: float) -> Any:
    """The clock, some hours after the morning on which everything begins."""
    return time_machine.travel(MORNING + timedelta(hours=hours), tick=False)


def read(client: Client, path: str) -> feedparser.FeedParserDict:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_feed_names_the_issuer_as_the_author_and_every_language(client: Client, publisher: User) -> None:
    statement = published(publisher, languages=("az", "fa"))
    found = read(client, "/fa/feed.atom")
    assert found.feed.language == "fa"
    assert found.feed.links[1].href == "http://memorial.test/fa/feed.atom"
    (entry,) = found.entries
    assert entry.title == "Title in fa"
    assert entry.author_detail.name == "Example Ministry (fa)"
    assert entry.id == f"tag:memorial.test,2026:statement/{statement.sid}/fa"
    links = {(link.rel, link.get("hreflang"), link.get("type")) for link in entry.links}
    assert ("related", "az", "text/html") in links
    assert entry.link == f"http://memorial.test{address(statement, 'fa')}"
    assert ("via", "az", "text/html") in links or ("via", "az", None) in links
    assert "Summary in fa" in entry.summary


def test_ids_never_change_and_a_new_edition_is_an_update(client: Client, publisher: User) -> None:
    statement = published(publisher, languages=("az",))
    before = read(client, "/az/feed.atom").entries[0]
    edition = published_again(statement, "az", publisher, title="Another title")
    after = read(client, "/az/feed.atom").entries[0]
    assert (after.id, after.title, after.published) == (before.id, "Another title", before.published)
    changes = read(client, "/az/changes.atom").entries
    assert [entry.id.rsplit("/", 1)[1] for entry in changes] == [str(edition.number), "1"]
    assert changes[0].summary == "A word was corrected."
    assert changes[0].link.endswith("/v/2/")


@pytest.mark.parametrize("path", ["issuers/example-ministry", "occasions/example-day", "events/example-event"])
def test_each_subject_has_its_own_feeds(client: Client, publisher: User, path: str) -> None:
    around = {"issuer": an_issuer(), "occasion": an_occasion(), "events": [an_event()]}
    inside = published(publisher, **around)
    published(publisher, issuer=an_issuer("another-ministry"), slug="elsewhere")
    for name in ("feed", "changes"):
        (entry,) = read(client, f"/en/{path}/{name}.atom").entries
        assert inside.sid in entry.id
    assert client.get("/en/issuers/nobody/feed.atom").status_code == 404


def test_a_feed_holds_nothing_that_readers_cannot_see(client: Client, publisher: User) -> None:
    published(publisher, languages=("az", "ru"), at=datetime.fromisoformat("2999-01-01T00:00Z"))
    shown = published(publisher, languages=("az", "ru"), slug="other")
    only_public("az", "en")
    for path in ("feed", "changes"):
        (entry,) = read(client, f"/az/{path}.atom").entries
        assert shown.sid in entry.id
        assert not [link for link in entry.links if link.get("hreflang") == "ru"]
        assert client.get(f"/ru/{path}.atom").status_code == 404


def test_a_feed_that_has_not_changed_is_not_sent_again(client: Client, publisher: User) -> None:
    published(publisher)
    first = client.get("/en/feed.atom")
    again = client.get("/en/feed.atom", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_feed_costs_as_many_queries_for_many_statements_as_for_one(
    client: Client, publisher: User, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        published(publisher, slug=f"example-{number}")
    for path in ("feed", "changes", "issuers/example-ministry/feed"):
        with django_assert_max_num_queries(7):  # type: ignore[operator]
            client.get(f"/en/{path}.atom")


def test_what_xml_cannot_hold_is_left_out(client: Client, publisher: User) -> None:
    statement = published(publisher, languages=("az",))
    Source.objects.filter(statement=statement).update(url="https://gazette.example/?a=1&b=<2>")
    published_again(statement, "az", publisher, title="A & B <script>alert(1)</script>")
    (entry,) = read(client, "/az/feed.atom").entries
    assert entry.title == "A & B <script>alert(1)</script>"
    assert any(link.href.endswith("b=<2>") or link.href.endswith("b=%3C2%3E") for link in entry.links)


def test_a_withdrawal_is_an_entry_of_its_own_among_the_changes(client: Client, publisher: User) -> None:
    with at(0):
        statement = published(publisher, issuer=an_issuer(), occasion=an_occasion(), events=[an_event()])
    with at(1):
        withdraw(statement, ["en"], by=publisher, reason=REASON)
    with at(2):
        published_again(statement, "en", publisher, title="Again")
    with at(3):
        withdraw(statement, ["en"], by=publisher, reason="It was not to be published again.")
    before = f"tag:memorial.test,2026:statement/{statement.sid}/en"
    subjects = ["", "issuers/example-ministry/", "occasions/example-day/", "events/example-event/"]
    for path in subjects:
        found = read(client, f"/en/{path}changes.atom")
        assert [entry.id.removeprefix(before) for entry in found.entries] == [
            "/2/withdrawal",
            "/2",
            "/1/withdrawal",
            "/1",
        ]
        assert found.feed.updated == found.entries[0].updated == "2026-03-01T11:00:00+00:00"
        assert read(client, f"/en/{path}feed.atom").entries == [], "it is no news any more"
    entry = found.entries[2]
    assert (entry.title, entry.author_detail.name) == ("Withdrawn: Title in en", "Example Ministry (en)")
    assert entry.link == f"http://memorial.test{address(statement, 'en')}"
    assert "1 March 2026" in entry.summary
    assert REASON in entry.summary
    assert "withdrawal" not in str(read(client, "/az/changes.atom").entries)


def test_of_what_was_removed_no_word_is_told(client: Client, publisher: User) -> None:
    with at(0):
        statement = published(publisher, text={"title": "Zyxtitle", "summary": "Zyxsummary"})
    with at(1):
        withdraw(statement, ["en"], by=publisher, reason=REASON)
    assert read(client, "/en/changes.atom").entries[0].title == "Withdrawn: Zyxtitle"
    with at(2):
        withdraw(statement, ["en"], by=publisher, reason="A court has ordered it.", keeps_text=False)
    found = read(client, "/en/changes.atom").entries
    assert [entry.id.rsplit("/", 1)[1] for entry in found] == ["removal", "withdrawal"]
    assert [entry.title for entry in found] == ["Withdrawn", "Withdrawn"]
    assert "can no longer be read" in found[0].summary
    assert b"Zyx" not in client.get("/en/changes.atom").content


def test_no_feed_tells_of_what_nobody_saw(client: Client, publisher: User) -> None:
    with at(0):
        later = published(publisher, at=MORNING + timedelta(hours=5))
        withdraw(later, ["az", "en"], by=publisher, reason=REASON)
        shown = published(publisher, slug="other", languages=("az", "ru"))
        withdraw(shown, ["az", "ru"], by=publisher, reason=REASON)
    only_public("az", "en")
    with at(9):
        assert read(client, "/en/changes.atom").entries == []
        assert {shown.sid in entry.id for entry in read(client, "/az/changes.atom").entries} == {True}
        assert client.get("/ru/changes.atom").status_code == 404


def test_a_feed_of_many_withdrawals_is_bounded_and_costs_no_more(
    client: Client, publisher: User, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(entries, "AT_MOST", 5)
    for number in range(6):
        with at(number):
            row = published(publisher, slug=f"example-{number}", languages=("az",))
        with at(number + 0.5):
            withdraw(row, ["az"], by=publisher, reason=REASON)
    with django_assert_max_num_queries(7):
        client.get("/az/changes.atom")
    found = read(client, "/az/changes.atom").entries
    assert [entry.id.rsplit("/", 1)[1] for entry in found] == ["withdrawal", "1", "withdrawal", "1", "withdrawal"]
    assert len({entry.id for entry in found}) == 5


def test_an_occasion_is_a_day_of_every_year(client: Client) -> None:
    an_occasion()
    response = client.get("/en/occasions/example-day.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert event["UID"] == "occasion-example-day@memorial.test"
    assert event["SUMMARY"] == "Day of Examples (en)"
    assert event["SUMMARY"].params["LANGUAGE"] == "en"
    assert event["URL"] == "http://memorial.test/en/occasions/example-day/"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(1990, 5, 20), date(1990, 5, 21))
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=datetime(1990, 5, 20))  # noqa: DTZ001 whole days
    assert [day.date() for day in rule[35:37]] == [date(2025, 5, 20), date(2026, 5, 20)]
    assert client.get("/en/occasions/example-day.ics").content == response.content, "nothing changed"


def test_a_leap_day_begins_in_a_leap_year_and_all_occasions_are_one_calendar(client: Client) -> None:
    an_occasion()
    an_occasion("leap-day", month=2, day=29, first_year=1990)
    events = icalendar.Calendar.from_ical(client.get("/fa/occasions.ics").content).walk("VEVENT")
    assert {event.decoded("DTSTART") for event in events} == {date(1990, 5, 20), date(1992, 2, 29)}
    assert client.get("/en/occasions/none.ics").status_code == 404


def test_pages_announce_their_feeds(client: Client, publisher: User) -> None:
    published(publisher, issuer=an_issuer(), occasion=an_occasion(), events=[an_event()])
    for path in ("", "issuers/example-ministry/", "occasions/example-day/", "events/example-event/"):
        content = client.get(f"/en/{path}").content.decode()
        assert f'href="http://memorial.test/en/{path}feed.atom"' in content
    assert 'type="text/calendar"' in client.get("/en/occasions/example-day/").content.decode()


def test_corrections_are_listed_with_their_notes(client: Client, publisher: User) -> None:
    statement = published(publisher)
    assert "has been changed since" in client.get("/en/corrections/").content.decode()
    published_again(statement, "en", publisher, title="Another title")
    content = client.get("/en/corrections/").content.decode()
    assert "A word was corrected." in content
    assert f"/en/statements/{statement.sid}/{statement.slug}/history/" in content
    assert "Another title" not in client.get("/az/corrections/").content.decode()
