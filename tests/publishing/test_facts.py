"""The facts that are sealed around a text."""

import pytest
from django.core.files.base import ContentFile

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.attachments import keep
from memorial.statements.models import Place, Statement
from tests.builders import an_issuer, an_occasion
from tests.publishing.conftest import LATER, a_ready_statement
from tests.statements.conftest import a_figure, an_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(publisher: User) -> Statement:
    """A statement with everything around it."""
    statement = a_ready_statement(
        publisher,
        ["az", "en"],
        occasion=an_occasion(),
        person="A. Speaker",
        person_role="Minister",
        issued="2025-05-19T22:01+04:00",
        dated="2025-05-20",
    )
    event = an_event()
    statement.events.add(event)
    statement.places.add(Place.objects.create(slug="example-town", **{column_name("name", "az"): "Nümunə"}))
    a_figure(
        statement=statement,
        event=event,
        block="p2",
        wording="twelve were injured",
        wording_language="en",
        **{column_name("described", "en"): "people injured"},
    ).save()
    keep(statement, ContentFile(b"%PDF-1.7", name="copy.pdf"), by=publisher, caption={"en": "Signed copy"})
    return statement


def test_the_facts_are_complete(full: Statement, publisher: User) -> None:
    [edition] = publish(full, ["en"], by=publisher)
    edition.refresh_from_db()
    event = {"slug": "example-event", "name": "Example Event (en)", "lang": "en"}
    issuer = {"slug": "example-ministry", "name": "Example Ministry (en)", "lang": "en"}
    attachment = full.attachments.get()
    assert edition.facts == {
        "format": 2,
        "statement": {
            "sid": full.sid,
            "slug": "example-statement",
            "kind": "statement",
            "person": "A. Speaker",
            "person_role": "Minister",
            "dated": "2025-05-20",
            "issued": "2025-05-19T22:01+04:00",
            "original_language": "az",
        },
        "issuer": {**issuer, "kind": "ministry"},
        "occasion": {
            "slug": "example-day",
            "name": "Day of Examples (en)",
            "lang": "en",
            "anniversary": 35,
            "month": 5,
            "day": 20,
        },
        "events": [{**event, "dated": "1990-05-19/1990-05-20"}],
        "places": [{"slug": "example-town", "name": "Nümunə", "lang": "az"}],
        "text": {
            "origin": "archive",
            "completeness": "full",
            "credit": "",
            "based_on": {"language": "az", "edition": None},
        },
        "sources": [
            {
                "ref": full.sources.get().ref,
                "publisher": "Example Gazette",
                "url": "https://gazette.example/1",
                "language": "az",
                "published": "2025-05-20T09:00+04:00",
                "what": "relay-full",
                "note": "",
                "note_lang": "en",
            }
        ],
        "figures": [
            {
                "fid": full.figures.get().fid,
                "claimant": issuer,
                "measure": "injured",
                "precision": "exact",
                "minimum": 12,
                "maximum": None,
                "described": "people injured",
                "described_lang": "en",
                "wording": "twelve were injured",
                "wording_language": "en",
                "block": "p2",
                "claimed": "2025-05-20",
                "event": event,
                "source": "",
            }
        ],
        "attachments": [
            {
                "name": "copy.pdf",
                "size": 8,
                "content_type": "application/pdf",
                "sha256": attachment.sha256,
                "language": "",
                "caption": "Signed copy",
                "caption_lang": "en",
            }
        ],
        "related": [],
    }


def test_a_label_that_falls_back_says_in_which_language_it_is(full: Statement, publisher: User) -> None:
    [edition] = publish(full, ["az"], by=publisher)
    assert edition.facts["issuer"]["lang"] == "az"
    assert edition.facts["figures"][0]["described_lang"] == "en"


def test_a_label_in_a_language_outside_the_fallbacks_is_still_found(publisher: User) -> None:
    issuer = an_issuer(slug="local", name_az="", name_en="", name_fa="وزارت")
    [edition] = publish(a_ready_statement(publisher, ["az"], issuer=issuer), ["az"], by=publisher)
    assert (edition.facts["issuer"]["name"], edition.facts["issuer"]["lang"]) == ("وزارت", "fa")


def test_what_is_sealed_stays_when_the_record_changes(full: Statement, publisher: User) -> None:
    publish(full, ["az"], by=publisher)
    full.issuer.name_az = "Renamed"
    full.issuer.save()
    full.figures.all().delete()
    facts = Edition.objects.get().facts
    assert facts["issuer"]["name"] == "Example Ministry (az)"
    assert len(facts["figures"]) == 1


def test_a_draft_is_never_named_as_related(publisher: User) -> None:
    draft = a_ready_statement(publisher, ["az"], slug="secret-draft")
    waiting = a_ready_statement(publisher, ["az"], slug="secret-embargo")
    public = a_ready_statement(publisher, ["az"], slug="public-one")
    publish(public, ["az"], by=publisher)
    publish(waiting, ["az"], by=publisher, at=LATER)
    statement = a_ready_statement(publisher, ["az", "en"])
    statement.related.add(draft, waiting, public)
    [now] = publish(statement, ["az"], by=publisher)
    assert now.facts["related"] == [{"sid": public.sid, "slug": "public-one"}]
    assert "secret" not in now.canonical
    [later] = publish(statement, ["en"], by=publisher, at=LATER)
    assert {other["slug"] for other in later.facts["related"]} == {"public-one", "secret-embargo"}
