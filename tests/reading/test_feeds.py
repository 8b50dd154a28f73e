"""Feeds and calendars, read by other people's readers."""

from datetime import date, datetime

import feedparser
import icalendar
import pytest
from dateutil.rrule import rrulestr
from django.test import Client

from memorial.accounts.models import User
from memorial.statements.models import Source
from tests.builders import an_issuer, an_occasion

from .conftest import an_event, only_public, published, published_again


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
    assert ("alternate", "az", "text/html") in links
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
