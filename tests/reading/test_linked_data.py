"""Linked data: read by an RDF library, and held against the vocabulary of schema.org."""

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from lxml import html
from rdflib import RDF, Literal, URIRef

from memorial.accounts.models import User
from memorial.publishing.release import publish
from memorial.reading.schema_org import in_a_script, interval, plain_date, when
from memorial.statements.attachments import keep
from memorial.statements.models import Statement
from tests.builders import an_issuer

from .conftest import a_text, address, published, published_again
from .schema_org import SCHEMA, faults, graph

SITE = "http://memorial.test"


def document(client: Client, statement: Statement, lang: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(address(statement, lang).rstrip("/") + ".jsonld").content)
    return found


def in_page(client: Client, path: str) -> dict[str, Any]:
    """What stands in the page itself."""
    (script,) = html.fromstring(client.get(path).content.decode()).xpath("//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(script.text)
    return found


def test_a_statement_with_everything_is_valid_against_the_vocabulary(
    client: Client, statement: Statement, publisher: User
) -> None:
    keep(statement, ContentFile(b"%PDF-1.4\nscan", name="scan.pdf"), by=publisher)
    Statement.objects.filter(pk=statement.pk).update(person="E. Example", person_role="Spokesperson")
    a_text(statement, "fa", publisher, origin="official", credit="F. Example")
    publish(statement, ["fa"], by=publisher)
    for lang in ("az", "en"):
        published_again(statement, lang, publisher, summary="Another summary")
    for lang in ("az", "en", "fa"):
        found = graph(document(client, statement, lang))
        assert len(found) > 40
        assert faults(found) == []


def test_the_check_sees_what_is_not_in_the_vocabulary() -> None:
    node = {"@context": "https://schema.org", "@id": f"{SITE}/x"}
    assert faults(graph({**node, "@type": "Statute"})) != []
    assert faults(graph({**node, "@type": "Event", "sha256": "0"})) != []
    assert faults(graph({**node, "@type": "Event", "location": {"@type": "Person", "name": "E"}})) != []
    assert faults(graph({**node, "@type": "EventSeries", "about": {"@type": "Event", "name": "E"}})) == []


def test_the_issuer_is_the_author_and_the_archive_only_provides(client: Client, statement: Statement) -> None:
    found = graph(document(client, statement))
    page = URIRef(f"{SITE}{address(statement, 'en')}")
    author = found.value(page, SCHEMA.author)
    assert found.value(author, RDF.type) == SCHEMA.GovernmentOrganization
    assert found.value(author, SCHEMA.name) == Literal("Example Ministry (en)")
    assert found.value(page, SCHEMA.sourceOrganization) == author
    archive = URIRef(f"{SITE}/#archive")
    for predicate in (SCHEMA.provider, SCHEMA.sdPublisher, SCHEMA.holdingArchive):
        assert found.value(page, predicate) == archive
    assert found.value(page, SCHEMA.publisher) is None
    sealed = statement.editions.get(language="en")
    encoding = found.value(page, SCHEMA.encoding)
    assert found.value(encoding, SCHEMA.sha256) == Literal(sealed.sha256)
    text = client.get(str(found.value(encoding, SCHEMA.contentUrl)).removeprefix(SITE))
    assert text.content.decode() == sealed.canonical


def test_only_a_translation_is_a_translation_of_the_original(
    client: Client, statement: Statement, publisher: User
) -> None:
    a_text(statement, "fa", publisher, origin="official", credit="F. Example")
    publish(statement, ["fa"], by=publisher)
    original = f"{SITE}{address(statement, 'az')}"
    translation, summary = document(client, statement, "fa"), document(client, statement, "en")
    assert translation["translationOfWork"]["@id"] == original
    assert translation["translator"] == "F. Example"
    assert "translationOfWork" not in summary
    assert summary["isBasedOn"][0]["@id"] == original
    assert [each["inLanguage"] for each in document(client, statement, "az")["workTranslation"]] == ["fa"]


def test_corrections_are_told_and_future_ones_are_not(client: Client, statement: Statement, publisher: User) -> None:
    assert "correction" not in document(client, statement)
    published_again(statement, "en", publisher, title="Corrected")
    (correction,) = document(client, statement)["correction"]
    assert correction["text"] == "A word was corrected."
    assert correction["url"] == f"{SITE}{address(statement, 'en', 'v/2/')}"
    earlier = client.get(address(statement, "en").rstrip("/") + ".jsonld?edition=1").json()
    assert "correction" not in earlier
    assert earlier["@id"] == f"{SITE}{address(statement, 'en', 'v/1/')}"


def test_a_person_may_speak_for_himself(client: Client, publisher: User) -> None:
    found = document(client, published(publisher, issuer=an_issuer(slug="person", kind="person")))
    assert found["author"]["@type"] == "Person"
    assert "sourceOrganization" not in found
    assert faults(graph(found)) == []


@pytest.mark.parametrize("path", ["issuers/example-ministry/", "occasions/example-day/", "events/example-event/"])
def test_labels_are_valid_against_the_vocabulary(client: Client, statement: Statement, path: str) -> None:
    statement.occasion.event = statement.events.get()
    statement.occasion.save()
    statement.events.get().places.set(statement.places.all())
    found = in_page(client, f"/en/{path}")
    assert found["@id"] == f"{SITE}/en/{path}"
    assert faults(graph(found)) == []


def test_an_occasion_returns_every_year(client: Client, statement: Statement) -> None:
    schedule = in_page(client, "/en/occasions/example-day/")["eventSchedule"]
    assert schedule == {"@type": "Schedule", "repeatFrequency": "P1Y", "byMonth": 5, "byMonthDay": 20}


def test_the_page_says_a_part_of_what_the_format_says(client: Client, statement: Statement) -> None:
    page, whole = in_page(client, address(statement, "en")), document(client, statement)
    assert {name: whole[name] for name in page} == page
    assert {"name", "author", "inLanguage", "dateCreated", "about"} <= page.keys()
    assert {"encoding", "isBasedOn", "mentions", "exampleOfWork", "holdingArchive"} <= whole.keys() - page.keys()
    assert len(json.dumps(page)) < len(json.dumps(whole)) * 0.4


def test_no_word_of_a_statement_ends_the_script(client: Client, publisher: User) -> None:
    title = "</script><script>alert(1)</script><!-- & \u2028 ]]>"
    statement = published(publisher, text={"title": title})
    content = client.get(address(statement, "en")).content.decode()
    assert content.count("</script>") == 1
    assert in_page(client, address(statement, "en"))["name"] == " ".join(title.split())
    assert "<" not in in_a_script({"name": title})


@pytest.mark.parametrize(
    ("stated", "date", "coverage", "start"),
    [
        ("1990-01-20", "1990-01-20", "1990-01-20", "1990-01-20"),
        ("1994-03", "1994-03", "1994-03", "1994-03"),
        ("1990-01-19/1990-01-20", None, "1990-01-19/1990-01-20", "1990-01-19"),
        ("1990~", None, "1990-01-01/1990-12-31", None),
    ],
)
def test_no_date_is_made_exact(stated: str, date: str | None, coverage: str, start: str | None) -> None:
    assert plain_date(stated) == date
    assert interval(stated) == coverage
    assert when(stated).get("startDate") == start
    assert plain_date("") is None
