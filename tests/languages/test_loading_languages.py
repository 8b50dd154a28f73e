"""What settings read before anything else is there."""

import sqlite3
from pathlib import Path

import pytest

from memorial.languages.loader import (
    LanguageRow,
    LanguagesUnreachable,
    load,
    postgresql_parameters,
    settings_for,
    stored_numbers,
)

DEFAULTS = [LanguageRow("az", "Azerbaijani", "Azərbaycanca"), LanguageRow("en", "English", "English")]


@pytest.fixture(autouse=True)
def _no_override(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_LANGUAGES", raising=False)


def stored(folder: Path, *rows: tuple[str, str, str]) -> dict[str, str]:
    """An SQLite database with languages: tag, fallbacks, state."""
    file = folder / "db.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute(
            "CREATE TABLE languages_language (tag, name_en, name_own, script, direction, fallbacks, state, position)"
        )
        connection.execute("CREATE TABLE languages_languageset (version)")
        connection.execute("INSERT INTO languages_languageset VALUES (7)")
        for position, (tag, fallbacks, state) in enumerate(rows):
            direction = "rtl" if tag in {"fa", "ps"} else "ltr"
            values = (tag, tag, tag, "Latn", direction, fallbacks, state, position)
            connection.execute("INSERT INTO languages_language VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    connection.close()
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}


def test_the_defaults_serve_until_there_is_a_table(tmp_path: Path) -> None:
    nothing = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "none.sqlite3")}
    assert load(nothing, DEFAULTS) == (DEFAULTS, 0)
    assert stored_numbers(nothing) == (0, 0)
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_leaving_language_is_left_out_and_fallbacks_name_only_known_ones(tmp_path: Path) -> None:
    rows = ("en", "[]", "public"), ("ps", '["fa", "en", "xx"]', "preparing"), ("fa", "[]", "leaving")
    database = stored(tmp_path, *rows, ("ru", "[]", "retired"))
    found = settings_for(database, DEFAULTS, "en")
    assert found["MODELTRANSLATION_LANGUAGES"] == ("en", "ps", "ru")
    assert found["MODELTRANSLATION_FALLBACK_LANGUAGES"] == {"default": ("en",), "ps": ("en",)}
    assert found["LANGUAGES_BIDI"] == ["ps"]
    assert found["LANGUAGE_SET_VERSION"] == stored_numbers(database).version == 7


def test_the_environment_overrides_the_table_in_its_own_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_LANGUAGES", "en, lez,az")
    found = settings_for(stored(tmp_path, ("ru", "[]", "public")), DEFAULTS, "en")
    assert found["MODELTRANSLATION_LANGUAGES"] == ("en", "lez", "az")
    assert [row.position for row in found["SITE_LANGUAGE_ROWS"]] == [10, 20, 30]
    assert found["LANGUAGE_SET_VERSION"] is None


def test_a_database_that_cannot_be_read_is_not_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "broken").write_text("this is no database, and long enough to be told from an empty file " * 20)
    broken = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "broken")}
    with pytest.raises(LanguagesUnreachable):
        load(broken, DEFAULTS)
    nobody = {"ENGINE": "django.db.backends.postgresql", "NAME": "x", "HOST": str(tmp_path)}
    with pytest.raises(LanguagesUnreachable):
        stored_numbers(nobody)


def test_a_site_without_its_default_language_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(LanguagesUnreachable, match="'en' is missing"):
        settings_for(stored(tmp_path, ("az", "[]", "public")), DEFAULTS, "en")


def test_options_of_the_connection_are_honoured() -> None:
    options = {"sslmode": "verify-full", "host": "/run/postgresql", "pool": True, "options": "-c search_path=site"}
    database = {"NAME": "site", "USER": "me", "HOST": "", "PORT": "", "OPTIONS": options}
    found = postgresql_parameters(database)
    assert found == {
        "connect_timeout": 5,
        "dbname": "site",
        "user": "me",
        "sslmode": "verify-full",
        "host": "/run/postgresql",
        "options": "-c search_path=site -c statement_timeout=5000",
    }
