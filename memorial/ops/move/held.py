"""Holding a database so that everybody reads and nobody writes: the database itself refuses, whoever asks."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from memorial.accounts.refusal import Reason, Refused
from memorial.languages.lock import SiteLock, is_about_a_lock, is_held, schema_lock, site_lock

from .tables import moved_models

MOVE = SiteLock(0x6D656D6D76, "move-lock")
PATIENCE = 20.0
BUSY = Reason("busy", f"Somebody has been writing for {PATIENCE:.0f} seconds. Try again in a moment.")


def is_being_moved(connection: BaseDatabaseWrapper) -> bool:
    """Whether somebody holds the database: whoever writes would wait in vain. At most one query."""
    return is_held(connection, MOVE)


@contextmanager
def held(using: str) -> Iterator[None]:
    """Hold a database: what was begun is waited for, what comes later cannot write. Readers notice nothing.

    SQLite's one right to write is taken; on PostgreSQL every table that is moved is locked in SHARE mode. Either is
    the database's own lock: no process of the site can write in spite of it, and it ends with this process, however
    that ends. Nothing is written here: the transaction is rolled back. Raises Refused when writers do not end.
    """
    connection = connections[using]
    with (
        site_lock(connection, MOVE, wait=1),
        schema_lock(connection, wait=PATIENCE),
        ExitStack() as stack,
    ):
        try:
            # SQLite: BEGIN IMMEDIATE, which waits by itself.
            stack.enter_context(transaction.atomic(using=using))
            if connection.vendor == "postgresql":
                _lock_tables(connection)
        except OperationalError as error:
            if not is_about_a_lock(error):
                raise
            raise Refused([BUSY]) from error
        stack.callback(transaction.set_rollback, True, using=using)
        yield


def _lock_tables(connection: BaseDatabaseWrapper) -> None:
    """Lock every table that is moved, giving way to whoever writes and trying again."""
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in moved_models())
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                # Shorter than deadlock_timeout (1 s): in a deadlock with a request this is the one to give up.
                cursor.execute("SET LOCAL lock_timeout = '400ms'")
                cursor.execute(f"LOCK TABLE {tables} IN SHARE MODE")
        except OperationalError as error:
            if not is_about_a_lock(error) or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.1, 0.3))  # noqa: S311 only to spread the attempts
        else:
            return
