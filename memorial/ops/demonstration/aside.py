"""What does not hold texts, written beside SQLite's file: by a process and in a file of its own, then taken over.

The tables are made by what the database itself says of them, and get their indexes when they are full. They are taken
over with these: SQLite copies rows unread from one table to an empty one of the same form, and so their indexes (the
"transfer optimization" of its insert.c). The tables in which FTS5 keeps its words are plain tables too
(https://sqlite.org/fts5.html, "The %_data table" and those after it).
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from memorial.reading.models import SearchWord
from memorial.reading.search import sqlite
from memorial.reading.search.document import LONGEST_FORM
from memorial.reading.search.words import SHORTEST

from . import store
from .imagine import PART
from .indexed import Indexed
from .parts import BESIDE, WORDS, Row, rows_of
from .plan import Plan

_OF_WORDS = tuple(f"{WORDS}_{name}" for name in ("data", "idx", "docsize"))
FORMS, FORM_COLUMNS = SearchWord._meta.db_table, ["channel", "form", "readable"]
# FTS5 keeps this much in memory before it writes a part of its index, and merges no parts before there are sixteen.
_BULK = {"hashsize": 192 * 1024 * 1024, "automerge": 0}
# Parts of the archive whose words are sorted together: FTS5 takes them in their order alone without writing.
TOGETHER = 20
WRITING, INDEXING, TAKING_OVER = _STAGES = ("words", "indexes", "taken over")

_PRAGMAS = (
    "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "secure_delete = OFF",
    "ignore_check_constraints = ON", "cache_size = -200000",
)  # fmt: skip


@dataclass(frozen=True)
class _Schema:
    """What makes the tables and their indexes, and the highest key that each table has given out."""

    tables: list[str]
    indexes: list[str]
    keys: list[tuple[str, int]]

    @classmethod
    def of(cls, database: sqlite3.Connection) -> Self:
        """Ask the database."""
        tables = (*BESIDE, FORMS)
        marks = ", ".join("?" * len(tables))
        asked = f"SELECT sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL AND tbl_name IN ({marks})"  # noqa: S608 marks
        made = {kind: [str(sql) for (sql,) in database.execute(asked, [kind, *tables])] for kind in ("table", "index")}
        keys = database.execute(f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({marks})", tables)  # noqa: S608 marks
        return cls(made["table"], made["index"], keys.fetchall())


class Aside:
    """The process that writes beside ``database``, while what is written is stored there."""

    def __init__(self, plan: Plan, database: sqlite3.Connection, path: Path) -> None:
        self.plan, self.database, self.path = plan, database, path

    def __enter__(self) -> Self:
        """Begin."""
        context = get_context("fork")
        self.state = context.Array("q", 2)  # the stage, and how many statements are done in it
        given = (self.plan, self.path, _Schema.of(self.database), self.state)
        self.process = context.Process(target=_write, args=given, daemon=True)
        self.process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Leave nothing behind."""
        if self.process.is_alive():
            self.process.terminate()
        self.process.join()
        self.path.unlink(missing_ok=True)

    def take_over(self, progress: Callable[[str, int], None]) -> None:
        """Wait until all is written, and copy it into the tables: they are empty and have no triggers now."""
        while self.process.is_alive():
            self.process.join(timeout=1)
            stage, done = self.state[:]
            progress(_STAGES[stage], done)
        if self.process.exitcode:
            raise RuntimeError("The process that writes beside the database ended too early.")
        self.database.execute("ATTACH ? AS aside", [str(self.path)])
        tables = (*BESIDE, *(_OF_WORDS if self.plan.is_indexed else ()))
        for number, table in enumerate(tables, start=1):
            if table in _OF_WORDS:
                self.database.execute(f"DELETE FROM main.{table}")  # noqa: S608 what an empty index has of its own
            self.database.execute(f"INSERT INTO main.{table} SELECT * FROM aside.{table}")  # noqa: S608 constants
            progress(TAKING_OVER, self.plan.statements * number // len(tables))
        listed = ", ".join(FORM_COLUMNS)
        self.database.execute(f"INSERT INTO main.{FORMS} ({listed}) SELECT {listed} FROM aside.{FORMS}")  # noqa: S608


def forms(readable: Mapping[tuple[str, str], str]) -> list[Row]:
    """The rows of the forms that readers are shown when they have mistyped one."""
    return [
        (channel, form, text[:LONGEST_FORM])
        for (channel, form), text in sorted(readable.items())
        if len(form) >= SHORTEST
    ]


def _write(plan: Plan, path: Path, schema: _Schema, state: Any) -> None:
    """Write all into a file. In a process that never uses the database of the site."""
    path.unlink(missing_ok=True)
    indexed, parent = Indexed(), parent_process()
    with closing(sqlite3.connect(path, isolation_level=None)) as aside:
        for pragma in _PRAGMAS:
            aside.execute(f"PRAGMA {pragma}")
        aside.execute("BEGIN")
        for sql in (*schema.tables, sqlite.CREATE):
            aside.execute(sql)
        aside.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", schema.keys)
        aside.executemany(f"INSERT INTO {WORDS} ({WORDS}, rank) VALUES (?, ?)", _BULK.items())  # noqa: S608 constants
        for start in range(0, len(plan.parts), TOGETHER):
            if not parent or not parent.is_alive():  # it was killed, and nobody would take this over
                path.unlink()
                return
            _write_parts(aside, plan, plan.parts[start : start + TOGETHER], indexed, state)
        store.rows(aside, FORMS, FORM_COLUMNS, forms(indexed.readable))
        state[:] = _STAGES.index(INDEXING), 0
        for number, sql in enumerate(schema.indexes, start=1):
            aside.execute(sql)
            state[1] = plan.statements * number // len(schema.indexes)
        aside.execute("COMMIT")


def _write_parts(aside: sqlite3.Connection, plan: Plan, parts: Sequence[int], indexed: Indexed, state: Any) -> None:
    words: list[Row] = []
    for part in parts:
        made = rows_of(plan, part, indexed, BESIDE)
        words += made.pop(WORDS, ())
        store.part(aside, plan, made)
        state[1] = min((part + 1) * PART, plan.statements)
    store.part(aside, plan, {WORDS: words})
