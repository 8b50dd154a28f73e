"""One change of the tables at a time, and none that makes readers wait; other locks of the site are made alike."""

import contextlib
import fcntl
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple, TypeVar

from django.db import InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.translation import gettext_lazy as _

from memorial.accounts.refusal import Reason, Refused


class SiteLock(NamedTuple):
    """A right that one process of the site has at a time: PostgreSQL's key of it, and the end of a file's name."""

    key: int
    suffix: str


SCHEMA = SiteLock(0x6D656D6F72, "schema-lock")  # "memor": any number that nobody else uses
TRIES = 12
BUSY = Reason("busy", _("The tables are in use and nothing was changed. Try again in a moment."))
OTHER_CHANGE = Reason("busy", _("Another process is changing the tables. Try again in a moment."))
T = TypeVar("T")


@contextlib.contextmanager
def schema_lock(connection: BaseDatabaseWrapper, wait: float = 30.0) -> Iterator[None]:
    """Hold the site's only right to change tables: for adding and deleting languages, for migrations and for moving.

    Raises Refused when another process still holds it after ``wait`` seconds.
    """
    with site_lock(connection, SCHEMA, wait):
        yield


@contextlib.contextmanager
def site_lock(connection: BaseDatabaseWrapper, lock: SiteLock, wait: float = 30.0) -> Iterator[None]:
    """Hold a lock of the site. Raises Refused when another process still holds it after ``wait`` seconds.

    PostgreSQL keeps it as an advisory lock of the session, or, behind a pooler that gives each transaction another
    session, of a transaction that does nothing else; beside an SQLite file lies a file that is locked.
    """
    if connection.vendor == "postgresql":
        is_behind_a_pooler = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
        hold = _lock_of_a_transaction if is_behind_a_pooler else _advisory_lock
        with hold(connection, lock.key, wait):
            yield
    elif _is_in_memory(connection):
        yield  # nobody else can reach it
    else:
        with _file_lock(_path(connection, lock), wait):
            yield


def is_held(connection: BaseDatabaseWrapper, lock: SiteLock) -> bool:
    """Whether a process holds a lock of the site now. One query on PostgreSQL, none on SQLite."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Shared, so that two who ask never take each other for the holder; over with the statement.
            cursor.execute("SELECT NOT pg_try_advisory_xact_lock_shared(%s)", [lock.key])
            return bool(cursor.fetchone()[0])
    if _is_in_memory(connection):
        return False
    try:
        descriptor = os.open(_path(connection, lock), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def in_one_transaction(connection: BaseDatabaseWrapper, work: Callable[[BaseDatabaseSchemaEditor], T]) -> T:
    """Run ``work`` with a schema editor, all or nothing, giving way to requests and trying again.

    On PostgreSQL it never waits longer than 400 ms for a table: less than ``deadlock_timeout`` (1 s), so that in a
    deadlock with a request this transaction is the one to give up; and whoever queues behind it waits no longer
    either. Raises Refused when the tables stay busy.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with connection.schema_editor(atomic=True) as editor:
                if connection.vendor == "postgresql":
                    editor.execute("SET LOCAL lock_timeout = '400ms'")
                return work(editor)
        except OperationalError as error:
            if not is_about_a_lock(error):
                raise
            if attempt == TRIES:
                raise Refused([BUSY]) from error
        time.sleep(random.uniform(0.1, 0.3) * min(attempt, 10))  # noqa: S311 only to spread the attempts
    raise AssertionError("the last attempt returns or raises")


def take_tables(editor: BaseDatabaseSchemaEditor, tables: Iterable[str]) -> None:
    """Have these tables for this transaction alone, all of them before the first is changed.

    Who reads several holds one while it waits for another that is taken here: the less time passes between the first
    and the last, the fewer stand crosswise, and make this transaction give up. SQLite has one lock for all.
    """
    if editor.connection.vendor == "postgresql":
        named = ", ".join(map(editor.quote_name, sorted(tables)))
        editor.execute(f"LOCK TABLE {named} IN ACCESS EXCLUSIVE MODE")


def is_about_a_lock(error: OperationalError) -> bool:
    """Whether a database refused because somebody else was at work."""
    text = str(error)
    return "lock timeout" in text or "deadlock" in text or "locked" in text


def _path(connection: BaseDatabaseWrapper, lock: SiteLock) -> str:
    return f"{connection.settings_dict['NAME']}.{lock.suffix}"


def _is_in_memory(connection: BaseDatabaseWrapper) -> bool:
    name = str(connection.settings_dict["NAME"])
    return ":memory:" in name or "mode=memory" in name


def _until(take: Callable[[], bool], wait: float) -> None:
    deadline = time.monotonic() + wait
    while not take():
        if time.monotonic() > deadline:
            raise Refused([OTHER_CHANGE])
        time.sleep(0.1)


@contextlib.contextmanager
def _advisory_lock(connection: BaseDatabaseWrapper, key: int, wait: float) -> Iterator[None]:
    _until(partial(_try, connection, "pg_try_advisory_lock", key), wait)
    try:
        yield
    finally:
        # A connection that broke has lost the lock already; the error that broke it is the one to show.
        with contextlib.suppress(InterfaceError, OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextlib.contextmanager
def _lock_of_a_transaction(connection: BaseDatabaseWrapper, key: int, wait: float) -> Iterator[None]:
    with contextlib.closing(connection.copy()) as holder:
        holder.set_autocommit(False)
        _until(partial(_try, holder, "pg_try_advisory_xact_lock", key), wait)
        yield


def _try(connection: BaseDatabaseWrapper, function: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [key])
        return bool(cursor.fetchone()[0])


@contextlib.contextmanager
def _file_lock(path: str, wait: float) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take() -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    try:
        _until(take, wait)
        yield
    finally:
        os.close(descriptor)
