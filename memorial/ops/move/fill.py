"""Filling the target: rows that it takes, those that it cannot take by name, and the numbers that come next."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from memorial.accounts.refusal import Refused

from .refused_values import Refusals
from .tables import BATCH, Digest, Row, as_text, columns_of, fields_of, moved_models, rows_of

# Fields whose values databases take as Python has them.
AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.AutoField)
# More than this many refused rows are counted, and not named.
NAMED = 50


def fill(source: str, target: str, hear: Callable[[str, int], None]) -> dict[str, Digest]:
    """Put every row of the source into the target, in a transaction of the caller; return the source's digests.

    ``hear`` is told of each table and how many rows were read, batch by batch. Raises Refused, naming rows, when the
    target cannot take some of them.
    """
    connection = connections[target]
    refusals, digests = Refusals(connection), {}
    with _without_foreign_keys(connection):
        for model in moved_models():
            # What migrations put there: permissions, types of content. Those of the source have other numbers.
            table = connection.ops.quote_name(model._meta.db_table)
            _execute(connection, f"DELETE FROM {table}")  # noqa: S608 a name of ours
        for model in moved_models():
            digests[model._meta.db_table] = digest = Digest()
            _write(connection, model, _taken(model, rows_of(model, source), refusals, digest, hear))
        if refusals.found:
            raise Refused(refusals.reasons(NAMED))
    if connection.vendor == "sqlite":
        connection.check_constraints()
    for model in moved_models():
        _carry_on_counting(model, source, target)
    if connection.vendor == "postgresql":
        # The planner knows nothing of a table that was just filled.
        _execute(connection, f"ANALYZE {', '.join(model._meta.db_table for model in moved_models())}")
    return digests


def _taken(
    model: type[models.Model], rows: Iterator[Row], refusals: Refusals, digest: Digest, hear: Callable[[str, int], None]
) -> Iterator[Row]:
    """The rows that the target can take; the others are noted. Each goes into the digest."""
    table = model._meta.db_table
    is_refused = refusals.of(model)
    for row in rows:
        text = as_text(row)
        digest.add(text)
        if not is_refused(row, text):
            yield row
        if not digest.rows % BATCH:
            hear(table, digest.rows)
    hear(table, digest.rows)


def _write(connection: BaseDatabaseWrapper, model: type[models.Model], rows: Iterable[Row]) -> None:
    """Store rows as they are: no field cleans, no moment is set anew, no manager refuses."""
    to_store = [_prepared(field, connection) for field in fields_of(model)]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(map(connection.ops.quote_name, columns_of(model)))
    stored = (
        [value if store is None else store(value) for value, store in zip(row, to_store, strict=True)] for row in rows
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in stored:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(to_store))
        while batch := list(islice(stored, BATCH)):
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", batch)  # noqa: S608 names of ours


def _prepared(field: Any, connection: BaseDatabaseWrapper) -> Callable[[Any], Any] | None:
    """What makes of a value what the database takes; None: nothing has to be made."""
    if isinstance(field, (models.ForeignKey, *AS_THEY_ARE)) and not hasattr(field, "from_db_value"):
        return None
    # Not get_db_prep_save: a rich text would be cleaned again.
    prepare = partial(field.get_db_prep_value, connection=connection, prepared=False)
    if field.null or not isinstance(field, models.JSONField):
        return lambda value: None if value is None else prepare(value)
    return prepare


@contextmanager
def _without_foreign_keys(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take PostgreSQL's foreign keys away, and put them back when all is there: it then checks each of them once.

    Kept, they would be noted row by row in the server's memory until the end. SQLite only counts what is open.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"
        )
        keys = cursor.fetchall()
    for table, name, _definition in keys:
        _execute(connection, f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, definition in keys:
        _execute(connection, f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _carry_on_counting(model: type[models.Model], source: str, target: str) -> None:
    """Let the next row get the number that it would have got in the source: numbers are never used again."""
    if model._meta.auto_field is None:
        return
    last = max(_last_number(connections[source], model), _greatest_key(model, source))
    table, connection = model._meta.db_table, connections[target]
    if connection.vendor == "postgresql":
        _execute(
            connection,
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
            [connection.ops.quote_name(table), model._meta.auto_field.column, max(last, 1), last > 0],
        )
    else:
        _execute(connection, "DELETE FROM sqlite_sequence WHERE name = %s", [table])
        _execute(connection, "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def _greatest_key(model: type[models.Model], using: str) -> int:
    greatest: int | None = models.QuerySet(model, using=using).aggregate(last=models.Max("pk"))["last"]
    return greatest or 0


def _last_number(connection: BaseDatabaseWrapper, model: type[models.Model]) -> int:
    """The last number that the database gave to a row of the table, which may be gone; 0: none yet."""
    assert model._meta.auto_field is not None  # noqa: S101 asked for by the caller
    table, column = model._meta.db_table, model._meta.auto_field.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), column])
            (sequence,) = cursor.fetchone()
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 a name
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def _execute(connection: BaseDatabaseWrapper, sql: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
