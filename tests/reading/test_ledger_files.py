"""The files of a ledger, read by programs of others: csv, json, rdflib."""

import json
import re

import pytest
import rdflib
from django.test import Client
from lxml import html
from rdflib.namespace import RDF

from memorial.accounts.models import User
from memorial.publishing.release import publish
from memorial.reading.ledger import rows
from memorial.reading.ledger.files import HEADER
from memorial.reading.tables import cell
from memorial.statements.models import Event, Statement
from tests.builders import a_statement
from tests.reading.conftest import a_text, address, an_event
from tests.reading.ledgers import a_claim, disputed_by_an_agency, figures_of, rows_of_csv, stated

pytestmark = pytest.mark.django_db
SCHEMA = "https://schema.org/"


@pytest.fixture
def event() -> Event:
    """The Example Event."""
    return an_event()


@pytest.fixture
def disputed(event: Event, publisher: User) -> Statement:
    """A statement about the event with three figures, which has one in a source too."""
    return disputed_by_an_agency(event, publisher)


def test_the_csv_has_the_columns_of_the_header_and_machine_words(
    disputed: Statement, event: Event, client: Client
) -> None:
    response = client.get(figures_of(event, suffix=".csv"))
    assert response["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response.content.startswith(
        b"fid,event,measure,claimant,claim_date,as_of,value_kind,value_min,value_max,wording,wording_lang,scope_place,"
        b"scope_time,basis,statement_sid,version,paragraph,source_url,capture_sha256,replaces,checked\r\n"
    )
    killed, noted_one, injured, missing = rows_of_csv(response.content)
    assert killed == {
        "fid": disputed.figures.get(measure="killed").fid, "event": event.slug, "measure": "killed",
        "claimant": "example-ministry", "claim_date": "2025-05-20", "as_of": "", "value_kind": "exact",
        "value_min": "150", "value_max": "150", "wording": "150 people were killed", "wording_lang": "en",
        "scope_place": "", "scope_time": "", "basis": "", "statement_sid": disputed.sid, "version": "1",
        "paragraph": "p2", "source_url": "https://gazette.example/1", "capture_sha256": "", "replaces": "",
        "checked": "",
    }  # fmt: skip
    assert (noted_one["statement_sid"], noted_one["source_url"]) == ("", "https://agency.example/note")
    assert (injured["value_kind"], injured["value_min"], injured["value_max"]) == ("about", "700", "744")
    assert (missing["value_kind"], missing["value_min"], missing["value_max"]) == ("words", "", "")


def test_kinds_of_values(event: Event, publisher: User) -> None:
    expected = {
        ("exact", 4, 4): {"minimum": 4},
        ("range", 5, 6): {"minimum": 5, "maximum": 6},
        ("at-least", 7, None): {"minimum": 7, "precision": "at-least"},
        ("at-least", 8, 9): {"minimum": 8, "maximum": 9, "precision": "at-least"},
        ("about", 10, 10): {"minimum": 10, "precision": "about"},
        ("exact", 0, 0): {"minimum": 0},
    }
    stated(publisher, event, *expected.values())
    assert {(row.kind, row.lowest, row.highest) for row in rows(event, "en")} == set(expected)


def test_a_figure_that_names_its_source_has_the_address_of_that_one(event: Event, publisher: User) -> None:
    statement = a_statement()
    second = statement.sources.create(publisher="Second", url="https://second.example/", language="en", what="relay")
    own, unsaid = a_claim(statement, event, source=second), a_claim(statement, event, minimum=3)
    a_text(statement, "en", publisher, based_on=None, origin="official")
    publish(statement, ["en"], by=publisher)
    found = {row.fid: row.standing.url for row in rows(event, "en")}
    assert found == {own.fid: "https://second.example/", unsaid.fid: ""}


def test_no_cell_begins_a_formula(event: Event, publisher: User, client: Client) -> None:
    formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"]
    assert [cell(formula) for formula in formulas] == [f"'{formula}" for formula in formulas]
    assert (cell("a=1"), cell(-1), cell(None), cell("")) == ("a=1", -1, None, "")
    stated(publisher, event, {"wording": "=1+1", "wording_language": "en"})
    [row] = rows_of_csv(client.get(figures_of(event, suffix=".csv")).content)
    assert row["wording"] == "'=1+1"


def test_the_json_holds_the_same_rows_with_names(disputed: Statement, event: Event, client: Client) -> None:
    response = client.get(figures_of(event, "?claimant=example-agency", suffix=".json"))
    found = json.loads(response.content)
    assert (found["language"], found["asked"], found["is_whole"]) == ("en", {"claimant": "example-agency"}, True)
    [figure] = found["figures"]
    assert set(HEADER) <= figure.keys()
    assert (figure["value_min"], figure["claimant_name"]["text"]) == (147, "Example Agency")
    assert figure["described"] == {"text": "persons killed", "lang": "en", "dir": "ltr"}
    assert figure["stands_in"]["kind"] == "source"
    everything = json.loads(client.get(figures_of(event, suffix=".json")).content)
    assert [each["slug"] for each in everything["claimants"]] == ["example-agency", "example-ministry"]
    assert everything["figures"][0]["stands_in"]["url"] == f"http://memorial.test{address(disputed, 'en')}#p2"


def graph(content: str) -> rdflib.Graph:
    """Read JSON-LD with schema.org's names; its context is a file of another site, which says no more than this."""
    data = json.loads(content)
    assert data["@context"] == "https://schema.org"
    links = {name: {"@type": "@id"} for name in ("url", "contentUrl")}
    data["@context"] = {"@vocab": SCHEMA, **links}
    return rdflib.Graph().parse(data=json.dumps(data), format="json-ld")


def test_the_linked_data_are_claims_with_observations_and_no_verdict(
    disputed: Statement, event: Event, client: Client
) -> None:
    response = client.get(figures_of(event, suffix=".jsonld"))
    assert response["Content-Type"] == "application/ld+json"
    found, schema = graph(response.content.decode()), rdflib.Namespace(SCHEMA)
    assert len(list(found.subjects(RDF.type, schema.Dataset))) == 1
    assert len(list(found.subjects(RDF.type, schema.Claim))) == 4
    assert not list(found.subjects(RDF.type, schema.ClaimReview))
    values = []
    for claim in found.subjects(RDF.type, schema.Claim):
        [observation] = [
            each for each in found.objects(claim, schema.about) if found.value(each, schema.measuredProperty)
        ]
        author = str(found.value(found.value(claim, schema.author), schema.name))
        number = found.value(observation, schema.value) or found.value(observation, schema.minValue)
        values.append((author, number and number.toPython()))
        assert found.value(claim, schema.appearance) is not None
    ministry = "Example Ministry (en)"
    assert set(values) == {("Example Agency", 147), (ministry, 150), (ministry, 700), (ministry, None)}


def test_the_page_holds_the_same_linked_data_and_no_word_can_end_it(
    event: Event, publisher: User, client: Client
) -> None:
    hostile = "</script><script>alert(1)</script><!-- &amp;"
    stated(publisher, event, {"wording": hostile, "wording_language": "en"})
    content = client.get(figures_of(event)).content.decode()
    assert "<script>alert" not in content
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', content)
    assert json.loads(block) == json.loads(client.get(figures_of(event, suffix=".jsonld")).content)
    assert json.loads(block)["hasPart"][0]["text"] == hostile
    assert content.count("<script") == 1
    assert "style=" not in content


def test_files_say_what_they_are(disputed: Statement, event: Event, client: Client) -> None:
    for suffix in (".csv", ".json", ".jsonld"):
        response = client.get(figures_of(event, suffix=suffix))
        assert response["Content-Language"] == "en"
        assert response["X-Robots-Tag"] == "noindex"
        assert f"<http://memorial.test{figures_of(event)}>" in response["Link"]
        assert not response.cookies
        assert client.post(figures_of(event, suffix=suffix)).status_code == 405
    content = client.get(figures_of(event, "?year=2025")).content.decode()
    assert figures_of(event, "?year=2025", suffix=".csv") in content
    documented = html.document_fromstring(content).xpath("//details//dt/code/text()")
    assert tuple(documented) == HEADER
