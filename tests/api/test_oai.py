"""OAI-PMH 2.0 as a harvester meets it: sickle asks, and answers are held against the protocol's own rules."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from memorial.accounts.models import User
from memorial.api.oai import harvest
from memorial.languages.enrol import publish_language, retire_language
from memorial.languages.models import Language, LanguageChange
from memorial.publishing.withdrawal import withdraw
from memorial.statements.models import Statement
from tests.api.oai_schema import violations
from tests.builders import an_issuer, an_occasion
from tests.reading.conftest import an_event, published, published_again

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NS = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def at(hours: float) -> Any:
    """The clock, some hours after the morning on which everything begins."""
    return time_machine.travel(MORNING + hours * HOUR, tick=False)


class Harvester:
    """A program that asks as libraries do; every answer must be in the form of the protocol."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, verb: str = "", **arguments: str) -> Any:
        """The answer as a tree."""
        asked = {**({"verb": verb} if verb else {}), **{name.rstrip("_"): value for name, value in arguments.items()}}
        response = self.client.get("/oai", asked)
        assert (response.status_code, response["Content-Type"]) == (200, "text/xml; charset=utf-8")
        assert not response.cookies
        root = etree.fromstring(response.content)
        assert violations(root) == []
        return root

    def error(self, verb: str = "", **arguments: str) -> str:
        """The code of the error that answers; empty where there is none."""
        return "".join(self.ask(verb, **arguments).xpath("o:error/@code", namespaces=NS))

    def walk(self, verb: str, **arguments: str) -> Iterator[Any]:
        """Every header or record of a list, part after part."""
        root = self.ask(verb, **{"metadataPrefix": "oai_dc", **arguments})
        for _part in range(50):
            yield from root.xpath(f"o:{verb}/o:header | o:{verb}/o:record", namespaces=NS)
            token = root.findtext(f"o:{verb}/o:resumptionToken", namespaces=NS)
            if not token:
                return
            root = self.ask(verb, resumptionToken=token)

    def changed(self, **arguments: str) -> dict[str, str]:
        """The id and the time of each record of a list; a deleted one's begins with a minus."""
        found = {}
        for header in self.walk("ListIdentifiers", **arguments):
            sign = "-" if header.get("status") == "deleted" else ""
            moment = header.findtext("o:datestamp", namespaces=NS)[11:16]
            found[header.findtext("o:identifier", namespaces=NS).split(":")[-1]] = sign + moment
        return found


@pytest.fixture
def harvester(client: Client) -> Harvester:
    """A harvester."""
    return Harvester(client)


def test_a_record_says_in_dublin_core_what_was_sealed(harvester: Harvester, statement: Statement) -> None:
    identifier = f"oai:memorial.test:{statement.sid}"
    root = harvester.ask("GetRecord", identifier=identifier, metadataPrefix="oai_dc")
    assert root.findtext("o:GetRecord/o:record/o:header/o:identifier", namespaces=NS) == identifier
    specs = root.xpath("//o:setSpec/text()", namespaces=NS)
    assert specs == [
        "event", "event:example-event", "issuer", "issuer:example-ministry", "language", "language:az", "language:en",
        "occasion", "occasion:example-day",
    ]  # fmt: skip

    def told(name: str) -> list[tuple[str, str | None]]:
        return [(each.text, each.get(LANG)) for each in root.xpath(f"//dc:{name}", namespaces=NS)]

    assert told("title") == [("Title in az", "az"), ("Title in en", "en")]
    assert told("description") == [("Summary in az", "az"), ("Summary in en", "en")]
    assert told("language") == [("az", None), ("en", None)]
    assert told("creator") == [("Example Ministry (az)", "az"), ("Example Ministry (en)", "en")]
    assert told("contributor") == [("A. Example", None)]
    assert told("date") == [("2025-05-20", None)]
    assert told("coverage") == [("Example Town (az)", "az"), ("Example Town (en)", "en")]
    assert told("source") == [("Example Gazette, https://gazette.example/1", None)]
    assert (f"http://memorial.test/s/{statement.sid}", None) in told("identifier")


def test_qualified_dublin_core_says_which_date_is_which(harvester: Harvester, statement: Statement) -> None:
    (record,) = harvester.walk("ListRecords", metadataPrefix="qdc")
    terms = {"t": "http://purl.org/dc/terms/", **NS}
    assert record.xpath(".//t:created/text()", namespaces=terms) == ["2025-05-20"]
    assert record.xpath(".//t:issued/text()", namespaces=terms) == ["2025-05-19T22:01+04:00"]
    assert record.xpath(".//t:modified/text()", namespaces=terms) == record.xpath(
        ".//o:datestamp/text()", namespaces=NS
    )
    assert [each.get(LANG) for each in record.xpath(".//t:abstract", namespaces=terms)] == ["az", "en"]
    assert len(record.xpath(".//dc:title", namespaces=terms)) == 2


@pytest.mark.parametrize(
    ("code", "query"),
    [
        ("badVerb", ""),
        ("badVerb", "verb=Nothing"),
        ("badVerb", "verb=Identify&verb=Identify"),
        ("badArgument", "verb=Identify&x=1"),
        ("badArgument", "verb=ListRecords"),
        ("badArgument", "verb=ListRecords&metadataPrefix="),
        ("badArgument", "verb=GetRecord&metadataPrefix=oai_dc"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=yesterday"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-02T00:00:00Z"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x"),
        ("badArgument", "verb=Identify&resumptionToken=x"),
        ("badResumptionToken", "verb=ListRecords&resumptionToken=x"),
        ("badResumptionToken", "verb=ListSets&resumptionToken=%00"),
        ("cannotDisseminateFormat", "verb=ListRecords&metadataPrefix=marc"),
        ("idDoesNotExist", "verb=GetRecord&metadataPrefix=oai_dc&identifier=x"),
        ("idDoesNotExist", "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:memorial.test:2b2b2b2b"),
        ("idDoesNotExist", "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:memorial.test:%00%01"),
        ("idDoesNotExist", "verb=ListMetadataFormats&identifier=oai:other.example:2b2b2b2b"),
        ("noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&until=9999-12-31"),
        ("noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&until=9998-12-31&from=9998-12-31"),
        ("noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&until=0001-01-01&from=0001-01-01"),
        ("noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&set=nothing"),
        ("noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&set=issuer:%00"),
        ("noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&set=" + "x" * 5000),
    ],
)
def test_what_is_wrong_is_said_as_the_protocol_says_it(
    client: Client, statement: Statement, code: str, query: str
) -> None:
    content_type = "application/x-www-form-urlencoded"
    asked = (client.get(f"/oai?{query}"), client.post("/oai", query, content_type=content_type))
    for response in asked:
        assert response.status_code == 200
        root = etree.fromstring(response.content)
        assert violations(root) == []
        (error,) = root.findall("o:error", NS)
        assert error.get("code") == code
        assert len(error.text) > 10
        is_repeated = bool(root.find("o:request", NS).keys())
        assert is_repeated is (code not in ("badVerb", "badArgument", "badResumptionToken"))


def test_characters_that_xml_cannot_hold_are_left_out(harvester: Harvester, publisher: User) -> None:
    odd = an_issuer(name_en="Example \x0c& <Ministry>\x01\ufffe")
    published(publisher, issuer=odd)
    (record,) = harvester.walk("ListRecords")
    assert "Example & <Ministry>" in record.xpath(".//dc:creator/text()", namespaces=NS)


def test_a_list_comes_in_parts(harvester: Harvester, publisher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvest, "PART", 2)
    rows = [published(publisher, slug=f"s-{n}", languages=("az",)) for n in range(5)]
    first = harvester.ask("ListIdentifiers", metadataPrefix="oai_dc")
    (token,) = first.xpath("//o:resumptionToken", namespaces=NS)
    assert (token.get("completeListSize"), token.get("cursor")) == ("5", "0")
    assert token.get("expirationDate")
    rows.append(published(publisher, slug="meanwhile", languages=("az",)))
    assert list(harvester.changed()) == [row.sid for row in rows]
    last = harvester.ask("ListIdentifiers", resumptionToken=token.text)
    for _part in range(1):
        last = harvester.ask("ListIdentifiers", resumptionToken=last.findtext(".//o:resumptionToken", namespaces=NS))
    (end,) = last.xpath("//o:resumptionToken", namespaces=NS)
    assert (end.text, end.get("cursor"), end.get("completeListSize")) == (None, "4", "6")
    assert harvester.error("ListRecords", resumptionToken=token.text) == "badResumptionToken"
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=False):
        assert harvester.error("ListIdentifiers", resumptionToken=token.text) == "badResumptionToken"


def test_a_very_long_list_is_not_counted(
    harvester: Harvester, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest, "PART", 2)
    monkeypatch.setattr(harvest, "MOST_COUNTED", 3)
    rows = [published(publisher, slug=f"s-{n}", languages=("az",)) for n in range(5)]
    with CaptureQueriesContext(connection) as asked:
        found = harvester.ask("ListIdentifiers", metadataPrefix="oai_dc")
    counts = [query["sql"] for query in asked if "COUNT(" in query["sql"]]
    assert len(counts) == 1
    assert "LIMIT 4" in counts[0]
    sizes, cursors = [], []
    while (token := found.find(".//o:resumptionToken", NS)) is not None:
        sizes.append(token.get("completeListSize"))
        cursors.append(token.get("cursor"))
        if not token.text:
            break
        found = harvester.ask("ListIdentifiers", resumptionToken=token.text)
    assert (sizes, cursors) == ([None] * 3, ["0", "2", "4"])
    assert list(harvester.changed()) == [row.sid for row in rows]


def test_what_changed_since_is_found_to_the_second(harvester: Harvester, publisher: User) -> None:
    with at(0):
        early = published(publisher, slug="early")
    with at(2):
        late = published(publisher, slug="late")
    assert harvester.changed() == {early.sid: "08:00", late.sid: "10:00"}
    assert harvester.changed(from_="2026-03-01T10:00:00Z") == {late.sid: "10:00"}
    assert harvester.error("ListRecords", metadataPrefix="oai_dc", from_="2026-03-01T10:00:01Z") == "noRecordsMatch"
    assert harvester.changed(until="2026-03-01T08:00:00Z") == {early.sid: "08:00"}
    assert harvester.changed(from_="2026-03-01", until="2026-03-01") == {early.sid: "08:00", late.sid: "10:00"}
    with at(4):
        published_again(early, "en", publisher, title="Corrected")
    assert harvester.changed(from_="2026-03-01T11:00:00Z") == {early.sid: "12:00"}
    assert harvester.changed(until="2026-03-01T11:00:00Z") == {late.sid: "10:00"}


def test_sets_are_listed_and_can_be_harvested_alone(harvester: Harvester, publisher: User) -> None:
    other = an_issuer("other-ministry")
    one = published(publisher, slug="one", occasion=an_occasion(), events=[an_event()])
    two = published(publisher, slug="two", issuer=other, languages=("az",))
    root = harvester.ask("ListSets")
    specs = root.xpath("//o:setSpec/text()", namespaces=NS)
    assert [spec for spec in specs if not spec.startswith("language:")] == [
        "issuer", "issuer:example-ministry", "issuer:other-ministry", "occasion", "occasion:example-day", "event",
        "event:example-event", "language",
    ]  # fmt: skip
    assert "Example Ministry (en)" in root.xpath("//o:setName/text()", namespaces=NS)
    assert set(harvester.changed(set="issuer:other-ministry")) == {two.sid}
    assert set(harvester.changed(set="occasion:example-day")) == {one.sid}
    assert set(harvester.changed(set="occasion")) == {one.sid}
    assert set(harvester.changed(set="event:example-event")) == {one.sid}
    assert set(harvester.changed(set="language:en")) == {one.sid}
    assert set(harvester.changed(set="language:az")) == set(harvester.changed(set="issuer")) == {one.sid, two.sid}


def test_a_statement_that_can_be_read_in_no_language_is_told_to_be_deleted(
    harvester: Harvester, publisher: User
) -> None:
    with at(0):
        gone = published(publisher, slug="gone", languages=("fa",), original_language="fa", occasion=an_occasion())
        both = published(publisher, slug="both", languages=("az", "fa"))
        published(publisher, slug="later", languages=("fa",), original_language="fa", at=MORNING + 5 * HOUR)
    with at(2):
        retire_language("fa", by=None)
    with at(8):
        assert harvester.changed() == {gone.sid: "-10:00", both.sid: "10:00"}, "what was not yet visible never was"
        assert harvester.changed(from_="2026-03-01T10:00:00Z") == {gone.sid: "-10:00", both.sid: "10:00"}
        assert harvester.changed(set="occasion:example-day") == {gone.sid: "-10:00"}
        root = harvester.ask("GetRecord", metadataPrefix="oai_dc", identifier=f"oai:memorial.test:{gone.sid}")
        assert root.find(".//o:header", NS).get("status") == "deleted"
        assert root.find(".//o:metadata", NS) is None
        assert "Title in fa" not in etree.tostring(root).decode()
        (record,) = [each for each in harvester.walk("ListRecords") if each.find("o:metadata", NS) is not None]
        assert record.xpath(".//dc:language/text()", namespaces=NS) == ["az"]
    with at(9):
        publish_language("fa", by=None)
    with at(10):
        assert harvester.changed(from_="2026-03-01T17:00:00Z").keys() >= {gone.sid, both.sid}
        assert not [moment for moment in harvester.changed().values() if moment.startswith("-")]


@pytest.mark.parametrize("keeps_text", [True, False])
def test_a_withdrawal_changes_a_record_and_the_last_one_deletes_it(
    harvester: Harvester, publisher: User, keeps_text: bool
) -> None:
    with at(0):
        row = published(publisher, slug="row", occasion=an_occasion())
        other = published(publisher, slug="other")
    how = {"by": publisher, "reason": "Zyxreason", "keeps_text": keeps_text}
    with at(2):
        withdraw(row, ["en"], **how)
    with at(3):
        assert harvester.changed() == {row.sid: "10:00", other.sid: "08:00"}
        assert harvester.changed(from_="2026-03-01T10:00:00Z") == {row.sid: "10:00"}
        assert harvester.changed(until="2026-03-01T09:59:59Z") == {other.sid: "08:00"}
        assert set(harvester.changed(set="language:en")) == {other.sid}
        (record, _other) = harvester.walk("ListRecords")
        assert record.xpath(".//dc:title/text()", namespaces=NS) == ["Title in az"]
    with at(4):
        withdraw(row, ["az"], **how)
    with at(5):
        assert harvester.changed() == {row.sid: "-12:00", other.sid: "08:00"}
        assert harvester.changed(from_="2026-03-01T11:00:00Z", set="occasion:example-day") == {row.sid: "-12:00"}
        root = harvester.ask("GetRecord", metadataPrefix="qdc", identifier=f"oai:memorial.test:{row.sid}")
        assert root.find(".//o:header", NS).get("status") == "deleted"
        assert root.find(".//o:metadata", NS) is None
        assert b"Zyx" not in etree.tostring(root)
        published_again(row, "az", publisher)
        assert harvester.changed(from_="2026-03-01T13:00:00Z") == {row.sid: "13:00"}
    with at(6):
        retire_language("az", by=None)
        assert harvester.changed(from_="2026-03-01T14:00:00Z") == {row.sid: "-14:00", other.sid: "14:00"}


def test_a_withdrawal_in_a_language_is_told_with_the_language(harvester: Harvester, publisher: User) -> None:
    Language.objects.filter(tag="fa").update(state=Language.State.PREPARING)
    with at(0):
        row = published(publisher, slug="row", languages=("az", "fa"))
    with at(1):
        withdraw(row, ["fa"], by=publisher, reason="A reason.")
    assert harvester.changed() == {row.sid: "08:00"}
    assert harvester.error("ListRecords", metadataPrefix="oai_dc", from_="2026-03-01T08:30:00Z") == "noRecordsMatch"
    with at(2):
        publish_language("fa", by=None)
    assert harvester.changed(from_="2026-03-01T09:30:00Z") == {row.sid: "10:00"}
    assert harvester.error("ListRecords", metadataPrefix="oai_dc", until="2026-03-01T09:30:00Z") == "noRecordsMatch"


def test_what_was_called_off_never_has_a_record(harvester: Harvester, publisher: User) -> None:
    with at(0):
        row = published(publisher, slug="row", at=MORNING + 5 * HOUR)
        withdraw(row, ["az", "en"], by=publisher, reason="A reason.")
    with at(8):
        assert harvester.error("ListRecords", metadataPrefix="oai_dc") == "noRecordsMatch"
        withdraw(row, ["az", "en"], by=publisher, reason="A reason.", keeps_text=False)
        identifier = f"oai:memorial.test:{row.sid}"
        assert harvester.error("GetRecord", metadataPrefix="oai_dc", identifier=identifier) == "idDoesNotExist"


def test_drafts_schedules_and_languages_in_preparation_have_no_record(harvester: Harvester, publisher: User) -> None:
    soon = datetime.now(UTC) + HOUR
    hidden = [
        published(publisher, slug="later", at=soon),
        published(publisher, slug="fa", languages=("fa",), original_language="fa"),
    ]
    Language.objects.filter(tag="fa").update(state=Language.State.PREPARING)
    LanguageChange.objects.create(language="fa", action=LanguageChange.Action.ENROLLED)
    for row in hidden:
        identifier = f"oai:memorial.test:{row.sid}"
        assert harvester.error("GetRecord", metadataPrefix="oai_dc", identifier=identifier) == "idDoesNotExist"
    assert harvester.error("ListRecords", metadataPrefix="oai_dc") == "noRecordsMatch"
    retire_language("fa", by=None)
    with time_machine.travel(soon + HOUR, tick=False):
        assert set(harvester.changed()) == {hidden[0].sid}, "a language that never was public hides nothing"


def test_an_answer_costs_the_same_whatever_it_lists(harvester: Harvester, publisher: User) -> None:
    around = {"occasion": an_occasion(), "events": [an_event()]}
    published(publisher, slug="one", **around)
    few = queries(harvester)
    for number in range(5):
        published(publisher, slug=f"s-{number}", languages=("az", "en", "fa"), **around)
    assert queries(harvester) == few <= 8
    for row in Statement.objects.exclude(slug="one"):
        withdraw(row, ["az", "en", "fa"], by=publisher, reason="A reason.")
    assert queries(harvester) == few


def queries(harvester: Harvester) -> int:
    """How many questions to the database a list of records takes."""
    with CaptureQueriesContext(connection) as asked:
        harvester.ask("ListRecords", metadataPrefix="oai_dc", from_="2000-01-01", set="event:example-event")
    return len(asked)


@pytest.mark.django_db(transaction=True)
def test_sickle_harvests_the_archive(live_server: Any, publisher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library's own client, over HTTP, by GET and by POST."""
    monkeypatch.setattr(harvest, "PART", 2)
    occasion = an_occasion()
    with at(0):
        rows = [published(publisher, slug=f"s-{n}", languages=("az",), occasion=occasion) for n in range(4)]
        gone = published(publisher, slug="gone", languages=("fa",), original_language="fa")
    with at(1):
        retire_language("fa", by=None)
    for method in ("GET", "POST"):
        sickle = Sickle(f"{live_server.url}/oai", http_method=method)
        identify = sickle.Identify()
        assert (identify.protocolVersion, identify.deletedRecord) == ("2.0", "persistent")
        assert identify.granularity == "YYYY-MM-DDThh:mm:ssZ"
        assert identify.earliestDatestamp == "2026-03-01T08:00:00Z"
        assert [each.metadataPrefix for each in sickle.ListMetadataFormats()] == ["oai_dc", "qdc"]
        assert "occasion:example-day" in [each.setSpec for each in sickle.ListSets()]
        records = list(sickle.ListRecords(metadataPrefix="oai_dc"))
        assert [record.header.identifier[-8:] for record in records] == [*(row.sid for row in rows), gone.sid]
        assert [record.deleted for record in records] == [False, False, False, False, True]
        assert records[0].metadata["title"] == ["Title in az"]
        kept = sickle.ListRecords(metadataPrefix="oai_dc", ignore_deleted=True, set="occasion:example-day")
        assert len(list(kept)) == 4
        with pytest.raises(NoRecordsMatch):
            sickle.ListRecords(metadataPrefix="oai_dc", **{"from": "2030-01-01"})
