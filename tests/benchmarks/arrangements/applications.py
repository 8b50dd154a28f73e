"""This project's pages and the usual site's, each on this project's server."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.demonstration import Archive, Usual

from .served import Arrangement

WORKERS, THREADS = 2, 4


@dataclass
class Application(Arrangement):
    """The archive, served as ``make run`` serves it; the database is shared, all other files are its own."""

    archive: Archive | None = None
    keeps_pages: bool = True
    settings: str = "config.settings"
    wsgi: str = ""  # empty: the site's own
    other: dict[str, str] = field(default_factory=dict)  # what else its environment holds

    def prepare(self) -> None:
        static = self.folder / "static"
        if not static.exists():
            assert self.archive
            static.symlink_to(self.archive.folder / "static")

    def is_ready(self) -> bool:
        """Say whether the application has been loaded; a second worker may still be loading it."""
        return self.get("/healthz").status == 200

    def command(self) -> Sequence[str]:
        return [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", *([self.wsgi] if self.wsgi else [])]

    def environment(self) -> Mapping[str, str]:
        assert self.archive
        return {
            **self.archive.environment(), "MEMORIAL_DATA_DIR": str(self.folder), "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": self.settings, "KEEP_PAGES": str(self.keeps_pages).lower(),
            "WORKERS": str(WORKERS), "THREADS": str(THREADS), "LOG_LEVEL": "WARNING",
            **self.other,
        }  # fmt: skip


@dataclass
class Kept(Application):
    """Ours, as it is served."""

    name: str = "ours, kept"


@dataclass
class Rendered(Application):
    """Ours on the same server, each page rendered for each reader."""

    name: str = "ours, rendered"
    keeps_pages: bool = False


@dataclass
class Cached(Application):
    """Django's cache middleware around the same views on the same server."""

    name: str = "Django's cache middleware"
    keeps_pages: bool = False
    settings: str = "tests.benchmarks.arrangements.settings_cached"


@dataclass
class UsualSite(Arrangement):
    """The usual modeltranslation site on the same server, with as many workers and threads."""

    name: str = "usual modeltranslation site"
    usual: Usual | None = None

    def command(self) -> Sequence[str]:
        return [
            sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", str(WORKERS),
            "--threads", str(THREADS), "--worker-class", "memorial.ops.server.worker.Worker",
            "--no-control-socket", "--log-level", "warning", "tests.benchmarks.usual.wsgi",
        ]  # fmt: skip

    def environment(self) -> Mapping[str, str]:
        assert self.usual
        return self.usual.environment()


@dataclass
class Empty(Arrangement):
    """What ``startproject`` makes, on the same server: to compare how long it takes to start."""

    name: str = "empty Django site"

    def prepare(self) -> None:
        if not (self.folder / "empty").exists():
            from django.core.management import call_command

            call_command("startproject", "empty", str(self.folder))

    def command(self) -> Sequence[str]:
        return [
            sys.executable, "-m", "gunicorn", "--chdir", str(self.folder), "--bind", f"127.0.0.1:{self.port}",
            "--workers", str(WORKERS), "--threads", str(THREADS), "--no-control-socket", "--log-level", "warning",
            "--worker-class", "tests.benchmarks.arrangements.empty_worker.EmptyWorker", "empty.wsgi",
        ]  # fmt: skip

    def environment(self) -> Mapping[str, str]:
        unset = ("DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if name not in unset}
        return {**kept, "PYTHONPATH": os.getcwd()}
