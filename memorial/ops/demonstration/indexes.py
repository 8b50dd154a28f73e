"""What stands in the way of filling a table: taken off it before, and made again from all that is then there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

Found = list[tuple[str, str]]  # what takes it off, and what makes it again


#: Rows come in the order of these keys: an index that begins with one is as quickly written as made at the end, for
#: which SQLite would read all rows whole.
ASCENDING = ("statement_id", "text_id", "revision_id", "based_on_id", "head_id", "sealed_by_id", "saved_by_id")


def of_sqlite(connection: BaseDatabaseWrapper, kind: str, tables: Sequence[str]) -> Found:
    """Return the triggers of tables on SQLite, or the indexes whose entries do not come in their order.

    What is unique by the table's own words stays.
    """
    marks = ", ".join(["%s"] * len(tables))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'DROP ' || type || ' \"' || name || '\"', sql FROM sqlite_master"  # noqa: S608 marks
            f" WHERE type = %s AND sql IS NOT NULL AND tbl_name IN ({marks}) AND NOT EXISTS ("
            "SELECT 1 FROM pragma_index_info(sqlite_master.name) WHERE seqno = 0 AND name IN"
            f" ({', '.join(['%s'] * len(ASCENDING))})) ORDER BY rowid DESC",
            [kind, *tables, *ASCENDING],
        )
        return list(cursor.fetchall())


def of_postgresql(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> Found:
    """Return the foreign keys and indexes of tables on PostgreSQL, but for those that are constraints too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),"
            " format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))"
            " FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])"
            " UNION ALL "
            "SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = ANY(%s::regclass[]) AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)",
            [list(tables), list(tables)],
        )
        return list(cursor.fetchall())


@contextmanager
def without(
    connection: BaseDatabaseWrapper, found: Found, progress: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[None]:
    """Take it off, and make it again, the last one first: in the transaction that is open.

    ``progress`` hears how many of how many are made.
    """
    with connection.cursor() as cursor:
        for drop, _make in found:
            cursor.execute(drop)
        yield
        for number, (_drop, make) in enumerate(reversed(found), start=1):
            cursor.execute(make)
            progress(number, len(found))
