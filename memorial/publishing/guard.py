"""The database's own refusal to change or remove what is sealed, on SQLite and on PostgreSQL.

Triggers refuse UPDATE and DELETE (PostgreSQL: also TRUNCATE) of editions, of their tables of events and places, and of
sealed sources, figures and withdrawals, and UPDATE of what a revision, a step of its review or its mark as ready says.
Revisions that were sealed cannot be deleted because editions refer to them; those of a statement that was never
published go with it. The triggers are put in place after every ``migrate``, since SQLite drops them when a migration
rebuilds a table. A migration that must rewrite editions says so: it drops them itself.

No trigger looks at another table: SQLite would then refuse to rename the rebuilt one.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from memorial.translations.models import ReadyMark, ReviewStep, Revision

from .models import Edition, SealedFigure, SourceEdition, Withdrawal

REFUSAL = "memorial: what is sealed is never changed or removed"
FUNCTION = "memorial_refuse"
# Who did it alone may change: to nobody, when an account is deleted.
COLUMNS = {
    "revision": (Revision, ("id", "text_id", "number", "title", "summary", "body", "based_on_id", "saved_at")),
    "review_step": (ReviewStep, ("id", "revision_id", "action", "message", "at")),
    "ready_mark": (ReadyMark, ("id", "revision_id", "significance", "note", "at")),
}


def sealed_tables() -> list[str]:
    """The tables whose rows are only ever added."""
    return [
        Edition._meta.db_table,
        *(field.m2m_db_table() for field in Edition._meta.local_many_to_many),
        SourceEdition._meta.db_table,
        SealedFigure._meta.db_table,
        Withdrawal._meta.db_table,
    ]


def triggers() -> dict[str, tuple[str, str]]:
    """Each trigger's name, with its table and what it refuses there."""
    found = {}
    for table in sealed_tables():
        found[f"guard_{table}_update"] = (table, "UPDATE")
        found[f"guard_{table}_delete"] = (table, "DELETE")
    for name, (model, columns) in COLUMNS.items():
        found[f"guard_{name}_update"] = (model._meta.db_table, f"UPDATE OF {', '.join(columns)}")
    return found


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place whose table there is. Doing it again changes nothing."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        is_postgresql = connection.vendor == "postgresql"
        if is_postgresql:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
            )
        for name, (table, event) in triggers().items():
            if table not in tables:
                continue
            if is_postgresql:
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
                )
                if event == "DELETE":
                    cursor.execute(
                        f"CREATE OR REPLACE TRIGGER {name}_all BEFORE TRUNCATE ON {table} "
                        f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
                    )
            else:
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that are not in place although their table is."""
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(catalogue)
        present = {name for (name,) in cursor.fetchall()}
    return [name for name, (table, _event) in triggers().items() if table in tables and name not in present]


def install_after_migrate(using: str, **kwargs: Any) -> None:
    """Receive ``post_migrate``."""
    install(connections[using])
