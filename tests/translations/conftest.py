"""Texts for the tests of saving."""

from typing import Any

import pytest

from memorial.accounts.models import User
from memorial.statements.models import Statement
from memorial.translations.models import Revision
from memorial.translations.save import save_text
from tests.builders import a_statement

BODY = "<p>First paragraph of an example.</p><p>Second one, about something else.</p>"


def saved(statement: Statement, language: str, by: User, **given: Any) -> Revision:
    """A text saved over its newest revision, unless ``seen`` says otherwise."""
    text = statement.texts.filter(language=language).first()
    defaults = {"title": f"Example ({language})", "summary": "", "body": BODY, "seen": text.head if text else None}
    return save_text(statement, language, by=by, **{**defaults, **given})


@pytest.fixture
def statement(db: None) -> Statement:
    """A statement in Azerbaijani without a text."""
    return a_statement()
