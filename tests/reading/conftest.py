"""A small archive as readers find it."""

import os
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.models import Event, Figure, Place, Statement
from memorial.translations.save import save_text
from tests.builders import a_statement, an_issuer, an_occasion, named

# Several machines share a PostgreSQL; SQLite is one machine's own. The run on PostgreSQL has these tests.
collect_ignore = [] if os.environ.get("TEST_DATABASE") == "postgresql" else ["test_machines.py"]
BODY = "<p>First paragraph of an example.</p><p>Second one, about something else.</p>"


def address(statement: Statement, lang: str, rest: str = "") -> str:
    """The path of a statement's page."""
    return f"/{lang}/statements/{statement.sid}/{statement.slug}/{rest}"


def a_text(statement: Statement, lang: str, by: User, **given: Any) -> None:
    """The text of a statement in one language, saved over what there is."""
    texts = {text.language: text for text in statement.texts.all()}
    original = texts.get(statement.original_language)
    is_original = lang == statement.original_language
    defaults: dict[str, Any] = {
        "title": f"Title in {lang}",
        "summary": f"Summary in {lang}",
        "body": BODY,
        "seen": texts[lang].head if lang in texts else None,
        "based_on": None if is_original or original is None else original.head,
    }
    save_text(statement, lang, by=by, **{**defaults, **given})


def published(
    by: User,
    *,
    languages: Iterable[str] = ("az", "en"),
    at: datetime | None = None,
    text: dict[str, Any] | None = None,
    events: Iterable[Event] = (),
    places: Iterable[Place] = (),
    **fields: Any,
) -> Statement:
    """A statement with an edition in each of ``languages``."""
    statement = a_statement(**fields)
    statement.events.set(events)
    statement.places.set(places)
    for lang in languages:
        a_text(statement, lang, by, **(text or {}))
    publish(statement, list(languages), by=by, at=at)
    return statement


def published_again(statement: Statement, lang: str, by: User, *, at: datetime | None = None, **given: Any) -> Edition:
    """The next edition of a statement in one language."""
    a_text(statement, lang, by, **given)
    return publish(statement, [lang], by=by, at=at, note="A word was corrected.", change="correction")[0]


def an_event(slug: str = "example-event", **fields: Any) -> Event:
    """The Example Event of March 1990."""
    names = named("Example Event", "az", "en", "fa")
    return Event.objects.create(**{"slug": slug, "dated": "1990-03", **names, **fields})


def a_place(slug: str = "example-town") -> Place:
    """Example Town."""
    return Place.objects.create(slug=slug, latitude="40.5", longitude="49.5", **named("Example Town", "az", "en", "fa"))


def a_figure(statement: Statement, event: Event, **fields: Any) -> Figure:
    """A figure of the statement's issuer."""
    defaults = {
        "claimant": statement.issuer, "measure": Figure.Measure.KILLED, "minimum": 1150, "claimed": "2025-05-20",
        "block": "p2", column_name("described", "en"): "residents of Example Town",
    }  # fmt: skip
    return Figure.objects.create(statement=statement, event=event, **{**defaults, **fields})


def only_public(*tags: str) -> None:
    """Leave only these languages public; the others are being prepared."""
    Language.objects.exclude(tag__in=tags).update(state=Language.State.PREPARING)


@pytest.fixture(autouse=True)
def site_languages(db: None) -> None:
    """Azerbaijani, English, Russian, Turkish and Persian, all public."""
    for position, (tag, name, direction) in enumerate(
        [("az", "Azərbaycanca", "ltr"), ("en", "English", "ltr"), ("ru", "Русский", "ltr"), ("tr", "Türkçe", "ltr"),
         ("fa", "فارسی", "rtl")]
    ):  # fmt: skip
        row = {"name_en": name, "name_own": name, "direction": direction, "state": "public", "position": position}
        Language.objects.update_or_create(tag=tag, defaults=row)


@pytest.fixture
def statement(publisher: User) -> Statement:
    """A published statement with an occasion, an event, a place and a figure, in Azerbaijani and English."""
    event, place = an_event(), a_place()
    found = a_statement(issuer=an_issuer(), occasion=an_occasion(), issued="2025-05-19T22:01+04:00")
    found.events.set([event])
    found.places.set([place])
    a_text(found, "az", publisher, origin="issued")
    a_text(found, "en", publisher, origin="archive", completeness="summary", credit="A. Example")
    a_figure(found, event)
    publish(found, ["az", "en"], by=publisher)
    return found
