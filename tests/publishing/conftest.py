"""Statements that can be published."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from memorial.accounts.models import User
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Revision
from memorial.translations.save import save_text
from tests.builders import a_statement

BODY = "<p>First paragraph of an example.</p><p>Second one, about something else.</p>"
LATER = datetime(2030, 5, 20, 9, 0, tzinfo=UTC)
LATER_STILL = datetime(2031, 5, 20, 9, 0, tzinfo=UTC)


def write(statement: Statement, language: str, by: User, **given: Any) -> Revision:
    """A text saved over its newest revision; a translation is made from the original's newest one."""
    texts = {text.language: text for text in statement.texts.all()}
    original = texts.get(statement.original_language)
    is_original = language == statement.original_language
    defaults = {
        "title": f"Example ({language})",
        "summary": "",
        "body": BODY,
        "seen": texts[language].head if language in texts else None,
        "based_on": None if is_original or original is None else original.head,
    }
    return save_text(statement, language, by=by, **{**defaults, **given})


def a_ready_statement(by: User, languages: Iterable[str] = ("az", "en", "fa"), **fields: Any) -> Statement:
    """A statement with a text in each language."""
    statement = a_statement(**fields)
    for language in languages:
        write(statement, language, by)
    return statement


def published_again(statement: Statement, language: str, by: User, **given: Any) -> Edition:
    """The next edition after a change of the title."""
    write(statement, language, by, title=f"Changed {statement.editions.count()}")
    return publish(statement, [language], by=by, **{"note": "The title was corrected.", **given})[0]


@pytest.fixture
def ready(publisher: User) -> Statement:
    """A statement that can be published in Azerbaijani, English and Persian."""
    return a_ready_statement(publisher)
