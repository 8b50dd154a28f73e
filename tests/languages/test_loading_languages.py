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
from memorial.languages.phrases.stored import Phrases, read_phrases

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
        "options": "-c search_path=site",
    }


def test_a_table_of_today_gives_what_a_table_of_yesterday_lacks(tmp_path: Path) -> None:
    database = stored(tmp_path, ("lez", "[]", "public"))
    rows, version = load(database, DEFAULTS)
    assert [row.plurals_like for row in rows] == [""]
    assert version == 7
    assert stored_numbers(database) == (7, 0)
    assert read_phrases(database) == Phrases()
    with sqlite3.connect(database["NAME"]) as connection:
        connection.execute("ALTER TABLE languages_language ADD COLUMN plurals_like")
        connection.execute("ALTER TABLE languages_language ADD COLUMN review")
        connection.execute("UPDATE languages_language SET plurals_like = 'ru', review = 'none'")
        connection.execute("ALTER TABLE languages_languageset ADD COLUMN phrases")
        connection.execute("UPDATE languages_languageset SET phrases = 3")
        connection.execute("CREATE TABLE languages_phrase (language, key, context, singular, plural, forms)")
        for key, context, forms in (("1", "", '{"other": "x"}'), ("2", "menu", '{"other": "y"}'), ("3", "gone", "{}")):
            connection.execute("INSERT INTO languages_phrase VALUES ('lez', ?, ?, 'a', '', ?)", (key, context, forms))
    connection.close()
    assert [row.plurals_like for row in load(database, DEFAULTS)[0]] == ["ru"]
    assert stored_numbers(database) == (7, 3)
    assert read_phrases(database) == Phrases(3, {"lez": {"a": {"other": "x"}, "menu\x04a": {"other": "y"}}})


def test_a_database_that_is_busy_for_a_moment_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "database"
    folder.mkdir()
    broken = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder)}  # a folder is no database
    pauses: list[float] = []

    def meanwhile(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:  # it is there at last
            folder.rmdir()
            (tmp_path / "db.sqlite3").rename(folder)

    stored(tmp_path, ("en", "[]", "public"))
    monkeypatch.setattr("memorial.languages.loader.time.sleep", meanwhile)
    rows, version = load(broken, DEFAULTS)
    assert ([row.tag for row in rows], version) == (["en"], 7)
    assert len(pauses) == 2
