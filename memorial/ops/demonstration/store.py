"""Stores many rows as fast as the database takes them, and lets it be safe again afterwards."""

import gc
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter

from django.core.management.color import no_style
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max

from memorial.publishing.models import Edition
from memorial.statements.models import Figure, Source, Statement
from memorial.translations.models import Revision, Text

from .parts import WORDS, Row, Rows, columns
from .plan import Plan

# For the load alone. The journal is kept, of the few pages that there were before: when the load is killed, whoever
# opens the database next takes all of it back. Only a machine that loses its power could leave a database that is to be
# thrown away. What is kept in memory to sort an index is bounded by the size of the cache too.
_WHILE_LOADING = (
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA ignore_check_constraints = ON",  # whether JSON is JSON, and numbers are not below zero
    "PRAGMA secure_delete = OFF",
    "PRAGMA temp_store = FILE",
    "PRAGMA threads = 1",  # one more, for sorting
)
# In kilobytes. Indexes of editions are written while their table is: there is room for all of them beside the pages
# that are on their way to the file, unless that is more than a quarter of the machine's memory.
CACHE = 256_000
_OF_AN_EDITION = 0.5


def _cache(editions: int) -> int:
    quarter = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4096
    return min(CACHE + int(editions * _OF_AN_EDITION), max(CACHE, quarter))


@contextmanager
def loading(connection: BaseDatabaseWrapper, editions: int) -> Iterator[None]:
    """Let the database be quick rather than safe, as far as it can; inside a transaction nothing changes there.

    About so many ``editions`` are to come. Meanwhile Python looks for no garbage that refers to itself: rows never
    do, and there are very many.
    """
    is_eased = connection.vendor == "sqlite" and not connection.in_atomic_block
    if is_eased:
        with connection.cursor() as cursor:
            for pragma in (*_WHILE_LOADING, f"PRAGMA cache_size = {-_cache(editions)}"):
                cursor.execute(pragma)
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()
        if is_eased:
            connection.close()  # the next one begins with the site's own settings


def part(database: sqlite3.Connection, plan: Plan, made: Rows) -> None:
    """Store the rows of one part on SQLite, in the transaction that is open."""
    named = columns(plan)
    for table, values in made.items():
        # FTS5 takes words in the order of what they are called by, all else comes in the order of its keys.
        rows(database, table, named[table], sorted(values, key=itemgetter(0)) if table == WORDS else values)


def rows(database: sqlite3.Connection, table: str, names: Sequence[str], values: Sequence[Row]) -> None:
    """Store rows of one table by one prepared statement."""
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    database.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", values)  # noqa: S608 our own names


def free_key(model: type[models.Model]) -> int:
    """Return the lowest key that is higher than all."""
    return int(model._default_manager.aggregate(highest=Max("pk"))["highest"] or 0) + 1


def continue_keys(connection: BaseDatabaseWrapper) -> None:
    """Let the database give out keys beyond those that were stored with the rows."""
    made = [Statement, Source, Figure, Text, Revision, Edition]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(sql)


def count(connection: BaseDatabaseWrapper) -> None:
    """Let the planner count what there is now."""
    with connection.cursor() as cursor:
        # Outside a transaction PostgreSQL notes too what is visible to all: lists are then read from indexes alone.
        is_visible = connection.vendor == "postgresql" and not connection.in_atomic_block
        cursor.execute("VACUUM (ANALYZE)" if is_visible else "ANALYZE")
