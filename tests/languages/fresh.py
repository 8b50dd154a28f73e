"""A site of its own for a test: a copy of the project, a populated database, and processes that work on them."""

import contextlib
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

PROJECT = Path(__file__).resolve().parents[2]
TABLES = ("specimens_book", "specimens_shelf")
POPULATE = """
from specimens.models import *
from memorial.languages.columns import column_name, languages
shelf = Shelf.objects.create(**{column_name("label", tag): f"shelf {tag}" for tag in languages()})
for n in range(30):
    book = Book(number=f"N{n}", shelf=shelf)
    for tag in languages():
        setattr(book, column_name("title", tag), f"title {n} {tag} Ə ş ı İ")
        setattr(book, column_name("summary", tag), f"summary {n} {tag} " * 20)
    book.save()
"""

# Texts in languages that were added after the first migration, one of them from right to left, one that CLDR lacks.
ADDED_LATER = ("fa", "lez")
ADD_LATER = f"""
from django.core.management import call_command
for tag in {ADDED_LATER}:
    call_command("add_language", tag)
"""
FILL = f"""
from specimens.models import *
for tag in {ADDED_LATER}:
    for book in Book.objects.all():
        setattr(book, f"title_{{tag}}", f"عنوان {{book.number}} {{tag}}")
        setattr(book, f"summary_{{tag}}", f"чӀал {{book.number}} " * 9)
        book.save()
    Shelf.objects.update(**{{f"label_{{tag}}": f"shelf {{tag}}"}})
"""
CHANGE = """
from django.core.management import call_command
call_command("makemigrations", "specimens", name={name!r})
call_command("migrate", verbosity=0)
call_command("makemigrations", check_changes=True)
"""


class Site:
    """A folder with the project and the specimens, and a database, SQLite or PostgreSQL."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder, self.database_url = folder, database_url
        self.code = folder / "code"
        kept = {key: value for key, value in os.environ.items() if key not in {"SITE_LANGUAGES", "RUN_MAIN"}}
        self.environment = {
            **kept,
            "DATABASE_URL": database_url,
            "MEMORIAL_DATA_DIR": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "specimen_settings",
            "LANGUAGE_CHECK_SECONDS": "0.2",
            "SITE_URL": "http://127.0.0.1",
            "LOG_FORMAT": "plain",
            "LOG_LEVEL": "INFO",
        }

    def copy(self, folder: Path, database_url: str) -> "Site":
        """Another site like this one; the database is copied by the caller, unless it lies in the folder."""
        shutil.copytree(self.folder, folder)
        return Site(folder, database_url)

    # -- processes -----------------------------------------------------------------------------------------------------
    def manage(self, *arguments: str, is_refused: bool = False, answers: str = "", **environment: str) -> str:
        """Run manage.py and return what it wrote; ``is_refused`` says that it must fail, and returns its errors."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=self.code, env={**self.environment, **environment},
            input=answers, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert (done.returncode != 0) == is_refused, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done.stderr if is_refused else done.stdout

    def start(self, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
        """Start a Python process in the site, with pipes to it."""
        return subprocess.Popen(
            [sys.executable, *arguments], cwd=self.code, env={**self.environment, **environment}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def change(self, name: str, *, answers: str = "") -> None:
        """Make a migration from what was edited, answering its questions, apply it, and see that nothing is wanting."""
        process = self.start_code(CHANGE.format(name=name))
        out, errors = process.communicate(answers, timeout=120)
        assert process.returncode == 0, f"{out}\n{errors}"

    def start_code(self, code: str, **environment: str) -> "subprocess.Popen[str]":
        """Start ``code`` with Django set up."""
        return self.start("-c", "import django; django.setup()\n" + textwrap.dedent(code), **environment)

    def run_code(self, code: str, **environment: str) -> str:
        """Run ``code`` with Django set up and return what it printed."""
        process = self.start_code(code, **environment)
        out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        return out.strip()

    # -- code ----------------------------------------------------------------------------------------------------------
    def edit(self, path: str, *pairs: tuple[str, str]) -> None:
        """Edit a file of the specimens as a developer would."""
        file = self.code / "specimens" / path
        text = file.read_text()
        for old, new in pairs:
            assert old in text, f"{path} has no {old!r}"
            text = text.replace(old, new)
        file.write_text(text)

    def migrations(self) -> str:
        """All migrations of the specimens, as one text."""
        return "\n".join(file.read_text() for file in sorted((self.code / "specimens/migrations").glob("0*.py")))

    # -- database ------------------------------------------------------------------------------------------------------
    @property
    def is_postgresql(self) -> bool:
        """Which of the two databases it is."""
        return self.database_url.startswith("postgres")

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database, past Django."""
        if self.is_postgresql:
            import psycopg

            with psycopg.connect(self.database_url, autocommit=True) as connection:
                cursor = connection.execute(sql)
                return cursor.fetchall() if cursor.description else []
        with contextlib.closing(
            sqlite3.connect(self.database_url.removeprefix("sqlite:///"), isolation_level=None)
        ) as other:
            return other.execute(sql).fetchall()

    def columns(self, table: str) -> set[str]:
        """The columns of a table."""
        if self.is_postgresql:
            names = f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
        else:
            names = f"SELECT name FROM pragma_table_info('{table}')"
        return {name for (name,) in self.query(names)}

    def texts(self) -> dict[str, str]:
        """A digest of all values of each column in a language, by ``table.column``."""
        digests = {}
        for table in TABLES:
            for column in sorted(self.columns(table)):
                if "_" in column and not column.endswith(("_id", "_in")):
                    values = self.query(f'SELECT id, "{column}" FROM {table} ORDER BY id')
                    digests[f"{table}.{column}"] = hashlib.sha256(repr(values).encode()).hexdigest()
        return digests

    def version(self) -> int:
        """The stored version of the set of languages."""
        version: int = self.query("SELECT version FROM languages_languageset")[0][0]
        return version


def postgresql_url(url: str, database: str) -> str:
    """The same server, another database."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{database}"))


def build(folder: Path, database_url: str) -> Site:
    """Make the first site: code, first migration, tables, texts."""
    code = folder / "code"
    for name in ("config", "memorial"):
        shutil.copytree(PROJECT / name, code / name)
    shutil.copy(PROJECT / "manage.py", code)
    shutil.copytree(PROJECT / "tests/languages/site", code, dirs_exist_ok=True)
    (folder / "data").mkdir()
    site = Site(folder, database_url)
    site.manage("makemigrations", "specimens", "--name", "initial")
    site.manage("migrate", "-v0")
    site.run_code(POPULATE)
    return site


@contextlib.contextmanager
def waiting_for_lines(process: "subprocess.Popen[str]") -> Iterator[Any]:
    """Talk with a started process by lines; it is ended at the end."""

    def say(line: str) -> str:
        assert process.stdin is not None
        assert process.stdout is not None
        print(line, file=process.stdin, flush=True)
        return process.stdout.readline().strip()

    try:
        yield say
    finally:
        process.kill()
        process.communicate()
