"""How pages that everybody asks for are found: by indexes, however many statements there are."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from memorial.accounts.models import User
from memorial.reading import sitemaps
from tests.builders import an_occasion

from .conftest import a_place, an_event, published
from .many import many_more

# What grows with the archive.
LONG = {"publishing_edition", "statements_statement", "publishing_edition_events", "publishing_edition_places"}
PAGES = (
    "/en/",
    "/en/statements/",
    "/en/statements/?older=1991-02-01.1",
    "/en/statements/?newer=1991-02-01.1",
    "/en/statements/?year=1991",
    "/en/statements/?issuer=example-ministry",
    "/en/occasions/example-day/",
    "/en/feed.atom",
    "/sitemap.xml",
    "/sitemap-PART.xml",
    "/sitemap-pages.xml",
)


@contextmanager
def queries() -> Iterator[list[tuple[str, Any]]]:
    """Every query that is asked meanwhile, with its parameters."""
    asked: list[tuple[str, Any]] = []

    def hear(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("(").startswith("SELECT"):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        yield asked


def whole_tables(sql: str, params: Any) -> set[str]:
    """The long tables that the plan of a query reads from one end, and not by an index."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The steps of the program: which table a cursor is opened on, and which cursors go through a table.
            cursor.execute("SELECT rootpage, name FROM sqlite_master WHERE type = 'table'")
            tables = dict(cursor.fetchall())
            cursor.execute(f"EXPLAIN {sql}", params)
            steps = [(name, first, second) for _number, name, first, second, *_rest in cursor.fetchall()]
            opened = {first: tables[second] for name, first, second in steps if name == "OpenRead" and second in tables}
            read = {opened[first] for name, first, _second in steps if name in ("Rewind", "Last") and first in opened}
        else:
            # What is small is read as a whole whatever there is: the question is whether it has to be.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}", params)
            read = set(re.findall(r"Seq Scan on (\w+)", "\n".join(row[0] for row in cursor.fetchall())))
            cursor.execute("SET LOCAL enable_seqscan = on")
    return read & LONG


@pytest.mark.parametrize("path", PAGES)
def test_no_page_reads_a_whole_long_table(client: Client, publisher: User, path: str) -> None:
    pattern = published(
        publisher, languages=["en"], original_language="en", events=[an_event()], places=[a_place()],
        occasion=an_occasion(),
    )  # fmt: skip
    many_more(pattern, 60)
    path = path.replace("PART", str(sitemaps.parts()[0]))
    with queries() as asked:
        assert client.get(path).status_code == 200
    assert asked
    assert [sql for sql, params in asked if whole_tables(sql, params)] == []


def test_a_query_that_reads_a_whole_table_is_noticed(publisher: User) -> None:
    published(publisher)
    sql = 'SELECT "body" FROM "publishing_edition" WHERE "body" = %s'
    assert whole_tables(sql, ["words"]) == {"publishing_edition"}
