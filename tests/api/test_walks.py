"""Lists are walked page by page: nothing is repeated or skipped, whatever is published meanwhile; and what it costs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from memorial.accounts.models import User
from memorial.languages.enrol import publish_language, retire_language
from memorial.languages.models import Language
from memorial.publishing.models import SourceEdition
from memorial.statements.models import Statement
from tests.builders import an_issuer, an_occasion
from tests.reading.conftest import a_place, an_event, published, published_again

from .conftest import Machine

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def series(by: User, count: int, **fields: Any) -> list[Statement]:
    """Statements of one day each, two of every year on the same day."""
    return [published(by, slug=f"s-{n}", dated=f"{2000 + n // 2}-05-20", **fields) for n in range(count)]


def test_a_walk_shows_each_statement_once_newest_first(machine: Machine, publisher: User) -> None:
    expected = [row.sid for row in reversed(series(publisher, 7))]
    for limit in (1, 2, 3, 7, 100):
        assert [each["sid"] for each in machine.walk(f"statements/?limit={limit}")] == expected, limit
        assert [each["sid"] for each in machine.walk(f"statements/?lang=en&limit={limit}")] == expected, limit


def test_what_is_published_meanwhile_moves_nothing(machine: Machine, publisher: User) -> None:
    expected = [row.sid for row in reversed(series(publisher, 4))]
    first = machine.get("statements/?limit=2")
    later = published(publisher, slug="newest", dated="2020-01-01")
    assert [each["sid"] for each in [*first["items"], *machine.walk(first["next"])]] == expected
    assert machine.get("statements/?limit=1")["items"][0]["sid"] == later.sid


def test_the_next_page_keeps_the_filters_and_is_named_in_a_header(machine: Machine, publisher: User) -> None:
    series(publisher, 3)
    response = machine.ask("statements/?lang=az&limit=2&issuer=example-ministry")
    following = response.json()["next"]
    assert "lang=az" in following
    assert "limit=2" in following
    assert "issuer=example-ministry" in following
    assert f'<{following}>; rel="next"' in response["Link"]


def test_a_cursor_is_good_for_its_own_list_only(machine: Machine, publisher: User) -> None:
    series(publisher, 2)
    cursor = machine.get("statements/?limit=1")["next"].split("cursor=")[1]
    assert machine.ask(f"statements/?cursor={cursor}").status_code == 200
    assert machine.ask(f"log/?cursor={cursor}").status_code == 404
    assert machine.ask(f"statements/?cursor=x{cursor}").status_code == 404


def test_labels_are_walked_by_their_slugs(machine: Machine) -> None:
    slugs = [f"issuer-{n}" for n in range(5)]
    for slug in reversed(slugs):
        an_issuer(slug)
    assert [each["slug"] for each in machine.walk("issuers/?limit=2")] == slugs


def test_the_log_has_every_release_oldest_first_and_can_be_followed(machine: Machine, publisher: User) -> None:
    with time_machine.travel(MORNING, tick=False):
        first, second = series(publisher, 2)
    with time_machine.travel(MORNING + timedelta(hours=1), tick=False):
        published_again(first, "en", publisher, title="Corrected")
    lines = machine.walk("log/?limit=2")
    told = [(line["sid"], line["language"], line["edition"], line["change"]) for line in lines]
    assert told == [
        (first.sid, "az", 1, "first"), (first.sid, "en", 1, "first"),
        (second.sid, "az", 1, "first"), (second.sid, "en", 1, "first"),
        (first.sid, "en", 2, "correction"),
    ]  # fmt: skip
    assert [line["sha256"] for line in lines] == list(
        first.editions.model.objects.order_by("visible_from", "pk").values_list("sha256", flat=True)
    )
    later = machine.get("log/")["later"]
    assert machine.get(later)["items"] == []
    assert machine.get(machine.get(later)["later"])["items"] == []
    published_again(second, "az", publisher, title="Corrected")
    assert [line["edition"] for line in machine.walk(later)] == [2]


def test_a_source_released_by_itself_is_in_the_log(machine: Machine, statement: Statement) -> None:
    source = statement.sources.get()
    moment = statement.editions.get(language="az").visible_from
    common = {"source": source, "number": 1, "visible_from": moment, "language": "az", "sha256": "0" * 64}
    SourceEdition.objects.create(**common, statement=statement, facts={}, canonical="")
    (*_editions, line) = machine.walk("log/?limit=1")
    assert (line["source"], line["sid"], line["change"]) == (source.ref, statement.sid, "first")


def test_a_language_brings_its_lines_to_the_log_when_it_becomes_public(machine: Machine, publisher: User) -> None:
    Language.objects.filter(tag="fa").update(state=Language.State.PREPARING)
    with time_machine.travel(MORNING, tick=False):
        rows = [published(publisher, slug=f"s-{n}", languages=("az", "fa")) for n in range(3)]
    later = machine.get("log/")["later"]
    with time_machine.travel(MORNING + timedelta(hours=1), tick=False):
        publish_language("fa", by=None)
    with time_machine.travel(MORNING + timedelta(hours=2), tick=False):
        published_again(rows[0], "fa", publisher, title="Corrected")
    lines = machine.walk(f"{later}&limit=1")
    assert [(line["language"], line["edition"], line["time"][11:16]) for line in lines] == [
        ("fa", 1, "09:00"), ("fa", 1, "09:00"), ("fa", 1, "09:00"), ("fa", 2, "10:00"),
    ]  # fmt: skip
    assert len(machine.walk("log/?limit=2")) == 7
    retire_language("fa", by=None)
    assert {line["language"] for line in machine.walk("log/")} == {"az"}


def test_an_answer_costs_the_same_whatever_it_lists(machine: Machine, publisher: User) -> None:
    around = {
        "issuer": an_issuer(), "occasion": an_occasion(), "places": [a_place()],
        "events": [an_event(part_of=an_event("whole"))],
    }  # fmt: skip
    one = published(publisher, slug="first", dated="1999-05-20", **around)
    paths = [
        "statements/", "statements/?lang=en&year=1999&issuer=example-ministry&event=example-event",
        "statements/?q=title", "figures/", "log/", "issuers/", "occasions/", "events/", "places/", "languages/",
        f"statements/{one.sid}/", f"statements/{one.sid}/editions/", f"editions/{one.sid}/en/1/",
    ]  # fmt: skip
    few = {path: queries(machine, path) for path in paths}
    assert {path: count for path, count in few.items() if count > (18 if "q=" in path else 8)} == {}
    series(publisher, 6, **around)
    for number in range(6):
        an_issuer(f"i-{number}")
        an_occasion(f"o-{number}", event=around["events"][0])
        an_event(f"e-{number}", part_of=around["events"][0]).places.add(a_place(f"p-{number}"))
    published_again(one, "en", publisher, title="Corrected")
    assert {path: queries(machine, path) for path in paths} == few


def queries(machine: Machine, path: str) -> int:
    """How many questions to the database an answer takes."""
    with CaptureQueriesContext(connection) as asked:
        assert machine.ask(path).status_code == 200, path
    return len(asked)
