"""Whether what was sealed is still what was sealed."""

import json

import pytest
from django.db import connection

from memorial.accounts.models import User
from memorial.publishing.models import Edition, SourceEdition
from memorial.publishing.release import publish
from memorial.publishing.source_release import publish_source
from memorial.publishing.verify import broken_seals
from memorial.statements.models import Statement
from tests.publishing.sources import a_background

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sealed(ready: Statement, publisher: User) -> None:
    """Three editions and one of a source."""
    publish(ready, ["az", "en", "fa"], by=publisher, note="")
    publish_source(a_background(), by=publisher)


def forge(model: type[Edition] | type[SourceEdition], column: str, value: object) -> str:
    """Change what is sealed past the guard, as somebody with the database's password could; return its name."""
    table = model._meta.db_table
    row = model._base_manager.order_by("pk").last()
    assert row is not None
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER guard_{table}_update{on_table}")
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, row.pk])
    return f"{table} {row.pk}"


def test_what_nobody_touched_is_whole() -> None:
    assert Edition.objects.count() == 3
    assert list(broken_seals()) == []


@pytest.mark.parametrize("model", [Edition, SourceEdition])
@pytest.mark.parametrize(
    ("column", "value"),
    [("body", "<p>Forged.</p>"), ("canonical", "memorial edition 1\n"), ("sha256", "0" * 64), ("facts", "{}")],
)
def test_whatever_was_changed_is_named(model: type[Edition] | type[SourceEdition], column: str, value: str) -> None:
    name = forge(model, column, json.dumps({"format": 1}) if column == "facts" else value)
    assert list(broken_seals()) == [name]
