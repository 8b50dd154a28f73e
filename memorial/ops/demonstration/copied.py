"""What PostgreSQL is given by COPY: the rows of a part as text, the words of the index among them.

Everything is stored in one transaction, without indexes and foreign keys, which are made at its end: a load that is cut
short leaves nothing, and readers of these tables wait until it is done.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from memorial.publishing.models import Edition

from .indexed import Indexed
from .parts import MODELS, columns, rows_of
from .plan import Plan

PROCESSES = 2
AHEAD = 4  # parts that are drawn before they can be stored

#: What stands where there is no value: no text has it.
NULL = "\x01"
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True)
class Copied:
    """One part: the text of each table, how many editions it has, and the forms that were new in it."""

    texts: dict[str, str]
    editions: int
    forms: dict[tuple[str, str], str]


class Copying:
    """Makes the text of one part after the other."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.indexed = Indexed() if plan.is_indexed else None

    def part(self, number: int) -> Copied:
        """Make one part."""
        rows = rows_of(self.plan, number, self.indexed)
        texts = {table: as_text(made) for table, made in rows.items()}
        forms: dict[tuple[str, str], str] = {}
        if self.indexed:
            forms, self.indexed.readable = self.indexed.readable, forms
        return Copied(texts, len(rows.get(Edition._meta.db_table, ())), forms)


def as_text(rows: Sequence[tuple[Any, ...]]) -> str:
    """Return rows in the text format of COPY."""
    return "".join([_line(row) for row in rows])


def _line(row: tuple[Any, ...]) -> str:
    values = [NULL if value is None else value if type(value) is str else str(value) for value in row]
    line = "\t".join(values)
    if "\n" in line or "\\" in line or "\r" in line or line.count("\t") >= len(values):
        line = "\t".join([value.translate(_ESCAPES) for value in values])
    return line + "\n"


def made(plan: Plan, parts: Sequence[int], *, is_many: bool) -> Iterator[Copied]:
    """Yield the parts in order; other processes make them where there are many."""
    if not is_many:
        yield from map(Copying(plan).part, parts)
        return
    with ProcessPoolExecutor(PROCESSES, get_context("fork"), _begin, (plan,)) as pool:
        under_way = deque(pool.submit(_part, part) for part in parts[:AHEAD])
        for part in range(len(parts)):
            done = under_way.popleft().result()
            if part + AHEAD < len(parts):
                under_way.append(pool.submit(_part, parts[part + AHEAD]))
            yield done


_copying: list[Copying] = []  # of a process that makes parts


def _begin(plan: Plan) -> None:
    _copying[:] = [Copying(plan)]


def _part(number: int) -> Copied:
    return _copying[0].part(number)


def copy(connection: BaseDatabaseWrapper, plan: Plan, texts: dict[str, str]) -> None:
    """Store the text of one part, in the transaction that is open."""
    with connection.cursor() as cursor:
        for model, names in columns(plan).items():
            table = model._meta.db_table
            if table in texts:
                listed = ", ".join(f'"{name}"' for name in names)
                with cursor.copy(f"COPY {table} ({listed}) FROM STDIN WITH (NULL '{NULL}')") as into:
                    into.write(texts[table])


@contextmanager
def without_indexes(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take off what is copied its indexes and foreign keys, and make them again: in the transaction that is open."""
    with connection.cursor() as cursor:
        found = _taken_off(cursor, [model._meta.db_table for model in MODELS])
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for make in found:
            cursor.execute(make)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _taken_off(cursor: Any, tables: Sequence[str]) -> list[str]:
    """Take indexes and foreign keys off the tables; return what makes them again, foreign keys at last."""
    cursor.execute(
        "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),"
        " format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))"
        " FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])"
        " UNION ALL "
        "SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::regclass[]) AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)",
        [tables, tables],
    )
    found = cursor.fetchall()
    for drop, _make in found:
        cursor.execute(drop)
    return [make for _drop, make in reversed(found)]
