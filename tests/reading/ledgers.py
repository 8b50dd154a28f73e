"""Ledgers for tests: claims by many claimants, in statements and in sources."""

import csv
from io import StringIO
from typing import Any

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.models import SourceEdition
from memorial.publishing.release import publish
from memorial.publishing.sealing_figures import seal_figures
from memorial.statements.fields import new_sid
from memorial.statements.models import Event, Figure, Issuer, Source, Statement
from tests.builders import a_statement, an_issuer

from .conftest import a_figure, a_text

AGENCY = "example-agency"


def figures_of(event: Event, query: str = "", *, lang: str = "en", suffix: str = "/") -> str:
    """The path of an event's ledger, or of one of its files."""
    return f"/{lang}/events/{event.slug}/figures{suffix}{query}"


def agency(slug: str = AGENCY, name: str = "Example Agency") -> Issuer:
    """A claimant that is not the issuer of the statement."""
    names = {column_name("name", tag): name for tag in ("az", "en", "fa")}
    return Issuer.objects.filter(slug=slug).first() or an_issuer(slug, kind="news-agency", **names)


def a_claim(statement: Statement, event: Event, **fields: Any) -> Figure:
    """A figure of the statement's issuer; ``precision`` words needs a wording."""
    return a_figure(statement, event, **{"claimed": statement.dated, **fields})


def stated(
    by: User, event: Event, *claims: dict[str, Any], languages: tuple[str, ...] = ("az", "en"), **fields: Any
) -> Statement:
    """A published statement with these claims about ``event``."""
    statement = a_statement(**fields)
    statement.events.set([event])
    for lang in languages:
        a_text(statement, lang, by)
    for claim in claims:
        a_claim(statement, event, **claim)
    publish(statement, list(languages), by=by)
    return statement


def noted(event: Event, by: User, *figures: dict[str, Any]) -> SourceEdition:
    """A background note of a news agency, sealed by itself: 147 killed, or ``figures`` that differ from that."""
    who = agency()
    source = Source.objects.create(
        publisher="Example Agency", url="https://agency.example/note", language="ru", what="background",
        published="2026-01-21",
    )  # fmt: skip
    facts: dict[str, Any] = {
        "claimant": {"slug": who.slug, "name": {"en": "Example Agency"}},
        "event": {"slug": event.slug, "name": {"en": "Example Event"}},
        "measure": "killed", "precision": "exact", "minimum": 147, "maximum": None,
        "described": {"az": "həlak olanlar", "en": "persons killed"},
        "wording": "147 человек погибли", "wording_language": "ru", "claimed": "2026-01-21",
    }  # fmt: skip
    edition = SourceEdition.objects.create(
        source=source, number=1, visible_from=by.date_joined, language="ru", canonical="", sha256="",
        facts={
            "format": 1, "statement": None, "rights": "",
            "figures": [{**facts, "fid": new_sid(), **figure} for figure in figures or ({},)],
            "source": {
                "ref": source.ref, "publisher": source.publisher, "url": source.url, "language": "ru",
                "published": source.published, "what": source.what, "note": {},
            },
        },
    )  # fmt: skip
    seal_figures([edition])
    return edition


def disputed_by_an_agency(event: Event, by: User) -> Statement:
    """A statement: 150 killed, about 700 to 744 injured and some missing; a news agency notes 147 killed."""
    statement = stated(
        by,
        event,
        {"minimum": 150, "wording": "150 people were killed", "wording_language": "en"},
        {"measure": "injured", "precision": "about", "minimum": 700, "maximum": 744},
        {"measure": "missing", "precision": "words", "minimum": None, "wording": "onlarla", "wording_language": "az"},
        issuer=an_issuer(),
    )
    noted(event, by)
    return statement


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a file for spreadsheets, as Python's own reader finds them."""
    return list(csv.DictReader(StringIO(content.decode())))
