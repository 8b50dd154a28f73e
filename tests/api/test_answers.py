"""What the API says of statements, editions, figures, labels and languages."""

import hashlib
import json
from dataclasses import replace

import pytest

from memorial.accounts.models import User
from memorial.api import searching
from memorial.languages.columns import column_name
from memorial.reading.search.engine import Wish, search
from memorial.statements.models import EventName, PlaceSpelling, Statement
from tests.builders import an_occasion
from tests.reading.conftest import a_place, an_event, published, published_again
from tests.reading.ledgers import noted, stated

from .conftest import Machine

pytestmark = pytest.mark.django_db
SITE = "http://memorial.test"


def test_a_statement_is_what_its_edition_released_last_says(machine: Machine, statement: Statement) -> None:
    found = machine.get(f"statements/{statement.sid}/")
    assert list(found)[:6] == ["sid", "url", "api_url", "kind", "issuer", "occasion"], "fields keep their order"
    assert found["url"] == f"{SITE}/s/{statement.sid}"
    assert found["api_url"] == f"{SITE}/api/v1/statements/{statement.sid}/"
    assert found["title"] == {"az": "Title in az", "en": "Title in en"}
    assert found["issuer"]["slug"] == "example-ministry"
    assert found["issuer"]["name"]["fa"] == "Example Ministry (fa)"
    assert found["dated"] == {"edtf": "2025-05-20", "earliest": "2025-05-20", "latest": "2025-05-20"}
    assert (found["original_language"], found["issued"]) == ("az", "2025-05-19T22:01+04:00")
    assert [event["slug"] for event in found["events"]] == ["example-event"]
    assert [place["slug"] for place in found["places"]] == ["example-town"]
    assert [(each["language"], each["origin"], each["completeness"]) for each in found["editions"]] == [
        ("az", "issued", "full"), ("en", "archive", "summary"),
    ]  # fmt: skip
    assert machine.get("statements/")["items"] == [
        {name: value for name, value in found.items() if name in machine.get("statements/")["items"][0]}
    ]


def test_an_edition_carries_the_bytes_of_its_hash(machine: Machine, statement: Statement) -> None:
    found = machine.get(f"editions/{statement.sid}/en/1/")
    assert hashlib.sha256(found["canonical"].encode()).hexdigest() == found["sha256"]
    assert machine.ask(found["text_url"].removeprefix(SITE)).content.decode() == found["canonical"]
    facts = json.dumps(found["facts"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert f"facts-sha256: {hashlib.sha256(facts.encode()).hexdigest()}" in found["canonical"]
    assert f"body-sha256: {hashlib.sha256(found['body'].encode()).hexdigest()}" in found["canonical"]
    assert [(block["key"], block["text"]) for block in found["blocks"]] == [
        ("p1", "First paragraph of an example."), ("p2", "Second one, about something else."),
    ]  # fmt: skip


def test_every_edition_that_was_released_stays(machine: Machine, statement: Statement, publisher: User) -> None:
    published_again(statement, "en", publisher, title="Corrected")
    editions = machine.walk(f"statements/{statement.sid}/editions/?limit=1")
    assert [(each["language"], each["number"], each["change"]) for each in editions] == [
        ("en", 2, "correction"), ("en", 1, "first"), ("az", 1, "first"),
    ]  # fmt: skip
    assert [each["number"] for each in machine.walk(f"statements/{statement.sid}/editions/?lang=az")] == [1]
    assert [machine.get(f"editions/{statement.sid}/en/{number}/")["is_newest"] for number in (1, 2)] == [False, True]
    assert machine.get(f"statements/{statement.sid}/")["title"]["en"] == "Corrected"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("issuer=example-ministry", {"one", "two", "three"}),
        ("issuer=nobody", set()),
        ("occasion=example-day", {"one"}),
        ("event=example-event", {"one"}),
        ("place=example-town", {"two"}),
        ("year=2001", {"one"}),
        ("year=1990", {"three"}),
        ("year=0000", set()),
        ("lang=en", {"one"}),
        ("lang=az", {"one", "two", "three"}),
        ("lang=xx", set()),
        ("original=az", {"one", "two", "three"}),
        ("original=en", set()),
        ("lang=az&year=2002&place=example-town", {"two"}),
    ],
)
def test_statements_are_found_by(machine: Machine, publisher: User, query: str, found: set[str]) -> None:
    az = {"languages": ("az",)}
    published(publisher, slug="one", dated="2001-05-20", occasion=an_occasion(), events=[an_event()])
    published(publisher, slug="two", dated="2002-05-20", places=[a_place()], **az)
    published(publisher, slug="three", dated="1989-12/1990-02", **az)
    slugs = dict(Statement.objects.values_list("sid", "slug"))
    assert {slugs[each["sid"]] for each in machine.walk(f"statements/?{query}")} == found


def test_statements_are_found_by_words(machine: Machine, publisher: User) -> None:
    rows = [published(publisher, slug=f"s-{n}", text={"title": f"Harvest of year {n}"}) for n in range(3)]
    published(publisher, slug="other", text={"title": "Different words"}, languages=("az",))
    assert {each["sid"] for each in machine.walk("statements/?q=harvest&limit=2")} == {row.sid for row in rows}
    page = machine.get("statements/?q=harvest&limit=2&lang=en")
    assert (len(page["items"]), page["total"]) == (2, 3)
    assert "lang=en" in page["next"]
    assert machine.ask(page["next"].replace("limit=2", "limit=3").removeprefix(SITE)).status_code == 404
    assert machine.get("statements/?q=harvest&issuer=nobody")["total"] == 0
    assert [each["title"]["az"] for each in machine.walk("statements/?q=different")] == ["Different words"]
    assert machine.walk("statements/?q=different&lang=en") == []
    assert machine.walk("statements/?q=%00") == []
    assert machine.ask("statements/?q=").status_code == 400
    assert machine.ask("statements/?q=" + "x" * 201).status_code == 400


def test_a_search_without_an_index_does_not_say_that_there_is_nothing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = replace(search(Wish(q="x")), is_index_missing=True)
    monkeypatch.setattr(searching, "search", lambda *args, **kwargs: missing)
    response = machine.ask("statements/?q=x")
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert "index" in response.json()["detail"]


def test_a_figure_stands_once_with_every_place_where_it_stands(machine: Machine, statement: Statement) -> None:
    (found,) = machine.walk(f"figures/?event=example-event&measure=killed&year=2025&statement={statement.sid}")
    assert (found["claimant"]["slug"], found["minimum"], found["maximum"]) == ("example-ministry", 1150, None)
    assert found["claimed"]["edtf"] == "2025-05-20"
    assert [(place["language"], place["edition"]) for place in found["stands_in"]] == [("az", 1), ("en", 1)]
    english = found["stands_in"][1]
    assert english["url"] == f"{SITE}/en/statements/{statement.sid}/{statement.slug}/v/1/#p2"
    assert english["as_sealed"] == statement.editions.get(language="en").facts["figures"][0]
    for query in ("event=other", "claimant=other", "measure=injured", "year=2024", "year=0000", "statement=22222222"):
        assert machine.walk(f"figures/?{query}") == [], query


def test_a_figure_that_stands_in_a_source_alone_says_where_it_was_read(machine: Machine, publisher: User) -> None:
    event = an_event()
    edition = noted(event, publisher)
    stated(publisher, event, {"minimum": 150, "claimed": "2026-01-20"})
    (ours, theirs) = machine.walk("figures/?limit=1")
    assert (ours["claimant"]["slug"], ours["minimum"]) == ("example-ministry", 150)
    assert (theirs["claimant"]["slug"], theirs["minimum"]) == ("example-agency", 147), "never merged"
    (place,) = theirs["stands_in"]
    assert (place["sid"], place["source"], place["publisher"]) == (None, edition.source.ref, "Example Agency")
    assert (place["url"], place["as_sealed"]["wording"]) == ("https://agency.example/note", "147 человек погибли")


def test_labels_have_their_names_in_every_public_language(machine: Machine, statement: Statement) -> None:
    event, place = statement.events.get(), statement.places.get()
    EventName.objects.create(event=event, name="Example Night", language="en", **{column_name("used_by", "en"): "some"})
    PlaceSpelling.objects.create(place=place, spelling="Exampletown")
    (found,) = machine.walk("events/")
    assert found["name"] == {tag: f"Example Event ({tag})" for tag in ("az", "en", "fa")}
    assert found["names_in_use"] == [{"name": "Example Night", "language": "en", "used_by": {"en": "some"}}]
    assert found["pages"]["en"] == f"{SITE}/en/events/example-event/"
    assert machine.get(found["api_url"]) == found
    (found,) = machine.walk("places/")
    assert (found["latitude"], found["longitude"], found["spellings"]) == (40.5, 49.5, ["Exampletown"])
    (found,) = machine.walk("occasions/")
    assert (found["month"], found["day"], found["first_year"], found["event"]) == (5, 20, 1990, None)
    assert machine.get("issuers/example-ministry/")["kind"] == "ministry"
    assert [each["tag"] for each in machine.walk("languages/")] == ["az", "en", "ru", "tr", "fa"]
    assert machine.walk("languages/")[-1]["direction"] == "rtl"


def test_every_address_that_an_answer_names_is_there(machine: Machine, statement: Statement) -> None:
    asked, waiting = (
        set(),
        [f"{SITE}/api/v1/{name}/" for name in ("statements", "figures", "log", "events", "languages")],
    )
    while waiting:
        address = waiting.pop()
        if address in asked or not address.startswith(SITE):  # another site's, such as a source's
            continue
        asked.add(address)
        response = machine.client.get(address.removeprefix(SITE).partition("#")[0], follow=True)
        assert response.status_code == 200, address
        if response["Content-Type"].startswith("application/json"):
            waiting += addresses_in(response.json())
    assert len(asked) > 20


def addresses_in(value: object) -> list[str]:
    """Every absolute address in an answer, wherever it stands."""
    if isinstance(value, dict):
        return [found for each in value.values() for found in addresses_in(each)]
    if isinstance(value, list):
        return [found for each in value for found in addresses_in(each)]
    return [value] if isinstance(value, str) and value.startswith("http") else []
