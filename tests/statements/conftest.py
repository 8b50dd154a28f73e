"""Objects of the record."""

from typing import Any

import pytest

from memorial.statements.models import Event, Figure
from tests.builders import a_statement, named


def an_event(slug: str = "example-event", **fields: Any) -> Event:
    """What is commemorated: two days in May 1990."""
    names = named("Example Event", "az", "en", "fa")
    return Event.objects.create(**{"slug": slug, "dated": "1990-05-19/1990-05-20", **names, **fields})


def a_figure(**fields: Any) -> Figure:
    """Twelve injured, as the Example Ministry states; not yet stored."""
    statement = fields.pop("statement", None) or a_statement()
    defaults = {"claimant": statement.issuer, "statement": statement, "measure": "injured", "minimum": 12}
    return Figure(**{**defaults, "claimed": "2025-05-20", "event": fields.pop("event", None) or an_event(), **fields})


@pytest.fixture
def event(db: None) -> Event:
    """The Example Event."""
    return an_event()
