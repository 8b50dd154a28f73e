"""A site that is really served: its own database, two workers, a reader who never stops, and how to end it hard."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What the tests set for themselves, and no operator has.
OF_TESTS = ("DATABASE_URL", "SITE_", "MEMORIAL_", "HASHED_STATIC_FILES", "DJANGO_ALLOW_ASYNC_UNSAFE", "LOG_", "TEST_")
PAUSE = 0.02
# To wait is not to fail: a machine with much else to do takes long to start the workers that answer.
LONGEST_WAIT = 60


@dataclass
class LivingSite:
    """A folder for its data, a database, and the server while it runs; ``settings`` are what this one has beside."""

    folder: Path
    database_url: str
    port: int = 0
    server: "subprocess.Popen[str] | None" = None
    statement: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)  # what else its operator has set

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the server has said."""
        return (self.folder / "server.log").read_text()

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes, as an operator has it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_TESTS)}
        return {
            **kept, "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": self.database_url,
            "MEMORIAL_DATA_DIR": str(self.folder), "PORT": str(self.port or 8000), "WORKERS": "2",
            "HASHED_STATIC_FILES": "false", "LOG_FORMAT": "plain", "PYTHONPATH": str(ROOT), **self.settings,
        }  # fmt: skip

    def run(self, *command: str) -> str:
        """Run Python with this site's environment and return what it wrote."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
            timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def fill(self) -> None:
        """Make the tables, the static files, the people and the first statement."""
        (self.folder / "statement.json").write_text(self.run("-m", "tests.journeys.first_day"))

    def copy(self, folder: Path, database_url: str) -> "LivingSite":
        """Another site like this one; a database outside of the folder is copied by the caller."""
        shutil.copytree(self.folder, folder)
        other = LivingSite(folder, database_url)
        other.statement = json.loads((folder / "statement.json").read_text())
        return other

    # -- the server ----------------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Start the server, on the same port as before, and wait until it answers."""
        self.port = self.port or free_port()
        with (self.folder / "server.log").open("a") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"], cwd=ROOT, env=self.environment,
                stdout=log, stderr=log, text=True, start_new_session=True,
            )  # fmt: skip
        self.wait("/readyz")

    def kill(self) -> None:
        """End the server and all its workers as a power cut does."""
        if self.server is not None and self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait(10)

    def stop(self) -> None:
        """End the server as an operator does."""
        if self.server is None or self.server.poll() is not None:
            return
        self.server.terminate()
        try:
            self.server.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()

    # -- a reader ------------------------------------------------------------------------------------------------------
    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """One request on a connection of its own. Raises OSError where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_WAIT)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def wait(self, path: str, *, seconds: float = 30, status: int = 200) -> str:
        """Ask until the page is there, and return it."""
        deadline, found = time.monotonic() + seconds, (0, "")
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                found = self.get(path)
            if found[0] == status:
                return found[1]
            assert self.server is not None
            assert self.server.poll() is None, self.log
            time.sleep(0.05)
        raise AssertionError(f"{path} was answered {found[0]} for {seconds} seconds\n{self.log}")


@dataclass
class Readers:
    """Those who read all the time: what each request was answered, and what was no answer."""

    answers: list[tuple[str, int]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@contextlib.contextmanager
def reading(site: LivingSite, *paths: str) -> Iterator[Readers]:
    """Two readers beside all that happens in the block; a request fails that gets no answer, or one of 5xx."""
    readers, is_over = Readers(), threading.Event()

    def read() -> None:
        while not is_over.is_set():
            for path in paths:
                try:
                    status, _page = site.get(path)
                except (OSError, http.client.HTTPException) as error:
                    readers.failures.append(f"{path}: {error!r}")
                    continue
                readers.answers.append((path, status))
                if status >= 500:
                    readers.failures.append(f"{path}: {status}")
            time.sleep(PAUSE)

    threads = [threading.Thread(target=read) for _reader in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        is_over.set()
        for thread in threads:
            thread.join(30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
