"""Stores many rows as fast as the database takes them, and lets it be safe again afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max

from memorial.publishing.models import Edition
from memorial.statements.models import Figure, Source, Statement
from memorial.translations.models import Revision, Text

from .parts import Rows, columns
from .plan import Plan

# For the load alone. The journal is kept: when the load is killed, the part that it was in is taken back. Only a
# machine that loses its power could leave a database that is to be thrown away.
_WHILE_LOADING = (
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA ignore_check_constraints = ON",  # whether JSON is JSON, and numbers are not below zero
    "PRAGMA cache_size = -768000",
    "PRAGMA temp_store = MEMORY",
)


@contextmanager
def loading(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the database be quick rather than safe, as far as it can; inside a transaction nothing changes."""
    is_eased = connection.vendor == "sqlite" and not connection.in_atomic_block
    if is_eased:
        with connection.cursor() as cursor:
            for pragma in _WHILE_LOADING:
                cursor.execute(pragma)
    try:
        yield
    finally:
        if is_eased:
            connection.close()  # the next one begins with the site's own settings


def rows(connection: BaseDatabaseWrapper, plan: Plan, made: Rows) -> None:
    """Store the rows of one part on SQLite, in the transaction that is open."""
    for model, names in columns(plan).items():
        if model._meta.db_table in made:
            into(connection, model, names, made[model._meta.db_table])


def into(
    connection: BaseDatabaseWrapper, model: type[models.Model], names: list[str], values: list[tuple[Any, ...]]
) -> None:
    """Store rows of one table by one prepared statement."""
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({listed}) VALUES ({marks})", values)  # noqa: S608 our own names


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
