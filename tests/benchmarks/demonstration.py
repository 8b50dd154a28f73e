"""What is served: a plainly fictional archive in four languages, and the same content in the usual site.

Both are made once and kept in a folder; whatever was begun and not finished is made anew.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .sizes import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
# What a benchmark sets itself, whatever the shell has. Python keeps what it has compiled, as on an operator's machine.
OWN = (
    "DATABASE_", "SITE_", "MEMORIAL_", "HASHED_STATIC_FILES", "LOG_", "TEST_", "CACHE_URL", "STORAGE_URL", "DEBUG",
    "ALLOWED_HOSTS", "DJANGO_", "KEEP_PAGES", "WORKERS", "THREADS", "PORT", "HOST", "SECRET_KEY", "EMAIL_URL",
    "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One page to ask for, where it is here and there, and words that stand on it."""

    path: str
    usual: str
    title: str


@dataclass(frozen=True)
class Archive:
    """This project's site with so many fictional statements, on SQLite unless its ``database`` is elsewhere."""

    folder: Path
    statements: int
    has_hashed_files: bool = True
    database: str = ""

    def environment(self) -> dict[str, str]:
        """Return the environment of its processes, as an operator has it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
        return {
            **kept, "DJANGO_SETTINGS_MODULE": "config.settings", "MEMORIAL_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database or f"sqlite:///{self.folder}/memorial.sqlite3",
            "SITE_URL": "http://localhost", "PYTHONPATH": str(ROOT),
            "HASHED_STATIC_FILES": str(self.has_hashed_files).lower(),
        }  # fmt: skip

    def make(self, say: Callable[[str], None]) -> None:
        """Make it, unless it is there."""
        if (self.folder / "made").exists():
            return
        say(f"making an archive of {self.statements:,} statements ...")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.run("manage.py", "migrate", "-v0")
        self.run("manage.py", "collectstatic", "--no-input", "-v0")
        count = ["--statements", str(self.statements)]
        self.run("manage.py", "load_demonstration", *count, "--languages", *LANGUAGES)
        (self.folder / "made").touch()

    def run(self, *command: str, given: str = "", settings: str = "config.settings") -> str:
        """Run Python in its environment; return what was written."""
        environment = {**self.environment(), "DJANGO_SETTINGS_MODULE": settings}
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, check=False, text=True, input=given,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} has failed")
        return done.stdout

    def pages(self, number: int) -> list[Page]:
        """Return so many pages of statements, in all languages alike."""
        found = json.loads(self.run("-m", "tests.benchmarks.asked", "pages", str(number)))
        return [Page(*each) for each in found]

    def queries(self, *paths: str, settings: str = "config.settings") -> list[int]:
        """Return how many queries the rendering of each page takes, once everything is warm."""
        found: list[int] = json.loads(self.run("-m", "tests.benchmarks.asked", "queries", *paths, settings=settings))
        return found


@dataclass(frozen=True)
class Usual:
    """The usual site with the content of an archive."""

    archive: Archive
    settings: str = "tests.benchmarks.usual.settings"

    def environment(self) -> dict[str, str]:
        """Return the environment of its processes."""
        return {**self.archive.environment(), "DJANGO_SETTINGS_MODULE": self.settings}

    def make(self, say: Callable[[str], None]) -> None:
        """Make it, unless it is there."""
        done = self.archive.folder / "usual-made"
        if done.exists():
            return
        say("carrying its content over to the usual modeltranslation site ...")
        for place in self.archive.folder.glob("usual.sqlite3*"):
            place.unlink()
        content = self.archive.run("-m", "tests.benchmarks.usual.content", "dump")
        self.archive.run("-m", "tests.benchmarks.usual.content", "load", given=content, settings=self.settings)
        done.touch()

    def queries(self, *paths: str) -> list[int]:
        """Return how many queries the rendering of each page takes."""
        return self.archive.queries(*paths, settings=self.settings)
