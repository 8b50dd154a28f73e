"""Reads the set of languages once, while the settings module is being built.

Nothing of Django's registry, ORM or settings can be used here: settings.py calls this first. The connection is a plain
DB-API one, opened and closed here.
"""

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

TABLE = "languages_language"
SET_TABLE = "languages_languageset"
# A language in one of these states has columns in the database and in the models.
WITH_COLUMNS = ("preparing", "public", "retired")
# Seconds between attempts to read the languages when a process starts.
PAUSES = (0.5, 1.5)
# What Django understands in OPTIONS and psycopg does not.
DJANGO_OPTIONS = frozenset({"assume_role", "isolation_level", "pool", "server_side_binding"})
# One row of a table, by the names of its columns.
Row = dict[str, Any]


class LanguagesUnreachable(RuntimeError):
    """The database may hold languages that could not be read; starting with a guess would damage tables."""


@dataclass(frozen=True)
class LanguageRow:
    """One language as stored, before models exist."""

    tag: str
    name_en: str
    name_own: str
    script: str = "Latn"
    direction: str = "ltr"
    fallbacks: tuple[str, ...] = ()
    state: str = "public"
    position: int = 0
    plurals_like: str = ""

    @property
    def is_rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.direction == "rtl"


class Tables(Protocol):
    """Tables as they are stored, which may be those of an older version: without a column, or not there yet."""

    def rows(self, table: str) -> list[Row] | None:
        """All rows of a table with all the columns that it has; None when there is no such table."""


def _language(row: Row) -> LanguageRow:
    known = {field.name: row[field.name] for field in fields(LanguageRow) if field.name in row}
    return LanguageRow(**{**known, "fallbacks": tuple(of_json(row["fallbacks"]) or ())})


def of_json(value: Any) -> Any:
    """Return a value of a JSON column: SQLite gives it as text."""
    return json.loads(value or "null") if isinstance(value, str) else value


@contextlib.contextmanager
def snapshot(database: Mapping[str, Any]) -> Iterator[Tables]:
    """Read tables as they are at one moment. Raises LanguagesUnreachable when the database cannot be asked."""
    opened = _sqlite(database) if "sqlite" in database["ENGINE"] else _postgresql(database)
    try:
        with opened as tables:
            yield tables
    except Exception as error:
        raise LanguagesUnreachable(f"the languages cannot be read from the database: {error}") from error


class _NoTables:
    def rows(self, table: str) -> list[Row] | None:
        return None


class _SQLite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, table: str) -> list[Row] | None:
        master = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        if self.connection.execute(master, (table,)).fetchone() is None:
            return None
        cursor = self.connection.execute(f"SELECT * FROM {table}")  # noqa: S608 constants
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


class _PostgreSQL:
    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def rows(self, table: str) -> list[Row] | None:
        found = self.connection.execute("SELECT to_regclass(%s)", (table,)).fetchone()
        if found is None or found[0] is None:
            return None
        cursor = self.connection.execute(f"SELECT * FROM {table}")  # noqa: S608 constants
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


@contextlib.contextmanager
def _sqlite(database: Mapping[str, Any]) -> Iterator[Tables]:
    path = Path(str(database["NAME"]))
    if not path.exists():
        yield _NoTables()
        return
    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        connection.execute("BEGIN")
        yield _SQLite(connection)


@contextlib.contextmanager
def _postgresql(database: Mapping[str, Any]) -> Iterator[Tables]:
    import psycopg

    with contextlib.closing(psycopg.connect(**postgresql_parameters(database))) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with connection.transaction():
            # Not as parameters of the connection: a pooler in front may know none.
            connection.execute("SELECT set_config('statement_timeout', '5000', true)")
            if role := database.get("OPTIONS", {}).get("assume_role"):
                connection.execute("SELECT set_config('role', %s, true)", (role,))
            yield _PostgreSQL(connection)


def postgresql_parameters(database: Mapping[str, Any]) -> dict[str, Any]:
    """Return what psycopg.connect takes, from what Django takes: OPTIONS (``sslmode``, ``host`` ...) win."""
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    given = {name: database[key] for name, key in named.items() if database.get(key)}
    options = {name: value for name, value in database.get("OPTIONS", {}).items() if name not in DJANGO_OPTIONS}
    return {"connect_timeout": 5, **given, **options}


def read(database: Mapping[str, Any]) -> tuple[list[LanguageRow] | None, int]:
    """Return (rows, version) as stored, or (None, 0) when there is no language table yet.

    Raises LanguagesUnreachable when the database cannot be asked: an unreadable table is not a missing one.
    """
    with snapshot(database) as tables:
        stored = tables.rows(TABLE)
        rows = None if stored is None else [_language(row) for row in stored]
        return rows, numbers_in(tables).version


def stored_numbers(database: Mapping[str, Any]) -> "Numbers":
    """Return the numbers of the stored set. Raises LanguagesUnreachable like ``read``."""
    with snapshot(database) as tables:
        return numbers_in(tables)


class Numbers(NamedTuple):
    """What changes with the languages (``version``) and with their phrases; 0 where nothing is stored."""

    version: int = 0
    phrases: int = 0


def numbers_in(tables: Tables) -> Numbers:
    """Return the numbers of the set in an open snapshot."""
    stored = tables.rows(SET_TABLE)
    return Numbers(stored[0]["version"], stored[0].get("phrases", 0)) if stored else Numbers()


def load(
    database: Mapping[str, Any], defaults: Sequence[LanguageRow], override: Sequence[str] = ()
) -> tuple[list[LanguageRow], int | None]:
    """Return the languages this process works with and the version they came from (None with an override)."""
    if override:
        known = {row.tag: row for row in defaults}
        named = [known.get(tag) or _described(tag) for tag in override]
        return [replace(row, position=10 * place) for place, row in enumerate(named, start=1)], None
    rows, version = _read_patiently(database)
    if not rows:
        return list(defaults), version
    kept = [row for row in rows if row.state in WITH_COLUMNS]
    return sorted(kept, key=lambda row: (row.position, row.tag)), version


def _read_patiently(database: Mapping[str, Any]) -> tuple[list[LanguageRow] | None, int]:
    """Read like ``read``, and once or twice again after a moment.

    A server ends when its workers cannot start: a database that is busy while they are replaced must not cause that.
    """
    for pause in PAUSES:
        with contextlib.suppress(LanguagesUnreachable):
            return read(database)
        time.sleep(pause)
    return read(database)


def _described(tag: str) -> LanguageRow:
    """A language named in SITE_LANGUAGES that is not one of the defaults, described by CLDR."""
    from memorial.languages.cldr import describe

    about = describe(tag)
    return LanguageRow(tag, about.name_en, about.name_own, about.script, about.direction)


def register_names(rows: Iterable[LanguageRow]) -> None:
    """Tell Django's own table about our languages: it lacks some, and has others (az) in the wrong direction."""
    from django.conf.locale import LANG_INFO

    LANG_INFO["az"]["bidi"] = False  # right also where it is only named
    for row in rows:
        LANG_INFO[row.tag] = {
            "bidi": row.is_rtl,
            "code": row.tag,
            "name": row.name_en,
            "name_local": row.name_own,
        }


def settings_for(database: Mapping[str, Any], defaults: Sequence[LanguageRow], default_tag: str) -> dict[str, Any]:
    """Return the names that settings.py takes over with ``globals().update(...)``.

    SITE_LANGUAGES="az,en,fa" in the environment overrides the table: for tests and image builds.
    """
    override = [tag.strip() for tag in os.environ.get("SITE_LANGUAGES", "").split(",") if tag.strip()]
    rows, version = load(database, defaults, override)
    tags = [row.tag for row in rows]
    if default_tag not in tags:
        raise LanguagesUnreachable(f"the default language {default_tag!r} is missing from {', '.join(tags)}")
    register_names(rows)
    fallbacks: dict[str, tuple[str, ...]] = {"default": (default_tag,)}
    for row in rows:
        chain = tuple(tag for tag in row.fallbacks if tag in tags and tag != row.tag)
        if chain:
            fallbacks[row.tag] = chain
    return {
        "SITE_LANGUAGE_ROWS": tuple(rows),
        "LANGUAGES": [(row.tag, row.name_own) for row in rows],
        "LANGUAGES_BIDI": [row.tag for row in rows if row.is_rtl],
        "MODELTRANSLATION_LANGUAGES": tuple(tags),
        "MODELTRANSLATION_DEFAULT_LANGUAGE": default_tag,
        "MODELTRANSLATION_FALLBACK_LANGUAGES": fallbacks,
        "LANGUAGE_SET_VERSION": version,
    }
