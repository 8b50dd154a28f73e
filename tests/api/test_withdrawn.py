"""What programs are told of what has been withdrawn."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from memorial.accounts.models import User
from memorial.api.v1 import api
from memorial.languages.enrol import publish_language, retire_language
from memorial.languages.models import Language
from memorial.publishing.withdrawal import withdraw
from memorial.statements.models import Statement
from tests.builders import an_occasion
from tests.reading.conftest import an_event, published, published_again

from .conftest import Machine

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
REASON = "It was published by mistake."


def at(hours: float) -> Any:
    """The clock, some hours after the morning on which everything begins."""
    return time_machine.travel(MORNING + hours * HOUR, tick=False)


@pytest.fixture
def row(publisher: User) -> Statement:
    """A statement with a first edition in Azerbaijani, and two in English, an hour later."""
    with at(0):
        found = published(publisher, slug="one")
    with at(1):
        published_again(found, "en", publisher, title="Corrected")
    return found


def told(machine: Machine, path: str = "log/?limit=1") -> list[tuple[str, str, int, str, str]]:
    """The lines of the log: hour, language, edition, change, note."""
    return [
        (line["time"][11:16], line["language"], line["edition"], line["change"], line["note"])
        for line in machine.walk(path)
    ]


def gone(machine: Machine, path: str) -> list[dict[str, Any]]:
    """The withdrawals that are told of where something was removed."""
    response = machine.ask(path)
    assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json")
    found = response.json()
    assert (found["title"], found["status"]) == ("Gone", 410)
    assert "Title" not in response.content.decode()
    return list(found["withdrawals"])


# -- Statements and editions -----------------------------------------------------------------------------------------
def test_a_statement_that_is_withdrawn_in_one_language_is_listed_by_another(
    machine: Machine, row: Statement, publisher: User
) -> None:
    withdraw(row, ["en"], by=publisher, reason=REASON)
    (found,) = machine.walk("statements/")
    assert (found["sid"], found["title"]) == (row.sid, {"az": "Title in az"})
    assert machine.walk("statements/?lang=en") == []
    found = machine.get(f"statements/{row.sid}/")
    assert [(each["language"], each["withdrawn"]) for each in found["editions"]] == [("az", None)]
    assert found["person"] == row.editions.get(language="az").facts["statement"]["person"]


def test_a_withdrawn_edition_says_so(machine: Machine, row: Statement, publisher: User) -> None:
    with at(2):
        withdraw(row, ["en"], by=publisher, reason=REASON)
    with at(3):
        response = machine.ask(f"editions/{row.sid}/en/1/")
        said = {"at": "2026-03-01T10:00:00Z", "reason": REASON, "number": 2}
        assert response.json()["withdrawn"] == said
        assert response.json()["body"]
        assert response["Last-Modified"] == "Sun, 01 Mar 2026 10:00:00 GMT"
        lines = machine.walk(f"statements/{row.sid}/editions/?limit=2")
        assert [(each["language"], each["number"], each["withdrawn"]) for each in lines] == [
            ("en", 2, said), ("en", 1, said), ("az", 1, None),
        ]  # fmt: skip
        assert machine.get(f"editions/{row.sid}/az/1/")["withdrawn"] is None
        assert machine.ask(f"editions/{row.sid}/en/3/").status_code == 404


def test_a_statement_that_is_withdrawn_in_every_language_is_answered_by_what_can_still_be_read(
    machine: Machine, row: Statement, publisher: User
) -> None:
    published_again(row, "en", publisher, at=datetime(2999, 1, 1, tzinfo=UTC))
    withdraw(row, ["az", "en"], by=publisher, reason={"az": "Səbəb", "en": REASON})
    assert machine.walk("statements/") == []
    found = machine.get(f"statements/{row.sid}/")
    assert found["title"] == {"az": "Title in az", "en": "Corrected"}
    assert [(each["number"], each["withdrawn"]["reason"]) for each in found["editions"]] == [(1, "Səbəb"), (2, REASON)]
    assert [each["withdrawn"]["number"] for each in found["editions"]] == [1, 2], "nobody saw the third"


def test_the_next_edition_ends_a_withdrawal(machine: Machine, row: Statement, publisher: User) -> None:
    withdraw(row, ["en"], by=publisher, reason=REASON)
    published_again(row, "en", publisher, title="Again")
    found = machine.get(f"statements/{row.sid}/")
    assert found["title"]["en"] == "Again"
    assert [each["withdrawn"] for each in found["editions"]] == [None, None]
    first, third = (machine.get(f"editions/{row.sid}/en/{number}/") for number in (1, 3))
    assert (first["withdrawn"]["number"], first["is_newest"]) == (2, False)
    assert (third["withdrawn"], third["is_newest"]) == (None, True)


def test_what_was_removed_answers_with_its_date_and_reason(machine: Machine, row: Statement, publisher: User) -> None:
    with at(2):
        withdraw(row, ["en"], by=publisher, reason=REASON)
    with at(3):
        withdraw(row, ["en"], by=publisher, reason="Məhkəmə qərarı", keeps_text=False)
    with at(4):
        said = {"language": "en", "at": "2026-03-01T11:00:00Z", "reason": "Məhkəmə qərarı", "number": 2}
        for number in (1, 2):
            assert gone(machine, f"editions/{row.sid}/en/{number}/") == [said]
        assert machine.ask(f"editions/{row.sid}/en/3/").status_code == 404, "there never was one"
        assert machine.ask(f"editions/{row.sid}/fa/1/").status_code == 404
        assert [each["language"] for each in machine.walk(f"statements/{row.sid}/editions/")] == ["az"]
        withdraw(row, ["az"], by=publisher, reason="Səbəb", keeps_text=False)
        for path in (f"statements/{row.sid}/", f"statements/{row.sid}/editions/"):
            assert [each["reason"] for each in gone(machine, path)] == ["Səbəb", "Məhkəmə qərarı"]
        assert machine.walk("statements/") == machine.walk("figures/") == []
        published_again(row, "en", publisher)
        assert machine.get(f"statements/{row.sid}/")["editions"][0]["number"] == 3
        assert gone(machine, f"editions/{row.sid}/en/2/") == [said], "what was removed stays so"


def test_nobody_is_told_of_what_nobody_saw(machine: Machine, publisher: User) -> None:
    later = published(publisher, slug="later", at=MORNING + 10000 * HOUR)
    withdraw(later, ["az", "en"], by=publisher, reason=REASON)
    never = [machine.ask(f"{path}/").content for path in ("statements/2b2b2b2b", "editions/2b2b2b2b/en/1")]
    for keeps_text in (True, False):
        with at(20000):
            if not keeps_text:
                withdraw(later, ["az", "en"], by=publisher, reason=REASON, keeps_text=False)
            for path in (f"statements/{later.sid}", f"editions/{later.sid}/en/1"):
                response = machine.ask(f"{path}/")
                assert response.status_code == 404
                assert response.content in never
            assert told(machine) == []


def test_of_a_language_that_is_hidden_nothing_is_told(machine: Machine, row: Statement, publisher: User) -> None:
    withdraw(row, ["en"], by=publisher, reason=REASON, keeps_text=False)
    withdraw(row, ["az"], by=publisher, reason="Səbəb", keeps_text=False)
    Language.objects.filter(tag="en").update(state=Language.State.RETIRED)
    assert machine.ask(f"editions/{row.sid}/en/1/").status_code == 404
    assert [each["language"] for each in gone(machine, f"statements/{row.sid}/")] == ["az"]
    assert {language for _hour, language, *_rest in told(machine)} == {"az"}


def test_every_answer_about_a_statement_is_described_with_its_removal() -> None:
    paths = api.described()["paths"]
    described = {path for path, methods in paths.items() if "410" in methods["get"]["responses"]}
    assert described == {path for path in paths if "{sid}" in path}
    assert len(described) == 3


# -- The log ---------------------------------------------------------------------------------------------------------
def test_the_log_tells_of_a_withdrawal_and_of_what_came_after_it(
    machine: Machine, row: Statement, publisher: User
) -> None:
    later = machine.get("log/?limit=1")["later"]
    with at(2):
        withdraw(row, ["en", "az"], by=publisher, reason={"en": REASON, "az": "Səbəb"})
    with at(3):
        published_again(row, "en", publisher)
    assert told(machine, later)[2:] == told(machine)[3:] == [
        ("10:00", "en", 2, "withdrawal", REASON), ("10:00", "az", 1, "withdrawal", "Səbəb"),
        ("11:00", "en", 3, "correction", "A word was corrected."),
    ]  # fmt: skip
    line = machine.walk("log/")[3]
    edition = row.editions.get(language="en", number=2)
    assert (line["sid"], line["source"], line["sha256"]) == (row.sid, None, edition.sha256)
    assert machine.get(line["api_url"])["number"] == 2


def test_lines_of_what_was_removed_stay_without_its_words(machine: Machine, row: Statement, publisher: User) -> None:
    with at(2):
        withdraw(row, ["en"], by=publisher, reason=REASON)
        before = machine.walk("log/")
    with at(3):
        withdraw(row, ["en"], by=publisher, reason="A court has ordered it.", keeps_text=False)
    assert [line["note"] for line in before] == ["", "", "A word was corrected.", REASON]
    assert told(machine) == [
        ("08:00", "az", 1, "first", ""), ("08:00", "en", 1, "first", ""), ("09:00", "en", 2, "correction", ""),
        ("10:00", "en", 2, "withdrawal", REASON), ("11:00", "en", 2, "removal", "A court has ordered it."),
    ]  # fmt: skip
    lines = machine.walk("log/")
    assert [line["sha256"] for line in lines[:4]] == [line["sha256"] for line in before]
    assert [bool(line["api_url"]) for line in lines] == [True, False, False, False, False]


def test_what_was_called_off_is_in_no_line(machine: Machine, row: Statement, publisher: User) -> None:
    with at(2):
        published_again(row, "en", publisher, at=MORNING + 5 * HOUR, title="Zyxnever")
        withdraw(row, ["en"], by=publisher, reason=REASON)
    with at(9):
        assert told(machine)[3:] == [("10:00", "en", 2, "withdrawal", REASON)]
        third = row.editions.get(language="en", number=3)
        assert third.sha256 not in machine.ask("log/").content.decode()
        assert machine.ask(f"editions/{row.sid}/en/3/").status_code == 404


def test_a_language_brings_its_withdrawals_to_the_log_when_it_becomes_public(machine: Machine, publisher: User) -> None:
    Language.objects.filter(tag="fa").update(state=Language.State.PREPARING)
    with at(0):
        rows = [published(publisher, slug=f"s-{n}", languages=("az", "fa")) for n in range(3)]
    later = machine.get("log/")["later"]
    with at(1):
        for row in rows[:2]:
            withdraw(row, ["fa"], by=publisher, reason="دلیل")
    assert machine.walk(later) == []
    with at(2):
        publish_language("fa", by=None)
    with at(3):
        withdraw(rows[2], ["fa"], by=publisher, reason="دلیل")
    for limit in (1, 2, 50):
        following = later.replace("cursor=", f"limit={limit}&cursor=")
        assert [(hour, change) for hour, _fa, _number, change, _note in told(machine, following)] == [
            ("10:00", "first"), ("10:00", "first"), ("10:00", "first"), ("10:00", "withdrawal"),
            ("10:00", "withdrawal"), ("11:00", "withdrawal"),
        ]  # fmt: skip
    retire_language("fa", by=None)
    assert {language for _hour, language, *_rest in told(machine)} == {"az"}


def test_answers_cost_the_same_however_much_was_withdrawn(machine: Machine, publisher: User) -> None:
    around = {"occasion": an_occasion(), "events": [an_event()]}
    Language.objects.filter(tag="fa").update(state=Language.State.PREPARING)
    rows = [published(publisher, slug=f"s-{n}", languages=("az", "en", "fa"), **around) for n in range(6)]
    one = rows[0]
    publish_language("fa", by=None)
    withdraw(one, ["az", "en", "fa"], by=publisher, reason=REASON)
    paths = ["log/", f"statements/{one.sid}/", f"statements/{one.sid}/editions/", f"editions/{one.sid}/en/1/"]
    few = {path: queries(machine, path) for path in paths}
    assert {path: count for path, count in few.items() if count > 10} == {}
    for row in rows[1:]:
        withdraw(row, ["az", "en", "fa"], by=publisher, reason=REASON)
        withdraw(row, ["az"], by=publisher, reason=REASON, keeps_text=False)
    published_again(one, "en", publisher)
    withdraw(one, ["en"], by=publisher, reason=REASON)
    assert {path: queries(machine, path) for path in paths} == few


def queries(machine: Machine, path: str) -> int:
    """How many questions to the database an answer takes."""
    with CaptureQueriesContext(connection) as asked:
        assert machine.ask(path).status_code == 200, path
    return len(asked)
