"""Reads the set of languages once, while the settings module is being built.

Nothing of Django's registry, ORM or settings can be used here: settings.py calls this first. The connection is a plain
DB-API one, opened and closed here.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = "languages_language"
SET_TABLE = "languages_languageset"
COLUMNS = ("tag", "name_en", "name_own", "script", "direction", "fallbacks", "state", "position")
# A language in one of these states has columns in the database and in the models.
WITH_COLUMNS = ("preparing", "public", "retired")


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

    @property
    def is_rtl(self) -> bool:
        return self.direction == "rtl"


def _row(values: Sequence[Any]) -> LanguageRow:
    row = dict(zip(COLUMNS, values, strict=True))
    fallbacks = row["fallbacks"]
    if isinstance(fallbacks, str):
        fallbacks = json.loads(fallbacks or "[]")
    return LanguageRow(**{**row, "fallbacks": tuple(fallbacks or ())})


def _read_sqlite(database: Mapping[str, Any]) -> tuple[list[LanguageRow] | None, int]:
    path = Path(str(database["NAME"]))
    if not path.exists():
        return None, 0
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
    try:
        if not connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (TABLE,)
        ).fetchone()[0]:
            return None, 0
        connection.execute("BEGIN")  # rows and version from one snapshot
        rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM {TABLE}").fetchall()  # noqa: S608 constants
        version = connection.execute(f"SELECT version FROM {SET_TABLE}").fetchone()  # noqa: S608 constant
        return [_row(row) for row in rows], version[0] if version else 0
    finally:
        connection.close()


def _read_postgresql(database: Mapping[str, Any]) -> tuple[list[LanguageRow] | None, int]:
    import psycopg

    connection = psycopg.connect(
        host=database.get("HOST") or None,
        port=database.get("PORT") or None,
        user=database.get("USER") or None,
        password=database.get("PASSWORD") or None,
        dbname=database["NAME"],
        connect_timeout=5,
        options="-c statement_timeout=5000",
    )
    try:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with connection.transaction():
            found = connection.execute("SELECT to_regclass(%s)", (TABLE,)).fetchone()
            if found is None or found[0] is None:
                return None, 0
            rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM {TABLE}").fetchall()  # noqa: S608
            version = connection.execute(f"SELECT version FROM {SET_TABLE}").fetchone()  # noqa: S608
            return [_row(row) for row in rows], version[0] if version else 0
    finally:
        connection.close()


def read(database: Mapping[str, Any]) -> tuple[list[LanguageRow] | None, int]:
    """Return (rows, version) as stored, or (None, 0) when there is no language table yet.

    Raises LanguagesUnreachable when the database cannot be asked: an unreadable table is not a missing one.
    """
    reader = _read_sqlite if "sqlite" in database["ENGINE"] else _read_postgresql
    try:
        return reader(database)
    except Exception as error:
        raise LanguagesUnreachable(f"the languages cannot be read from the database: {error}") from error


def load(
    database: Mapping[str, Any], defaults: Sequence[LanguageRow], override: Sequence[str] = ()
) -> tuple[list[LanguageRow], int | None]:
    """Return the languages this process works with and the version they came from (None with an override)."""
    if override:
        known = {row.tag: row for row in defaults}
        return [known.get(tag) or _described(tag, position) for position, tag in enumerate(override)], None
    rows, version = read(database)
    if not rows:
        return list(defaults), version
    kept = [row for row in rows if row.state in WITH_COLUMNS]
    return sorted(kept, key=lambda row: (row.position, row.tag)), version


def _described(tag: str, position: int) -> LanguageRow:
    """A language named in SITE_LANGUAGES that is not one of the defaults, described by CLDR."""
    from memorial.languages.cldr import describe

    about = describe(tag)
    return LanguageRow(tag, about.name_en, about.name_own, about.script, about.direction, position=position)


def register_names(rows: Iterable[LanguageRow]) -> None:
    """Tell Django's own table about our languages: it lacks some, and has others (az) in the wrong direction."""
    from django.conf.locale import LANG_INFO

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
