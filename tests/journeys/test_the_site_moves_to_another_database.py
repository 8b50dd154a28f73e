"""A site outgrows SQLite: the operator moves it to PostgreSQL with one command, and nothing is lost on the way."""

import contextlib
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from memorial.ops.move.target import without_password
from tests.journeys.living_site import ROOT, LivingSite

SEALED = "memorial: what is sealed is never changed or removed"


class MovedSite(LivingSite):
    """A site with a bit of everything, and the command that moves it."""

    def move(self, target: str, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
        """Start the command, as an operator does who keeps passwords out of the list of processes."""
        return subprocess.Popen(
            [sys.executable, "manage.py", "move_database", *arguments], cwd=ROOT, text=True,
            env={**self.environment, "TARGET_DATABASE_URL": target, **environment},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def moved(self, target: str, *arguments: str, **environment: str) -> str:
        """Move, and return what was said."""
        process = self.move(target, *arguments, **environment)
        out, errors = process.communicate("", timeout=300)
        assert process.returncode == 0, f"{out}\n{errors}"
        return out

    def refused(self, target: str, *arguments: str, **environment: str) -> str:
        """Try to move, and return the reasons why not."""
        process = self.move(target, *arguments, **environment)
        out, errors = process.communicate("", timeout=300)
        assert process.returncode == 1, f"{out}\n{errors}"
        assert "Traceback" not in errors
        return errors

    def served(self) -> str:
        """What readers get, address by address."""
        return self.run("-m", "tests.journeys.full_site", "serve")

    def on(self, database_url: str) -> "MovedSite":
        """The same site, its files too, with another database."""
        return MovedSite(self.folder, database_url)

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database, past Django."""
        if self.database_url.startswith("sqlite"):
            with contextlib.closing(sqlite3.connect(self.file, isolation_level=None, timeout=0.3)) as connection:
                return connection.execute(sql, values).fetchall()
        with psycopg.connect(self.database_url, autocommit=True, options="-c lock_timeout=300") as other:
            cursor = other.execute(sql.replace("?", "%s"), values)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    @property
    def file(self) -> Path:
        """Where SQLite keeps it."""
        return Path(self.database_url.removeprefix("sqlite:///"))

    def columns(self) -> set[tuple[str, str]]:
        """Every column of every table, search aside."""
        sql = (
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
            if self.database_url.startswith("sqlite")
            else "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
        return {(table, name) for table, name in self.query(sql) if not re.match("sqlite_|reading_search", table)}


def sha256_in(said: str) -> str:
    """The digest of all rows that the command has written."""
    found = re.search("^SHA-256 of all rows: ([0-9a-f]{64})$", said, re.MULTILINE)
    assert found, said
    return found[1]


@pytest.fixture(scope="module")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> MovedSite:
    """On SQLite, with Persian added later. Nobody writes to it but through a copy."""
    folder = tmp_path_factory.mktemp("full")
    site = MovedSite(folder, f"sqlite:///{folder}/memorial.sqlite3")
    site.run("-m", "tests.journeys.full_site", "begin")
    site.run("-m", "tests.journeys.full_site", "fill")
    return site


@pytest.fixture(scope="module")
def read(full_site: MovedSite) -> str:
    """What readers get from it, and from a copy to which nobody has written, address by address."""
    return full_site.served()


@pytest.fixture(scope="module")
def move(full_site: MovedSite, patterns: Any) -> tuple[MovedSite, str]:
    """The site on PostgreSQL, and what the command has said."""
    target = patterns.database()
    return full_site.on(target), full_site.moved(target)


@pytest.fixture
def copied(full_site: MovedSite, tmp_path: Path) -> MovedSite:
    """A site on SQLite that a test may change."""
    path = tmp_path / "copy.sqlite3"
    with contextlib.closing(sqlite3.connect(full_site.file)) as one, contextlib.closing(sqlite3.connect(path)) as other:
        one.backup(other)
    return full_site.on(f"sqlite:///{path}")


@pytest.fixture
def moved_copy(move: tuple[MovedSite, str], patterns: Any) -> MovedSite:
    """A site on PostgreSQL that a test may change."""
    site, _said = move
    return site.on(patterns.database(template=urlsplit(site.database_url).path[1:]))


def test_readers_get_the_same_bytes_from_both_databases(read: str, move: tuple[MovedSite, str]) -> None:
    assert read.count("[200,") > 80
    assert move[0].served() == read


def test_the_command_says_what_was_done_and_what_comes_next(move: tuple[MovedSite, str]) -> None:
    site, said = move
    assert re.search(r"Moved \d{3,} rows of \d\d tables", said)
    assert f"set DATABASE_URL to the target ({without_password(site.database_url)}) and restart" in said
    assert said.splitlines()[-1] == "What is saved in the old database from now on is not in the new one."


def test_the_tables_have_the_same_columns_and_numbers_are_never_given_again(
    full_site: MovedSite, move: tuple[MovedSite, str]
) -> None:
    site, _said = move
    assert ("statements_issuer", "name_fa") in site.columns()
    assert site.columns() == full_site.columns()
    last = full_site.query("SELECT seq FROM sqlite_sequence WHERE name = 'statements_issuer'")
    assert last > full_site.query("SELECT max(id) FROM statements_issuer")
    assert site.query("SELECT last_value FROM statements_issuer_id_seq") == last


def test_what_is_sealed_is_guarded_after_the_move_and_every_key_is_in_force(move: tuple[MovedSite, str]) -> None:
    site, _said = move
    for change in ("UPDATE publishing_edition SET title = 'x'", "DELETE FROM publishing_edition"):
        with pytest.raises(psycopg.errors.RestrictViolation, match=SEALED):
            site.query(change)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        site.query("DELETE FROM accounts_user")
    assert site.run("manage.py", "check", "--database", "default", "--fail-level", "WARNING")


def test_a_changed_row_a_lost_one_and_a_new_one_are_named(full_site: MovedSite, moved_copy: MovedSite) -> None:
    moved_copy.query("ALTER TABLE publishing_edition DISABLE TRIGGER USER")
    ((edition,),) = moved_copy.query("SELECT max(id) FROM publishing_edition")
    moved_copy.query("UPDATE publishing_edition SET body = body || ' ' WHERE id = ?", edition)
    moved_copy.query("UPDATE accounts_user SET password = 'x', date_joined = date_joined + interval '1 microsecond'")
    moved_copy.query("DELETE FROM languages_languagechange")
    moved_copy.query("INSERT INTO auth_group (id, name) VALUES (7, 'new')")
    errors = full_site.refused(moved_copy.database_url, "--compare")
    assert f"publishing_edition {edition}: differs in body." in errors
    assert re.search(r"accounts_user \d+: differs in date_joined, password\.", errors)
    assert re.search(r"languages_languagechange \d+: not in the target\.", errors)
    assert "auth_group 7: only in the target." in errors
    assert errors.rstrip().endswith("The two databases are not the same.")


def test_a_sealed_text_that_was_changed_before_the_move_is_not_moved(copied: MovedSite, patterns: Any) -> None:
    target = patterns.database()
    copied.query("DROP TRIGGER guard_publishing_edition_update")
    copied.query("UPDATE publishing_edition SET body = body || ' ' WHERE id = 3")
    assert "publishing_edition 3: its hash is not that of its text and facts." in copied.refused(target)
    assert copied.on(target).query("SELECT count(*) FROM publishing_edition") == [(0,)]


def test_back_to_sqlite_everything_is_the_same_and_writers_wait_until_the_site_is_restarted(
    full_site: MovedSite, read: str, moved_copy: MovedSite, move: tuple[MovedSite, str], tmp_path: Path
) -> None:
    target = f"sqlite:///{tmp_path}/back.sqlite3"
    process = moved_copy.move(target, "--hold")
    said = _until("Writers are kept out", process)
    assert moved_copy.query("SELECT count(*) FROM publishing_edition") != [(0,)]
    with pytest.raises(psycopg.errors.LockNotAvailable):
        moved_copy.query("UPDATE accounts_user SET first_name = 'x'")
    assert '"saving": [503, ""]' in moved_copy.served()
    rest, errors = process.communicate("\n", timeout=60)
    assert process.returncode == 0, errors
    assert sha256_in(said + rest) == sha256_in(move[1])
    moved_copy.query("UPDATE accounts_user SET first_name = 'x'")
    back = full_site.on(target)
    assert back.served() == read
    assert back.query("SELECT count(*) FROM accounts_user WHERE first_name = 'x'") == [(0,)]
    with pytest.raises(sqlite3.IntegrityError, match=SEALED):
        back.query("UPDATE publishing_edition SET title = 'x'")


def test_nobody_writes_to_sqlite_during_the_move_and_readers_notice_nothing(
    copied: MovedSite, read: str, patterns: Any
) -> None:
    process = copied.move(patterns.database(), "--hold")
    _until("Writers are kept out", process)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        copied.query("UPDATE accounts_user SET first_name = 'x'")
    assert copied.served() == read.replace('"saving": [200, ""]', '"saving": [503, ""]') != read
    process.communicate("\n", timeout=60)
    copied.query("UPDATE accounts_user SET first_name = 'x'")


def test_what_was_being_written_when_the_move_began_is_moved(copied: MovedSite, patterns: Any) -> None:
    target = patterns.database()
    with contextlib.closing(sqlite3.connect(copied.file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE accounts_user SET first_name = 'late'")
        process = copied.move(target)
        # Its file of the lock says that it has come to the lock that the writer has.
        _wait_for(Path(f"{copied.file}.move-lock"))
        time.sleep(1)
        assert process.poll() is None
        writer.execute("COMMIT")
        out, errors = process.communicate("", timeout=300)
    assert process.returncode == 0, f"{out}\n{errors}"
    assert copied.on(target).query("SELECT DISTINCT first_name FROM accounts_user") == [("late",)]


@pytest.mark.parametrize("moment", ["Moved", "Compared", "Indexed"])
def test_a_move_that_was_killed_is_begun_anew(full_site: MovedSite, patterns: Any, moment: str) -> None:
    target = patterns.database()
    process = full_site.move(target)
    _until(moment, process, errors=True)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert full_site.on(target).query("SELECT count(*) FROM publishing_edition") == [(0,)]
    full_site.moved(target)
    assert full_site.moved(target, "--compare").rstrip().endswith("tables.")


def test_values_that_postgresql_refuses_are_named_by_row_and_nothing_is_written(
    copied: MovedSite, patterns: Any
) -> None:
    target = patterns.database()
    copied.query("UPDATE reading_subscription SET query = ? WHERE id = 1", "nul \0 here")
    copied.query("UPDATE languages_phrase SET forms = ? WHERE id = 1", '{"other": "a \\u0000 b", "one": "\\ud800"}')
    copied.query("UPDATE accounts_user SET first_name = ? WHERE id = 1", "x" * 151)
    errors = copied.refused(target)
    assert "reading_subscription 1, query: a NUL character (U+0000)" in errors
    assert "languages_phrase 1, forms: a NUL character (U+0000)" in errors
    assert "languages_phrase 1, forms: half of a character (a lone surrogate)" in errors
    assert "accounts_user 1, first_name: 151 characters, and 150 are allowed" in errors
    assert errors.rstrip().endswith("in which nothing was changed.")
    assert copied.on(target).query("SELECT count(*) FROM accounts_user") == [(0,)]


def test_a_key_that_leads_nowhere_is_named(copied: MovedSite, patterns: Any) -> None:
    copied.query("UPDATE statements_source SET statement_id = 4711 WHERE id = 1")
    assert re.search(r"Key \(statement_id\)=\(4711\) is not present", copied.refused(patterns.database()))


def test_wrong_use_is_answered_in_words(full_site: MovedSite, move: tuple[MovedSite, str], tmp_path: Path) -> None:
    moved, _said = move
    (tmp_path / "link.sqlite3").symlink_to(full_site.file)
    answers = {
        "Say where to: set TARGET_DATABASE_URL=": full_site.refused(""),
        "The target is postgresql://": full_site.refused("mysql://host/name"),
        "Source and target are the same database.": full_site.refused(f"sqlite:///{tmp_path}/link.sqlite3"),
        "The target cannot be reached": full_site.refused("postgresql://nobody:secret@127.0.0.1:9/none"),
        "There is no folder for the target": full_site.refused(f"sqlite:///{tmp_path}/no/where.sqlite3"),
        "The target is not empty: 5 languages_language": full_site.refused(moved.database_url),
        "other languages than the source has (fa)": full_site.refused(
            f"sqlite:///{tmp_path}/other.sqlite3", SITE_LANGUAGES="az,en,ru,tr"
        ),
    }
    for expected, errors in answers.items():
        assert expected in errors
        assert "secret" not in errors


def test_a_target_of_others_and_missing_rights_are_refused(full_site: MovedSite, patterns: Any) -> None:
    target = patterns.database()
    full_site.on(target).query("CREATE TABLE somebody_elses (id int)")
    assert "tables that are not this site's: somebody_elses" in full_site.refused(target)
    full_site.on(target).query("DROP TABLE somebody_elses")
    full_site.on(target).query("DROP ROLE IF EXISTS may_nothing")
    full_site.on(target).query("CREATE ROLE may_nothing LOGIN")
    poor = urlsplit(target)._replace(netloc=f"may_nothing@{urlsplit(target).netloc.rpartition('@')[2]}").geturl()
    assert "may_nothing may not make tables in the target" in full_site.refused(poor)


def test_a_source_whose_tables_are_old_is_refused(copied: MovedSite, tmp_path: Path) -> None:
    copied.query("DELETE FROM django_migrations WHERE app = 'publishing' AND name LIKE '0006%'")
    assert "run “manage.py migrate” first" in copied.refused(f"sqlite:///{tmp_path}/new.sqlite3")


def _until(words: str, process: "subprocess.Popen[str]", *, errors: bool = False) -> str:
    """Read what a process says until these words."""
    stream, said = process.stderr if errors else process.stdout, ""
    assert stream is not None
    while words not in said:
        letter = stream.read(1)
        assert letter, f"{said}\n{process.stderr.read() if process.stderr else ''}"
        said += letter
    return said


def _wait_for(path: Path) -> None:
    """Wait until a file is there."""
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, path
        time.sleep(0.05)
