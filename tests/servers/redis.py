"""A real Redis for the tests: one for the whole run with services, and one of their own for those that kill it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

# More than xdist will ever have workers: each has a database of its own.
DATABASES = 64
# Starts the server and says its number; when whoever holds the other end of the input is gone, it ends the server.
# A child that has ended keeps its number until its parent asks: nobody else's process is ever ended.
OUTLIVE = """
folder=$(mktemp -d -t memorial-redis-XXXXXX) && cd "$folder" || exit 1
redis-server "$@" >log 2>&1 &
echo $!
cat
kill -KILL $!
rm -rf "$folder"
"""


class Redis:
    """A server on a port of this machine, that keeps nothing on disk."""

    def __init__(self, password: str = "") -> None:
        self.password = password
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._watcher: subprocess.Popen[str] | None = None
        self.number = 0

    @property
    def url(self) -> str:
        """Where its first database is."""
        return f"redis://{f':{self.password}@' if self.password else ''}127.0.0.1:{self.port}/0"

    def start(self) -> "Redis":
        """Start it and wait until it answers; one that runs is left as it is."""
        if self._watcher is not None and self._answers():
            return self
        self.stop()
        options = [
            "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--databases", str(DATABASES), *(["--requirepass", self.password] if self.password else []),
        ]  # fmt: skip
        self._watcher = subprocess.Popen(
            ["sh", "-c", OUTLIVE, "sh", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        assert self._watcher.stdout is not None
        self.number = int(self._watcher.stdout.readline())
        deadline = time.monotonic() + 20
        while not self._answers():
            assert time.monotonic() < deadline, "redis-server does not start"
            time.sleep(0.02)
        return self

    def kill(self) -> None:
        """End it as a power cut does."""
        os.kill(self.number, signal.SIGKILL)
        self.stop()

    def pause(self) -> None:
        """Let it take connections, and answer nothing."""
        os.kill(self.number, signal.SIGSTOP)

    def go_on(self) -> None:
        """End the pause."""
        os.kill(self.number, signal.SIGCONT)

    def stop(self) -> None:
        """End it, however it is."""
        if self._watcher is not None:
            self._watcher.communicate()
            self._watcher = None

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as connection:
            connection.settimeout(1)
            connection.sendall(b"PING\r\n")
            return connection.recv(10)[:1] in (b"+", b"-")  # -NOAUTH is an answer, too
        return False


_of_the_run: list[Redis] = []


def is_installed() -> bool:
    """Say whether there is a server to start."""
    return shutil.which("redis-server") is not None


def start_redis() -> str:
    """Start the server of this run and return its address; "" where none is installed, which CI does not accept.

    The tests that need one say aloud that they were not run.
    """
    if not is_installed():
        if os.environ.get("CI") == "true":
            sys.exit("redis-server is missing (Debian: apt install redis-server)")
        return ""
    _of_the_run.append(Redis().start())
    return _of_the_run[0].url


def take_own_database() -> None:
    """Keep the workers of a run apart, each in a database of its own."""
    if url := os.environ.get("CACHE_URL"):
        worker = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
        os.environ["CACHE_URL"] = f"{url.rpartition('/')[0]}/{1 + worker % (DATABASES - 1)}"
