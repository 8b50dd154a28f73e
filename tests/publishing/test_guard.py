"""The triggers that guard what is sealed."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from memorial.accounts.models import Role, User
from memorial.publishing import guard
from memorial.publishing.checks import sealed_rows_are_guarded
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from tests.builders import a_user
from tests.publishing.conftest import a_ready_statement


def drop_one() -> None:
    with connection.cursor() as cursor:
        on = " ON publishing_edition" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER guard_publishing_edition_update{on}")


@pytest.mark.django_db
def test_every_trigger_is_in_place_after_migrate() -> None:
    assert guard.missing(connection) == []


@pytest.mark.django_db
def test_a_missing_trigger_is_reported_and_put_back() -> None:
    drop_one()
    [warning] = sealed_rows_are_guarded(None, databases=["default"])
    assert warning.id == "publishing.W001"
    assert "guard_publishing_edition_update" in warning.msg
    guard.install(connection)
    guard.install(connection)
    assert sealed_rows_are_guarded(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_migrate_puts_back_what_a_rebuilt_table_has_lost() -> None:
    statement = a_ready_statement(a_user("somebody", Role.PUBLISHER), ["az"])
    [edition] = publish(statement, ["az"], by=User.objects.get())
    longer = models.CharField(max_length=301)
    longer.set_attributes_from_name("title")
    longer.model = Edition
    with connection.schema_editor() as editor:
        editor.alter_field(Edition, Edition._meta.get_field("title"), longer)
    assert Edition.objects.get().canonical == edition.canonical
    call_command("migrate", verbosity=0)
    assert guard.missing(connection) == []
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_edition SET title = 'Changed'")
    with connection.schema_editor() as editor:
        editor.alter_field(Edition, longer, Edition._meta.get_field("title"))


@pytest.mark.django_db(transaction=True)
def test_flush_is_refused_where_something_is_sealed() -> None:
    statement = a_ready_statement(a_user("somebody", Role.PUBLISHER), ["az"])
    publish(statement, ["az"], by=User.objects.get())
    with pytest.raises(Exception, match="couldn't be flushed"):
        call_command("flush", interactive=False, verbosity=0)
    assert Edition.objects.exists()
    assert Statement.objects.exists()
