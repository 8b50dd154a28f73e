"""What tests need of the database beside a plain one: real files, emptying what is guarded, and two people at once."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import TransactionTestCase

from memorial.publishing import guard


def _empty_guarded_tables(self: TransactionTestCase) -> None:
    """Take the guard away before a test's tables are emptied; ``post_migrate``, sent after it, puts it back."""
    with connection.cursor() as cursor:
        for name, (table, event) in guard.triggers().items():
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                if event == "DELETE":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}_all ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    _empty_tables(self)


_empty_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
TransactionTestCase._fixture_teardown = _empty_guarded_tables  # type: ignore[attr-defined]


def empty() -> None:
    """Empty every table, as after a test that stores for good."""
    TransactionTestCase()._fixture_teardown()  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file, as in production: in memory it knows no waiting for a lock."""
    if connection.vendor == "sqlite":
        worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
        connections["default"].settings_dict["TEST"]["NAME"] = str(Path(settings.DATA_DIR) / f"test-{worker}.sqlite3")


def one_after_the_other(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Let two people act at once, each on a connection of their own, in an order that is certain.

    ``second`` starts when ``first`` has done everything but its commit. Returns what each returned or raised.
    """
    results: dict[str, Any] = {}
    has_acted, may_commit = threading.Event(), threading.Event()

    def act(name: str, deed: Callable[[], Any]) -> None:
        try:
            results[name] = deed()
        except Exception as error:
            results[name] = error

    def be_first() -> None:
        try:
            with transaction.atomic():
                act("first", first)
                has_acted.set()
                may_commit.wait(0.4)
        finally:
            has_acted.set()
            connection.close()

    def be_second() -> None:
        try:
            has_acted.wait(20)
            act("second", second)
            may_commit.set()  # it did not wait for the first: whoever is tested must stand that too
        finally:
            connection.close()

    threads = [threading.Thread(target=be_first), threading.Thread(target=be_second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results["first"], results["second"]
