"""Sources that can be published by themselves."""

from typing import Any

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.release import publish
from memorial.statements.models import Event, Figure, Issuer, Source, Statement
from memorial.translations.models import Witness
from tests.builders import a_statement, an_issuer, named
from tests.publishing.conftest import write

WORDING = "<p>The Example Ministry said that lamps were lit.</p><p>It honoured those who carried them.</p>"


def a_public_statement(by: User, *, languages: tuple[str, ...] = ("az",), **fields: Any) -> Statement:
    """A statement that readers can read."""
    statement = a_statement(**fields)
    for language in languages:
        write(statement, language, by)
    publish(statement, languages, by=by)
    return statement


def a_witness(statement: Statement, **fields: Any) -> Source:
    """Another source of the statement, in English, with a wording of its own."""
    names = ("publisher", "url", "language", "what", "published")
    about_source = {name: fields.pop(name) for name in names if name in fields}
    defaults: dict[str, Any] = {
        "publisher": "Example Agency", "url": "https://agency.example/1", "language": "en",
        "what": Source.What.RELAY_FULL, "published": "2025-05-20T10:30+04:00",
        column_name("note", "en"): "The agency’s own translation.",
    }  # fmt: skip
    source = Source.objects.create(statement=statement, **{**defaults, **about_source})
    words = {"title": "Ministry statement", "body": WORDING, "completeness": "full", "rights": "By permission."}
    Witness.objects.create(source=source, **{**words, **fields})
    return source


def a_background(*, event: Event | None = None, claimant: Issuer | None = None, **fields: Any) -> Source:
    """A news agency's own note, with two figures and no statement."""
    source = Source.objects.create(
        **{"publisher": "Example Wire", "language": "en", "published": "2025-05-21", "what": "background", **fields}
    )
    event = event or Event.objects.filter(slug="example-event").first() or an_event()
    claimant = claimant or Issuer.objects.filter(slug="example-wire").first() or a_wire()
    for measure, number in (("killed", 31), ("injured", 124)):
        Figure.objects.create(
            claimant=claimant, event=event, source=source, measure=measure, minimum=number, claimed="2025-05-21",
            **{column_name("described", "en"): f"{measure} by its count"},
        )  # fmt: skip
    return source


def a_wire() -> Issuer:
    """A news agency that states figures."""
    return an_issuer("example-wire", kind="news-agency", **named("Example Wire", "az", "en", "fa"))


def an_event(slug: str = "example-event") -> Event:
    """The Example Event of March 1990."""
    return Event.objects.create(slug=slug, dated="1990-03", **named("Example Event", "az", "en", "fa"))
