"""Making many demonstration statements: other processes help, indexes are made at the end, all is one transaction."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from memorial.ops.archivist import archivist
from memorial.ops.demonstration import make as demonstration
from memorial.ops.demonstration.make import make_demonstration
from memorial.publishing.models import Edition
from memorial.reading.models import PendingRebuild, SearchEntry, SearchWord
from memorial.reading.search.engine import Wish, search
from memorial.reading.search.index import outdated, rebuild
from memorial.statements.models import Issuer, Statement
from memorial.text.canonical import digest


def make(statements: int, **options: object) -> int:
    return make_demonstration(statements, seed=1, tags=["en", "az"], by=archivist(), is_short=True, **options)


def test_other_processes_make_the_same_archive(tmp_path: Path):
    script = (
        "import django; django.setup()\n"
        "from datetime import UTC, datetime\n"
        "from django.core.management import call_command\n"
        "from django.db import connection\n"
        "from memorial.ops.archivist import archivist\n"
        "from memorial.ops.demonstration import make\n"
        "from memorial.publishing.models import Edition\n"
        "from memorial.reading.search.engine import Wish, search\n"
        "call_command('migrate', verbosity=0)\n"
        "make.MANY = {many}\n"
        "moment = datetime(2025, 1, 1, 12, tzinfo=UTC)\n"
        "make.make_demonstration(1200, seed=1, tags=['az', 'en'], by=archivist(), sealed_at=moment, is_short=True)\n"
        "rows = Edition.objects.order_by('pk').values_list('pk', 'sha256')\n"
        "print(hash(tuple(rows)), *(search(Wish(q=word), lang='en').total for word in ('lighthouse', '1990')))\n"
        "cursor = connection.cursor()\n"
        "print(*(cursor.execute(f'PRAGMA {{name}}_check').fetchall() for name in ('integrity', 'foreign_key')))\n"
        "print(cursor.execute('PRAGMA journal_mode').fetchone())\n"
    )
    said = set()
    for many in (1_000, 1_000_000):
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "MEMORIAL_DATA_DIR": str(tmp_path / str(many)), "SITE_LANGUAGES": "az,en", "SITE_URL": "http://localhost",
            "PYTHONHASHSEED": "0",
        }  # fmt: skip
        (tmp_path / str(many)).mkdir()
        command = [sys.executable, "-c", script.format(many=many)]
        said.add(subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout)
        assert sorted(path.suffix for path in (tmp_path / str(many)).glob("*.aside")) == []
    assert len(said) == 1, said
    assert said.pop().splitlines()[1:] == ["[('ok',)] []", "('wal',)"]


def _indexes() -> set[str]:
    """Everything that the database says of indexes and foreign keys."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        else:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
                " UNION ALL SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint"
            )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_many_are_loaded_with_the_help_of_other_processes_and_leave_the_tables_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(demonstration, "MANY", 600)
    before = _indexes()
    heard: list[tuple[str, int]] = []
    assert make(1_100, progress=lambda what, done: heard.append((what, done))) == Edition.objects.count() > 2_000
    assert {what for what, done in heard if done == 1_100} >= {"statements", "indexes"}
    assert all(0 <= done <= 1_100 for _what, done in heard)
    assert _indexes() == before
    assert not outdated().exists()
    assert not PendingRebuild.objects.exists()
    found = {word: search(Wish(q=word), lang="en").total for word in ("lighthouse", '"great storm"', "example")}
    assert all(found.values())
    for edition in Edition.objects.order_by("-pk")[:200]:
        assert digest(edition.canonical) == edition.sha256
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE" if connection.vendor == "postgresql" else "SELECT 1")
    connection.check_constraints()
    rebuild(only_outdated=False)
    assert found == {word: search(Wish(q=word), lang="en").total for word in found}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["statements", "indexes"])
def test_what_is_cut_short_leaves_nothing(moment: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(demonstration, "MANY", 600)
    before = _indexes()

    def stop(what: str, done: int) -> None:
        if what == moment and done >= 500:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(1_600, progress=stop)
    assert _indexes() == before
    assert not any(model.objects.exists() for model in (Statement, Edition, Issuer, SearchEntry, SearchWord))
    assert not PendingRebuild.objects.exists()
    if connection.vendor == "sqlite":
        assert not list(Path(connection.settings_dict["NAME"]).parent.glob("*.aside"))
    assert make(700) == Edition.objects.count()
    assert search(Wish(q="example"), lang="en").total > 0


def test_a_killed_load_leaves_nothing_on_sqlite(tmp_path: Path):
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "MEMORIAL_DATA_DIR": str(tmp_path), "SITE_LANGUAGES": "az,en", "SITE_URL": "http://localhost",
    }  # fmt: skip
    script = (
        "import os, signal\n"
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from memorial.ops.archivist import archivist\n"
        "from memorial.ops.demonstration import make, store\n"
        "store.CACHE, store._OF_AN_EDITION = 2_000, 0\n"  # kilobytes: the file has grown before the end
        "call_command('migrate', verbosity=0)\n"
        "make.MANY = 1_000\n"
        "def stop(what, done):\n"
        "    if done >= 1_500: os.kill(os.getpid(), signal.SIGKILL)\n"
        "make.make_demonstration(2000, seed=1, tags=['az', 'en'], by=archivist(), is_short=True, progress=stop)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False)
    assert killed.returncode == -9, killed.stderr
    database = tmp_path / "memorial.sqlite3"
    grown = database.stat().st_size
    with closing(sqlite3.connect(database)) as found:
        assert found.execute("SELECT count(*) FROM statements_statement").fetchone() == (0,)
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert found.execute("SELECT 1 FROM sqlite_master WHERE name = 'editions_by_day'").fetchone()
    assert database.stat().st_size < grown / 2
