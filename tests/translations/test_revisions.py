"""A revision is never changed or removed."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from memorial.accounts.models import User
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Text
from tests.translations.conftest import saved


@pytest.mark.parametrize(
    "change",
    [
        lambda revision: revision.save(),
        lambda revision: revision.delete(),
        lambda revision: Revision.objects.update(title="Changed"),
        lambda revision: Revision.objects.filter(pk=revision.pk).delete(),
        lambda revision: Revision.objects.bulk_update([revision], ["title"]),
        lambda revision: revision.text.revisions.update(title="Changed"),
        lambda revision: Revision.objects.bulk_create(
            [revision], update_conflicts=True, update_fields=["title"], unique_fields=["id"]
        ),
    ],
)
def test_the_model_refuses(statement: Statement, editor: User, change: Callable[[Revision], object]) -> None:
    revision = saved(statement, "az", editor)
    revision.title = "Changed"
    with pytest.raises(TypeError, match="save a new one"):
        change(revision)
    assert Revision.objects.get().title == "Example (az)"


@pytest.mark.parametrize("column", ["title", "body", "number", "saved_at", "based_on_id"])
def test_the_database_refuses_a_change(statement: Statement, editor: User, column: str) -> None:
    saved(statement, "az", editor)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE translations_revision SET {column} = {column}")


def test_a_deleted_account_leaves_its_revisions(statement: Statement, editor: User) -> None:
    saved(statement, "az", editor)
    editor.delete()
    assert Revision.objects.get().saved_by is None


def test_a_statement_that_was_never_published_goes_with_all_its_texts(statement: Statement, editor: User) -> None:
    original = saved(statement, "az", editor)
    saved(statement, "en", editor, based_on=original)
    statement.delete()
    assert not Text.objects.exists()
    assert not Revision.objects.exists()
