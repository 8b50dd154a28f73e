"""Writes the words of the index on SQLite: with the rows, or beside them, in a file and a process of their own.

The tables in which FTS5 keeps its words are plain tables (https://sqlite.org/fts5.html, "The %_data table" and those
after it); an index of the same definition that was made in another file is taken over by copying their rows.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.db import connection, transaction

from memorial.reading.models import SearchEntry, SearchWord
from memorial.reading.search import sqlite
from memorial.reading.search.document import LONGEST_FORM
from memorial.reading.search.words import SHORTEST
from memorial.text.analysis import VERSION

from . import store
from .indexed import Indexed
from .parts import words_of
from .plan import Plan

_INTO = f"INSERT INTO {sqlite.TABLE} (rowid, {', '.join(sqlite.COLUMNS)}, k)"
_SHADOWS = ("data", "idx", "docsize")
# FTS5 keeps this much in memory before it writes a part of the index; parts are merged as they come up.
_BYTES_AT_ONCE = 192 * 1024 * 1024
_DEFAULT_BYTES = 1024 * 1024
PARTS_AT_ONCE = 20

Row = tuple[Any, ...]


def rows_of_words(plan: Plan, parts: Iterable[int], indexed: Indexed) -> list[Row]:
    """Return the rows of FTS5's table for some parts, in the order in which it likes to be given them."""
    found: list[Row] = [
        (sequence, *columns, " ".join(keys))
        for part in parts
        for sequence, columns, keys in words_of(plan, part, indexed)
    ]
    return sorted(found, key=lambda row: row[0])


class WordsOfAll:
    """The words of all parts, as these are stored; ``is_aside``: by a process of its own."""

    def __init__(self, plan: Plan, *, is_aside: bool) -> None:
        self.plan = plan
        self.indexed = Indexed()
        self.is_aside = is_aside and plan.is_indexed
        self.path = Path(f"{connection.settings_dict['NAME']}.words")

    def __enter__(self) -> Self:
        """Begin."""
        if self.is_aside:
            context = get_context("fork")
            self.done = context.Value("q", 0)
            self.process = context.Process(target=_write_aside, args=(self.plan, self.path, self.done), daemon=True)
            self.process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Leave nothing behind."""
        if self.is_aside:
            if self.process.is_alive():
                self.process.terminate()
            self.process.join()
            self.path.unlink(missing_ok=True)

    def write(self, part: int) -> None:
        """Write the words of a part whose rows are stored, unless another process does."""
        if not self.plan.is_indexed or self.is_aside:
            return
        with connection.cursor() as cursor:
            cursor.executemany(f"{_INTO} VALUES ({_marks('%s')})", rows_of_words(self.plan, [part], self.indexed))

    def finish(self, progress: Callable[[int], None]) -> None:
        """Store what is left: the words that another process wrote, and every form by itself."""
        if not self.plan.is_indexed:
            return
        if not self.is_aside:
            with transaction.atomic():
                store.into(connection, SearchWord, ["channel", "form", "readable"], forms(self.indexed.readable))
            return
        while self.process.is_alive():
            self.process.join(timeout=2)
            progress(self.done.value)
        if self.process.exitcode:
            raise RuntimeError("The process that writes the index ended too early.")
        _take_over(self.path)
        progress(self.plan.statements)


def forms(readable: Mapping[tuple[str, str], str]) -> list[Row]:
    """The rows of the forms that readers are shown when they have mistyped one."""
    return [
        (channel, form, text[:LONGEST_FORM])
        for (channel, form), text in sorted(readable.items())
        if len(form) >= SHORTEST
    ]


def _marks(mark: str) -> str:
    return ", ".join([mark] * (len(sqlite.COLUMNS) + 2))


def _write_aside(plan: Plan, path: Path, done: Any) -> None:
    """Write the words of all parts into a file. In a process that never uses the database of the site."""
    path.unlink(missing_ok=True)
    indexed = Indexed()
    with closing(sqlite3.connect(path, isolation_level=None)) as aside:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000", "locking_mode = EXCLUSIVE"):
            aside.execute(f"PRAGMA {pragma}")
        aside.execute(sqlite.CREATE)
        aside.execute(f"INSERT INTO {sqlite.TABLE} ({sqlite.TABLE}, rank) VALUES ('hashsize', {_BYTES_AT_ONCE})")  # noqa: S608
        for start in range(0, len(plan.parts), PARTS_AT_ONCE):
            parts = plan.parts[start : start + PARTS_AT_ONCE]
            aside.execute("BEGIN")
            aside.executemany(f"{_INTO} VALUES ({_marks('?')})", rows_of_words(plan, parts, indexed))
            aside.execute("COMMIT")
            done.value = start + len(parts)
        aside.execute("CREATE TABLE forms (channel, form, readable)")
        aside.executemany("INSERT INTO forms VALUES (?, ?, ?)", forms(indexed.readable))


def _take_over(path: Path) -> None:
    """Copy the words into the database, and say of their entries that they have them."""
    with connection.cursor() as cursor:
        cursor.execute("ATTACH %s AS aside", [str(path)])
        try:
            with transaction.atomic():
                for name in _SHADOWS:
                    table = f"{sqlite.TABLE}_{name}"
                    cursor.execute(f"DELETE FROM main.{table}")  # noqa: S608 constants
                    cursor.execute(f"INSERT INTO main.{table} SELECT * FROM aside.{table}")  # noqa: S608 constants
                SearchEntry.objects.update(analyser=VERSION)
                cursor.execute(
                    f"INSERT INTO {SearchWord._meta.db_table} (channel, form, readable) "  # noqa: S608 constants
                    "SELECT channel, form, readable FROM aside.forms"
                )
        finally:
            cursor.execute("DETACH aside")
