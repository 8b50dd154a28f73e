"""A run of the tests that is stopped or killed leaves no server behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.servers.redis import is_installed

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import os, time
import tests.environment
print(os.environ["DATABASE_URL"], os.environ["STORAGE_URL"], os.environ["CACHE_URL"], flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL])
def test_the_servers_end_with_their_run(kind: signal.Signals) -> None:
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PYTEST_XDIST_WORKER", "TEST_DATABASE_URL")
    }
    run = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", RUN], cwd=ROOT, env={**kept, "TEST_DATABASE": "postgresql"},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert run.stdout is not None
        database, *others = run.stdout.readline().rstrip("\\n").split(" ")
        folder = Path(unquote(urlsplit(database).netloc.partition("@")[2]))
        server = int((folder / "postmaster.pid").read_text().splitlines()[0])
        assert [_is_answered(url) for url in others] == [True, is_installed()]
        run.send_signal(kind)
        run.wait(20)
        deadline = time.monotonic() + 20
        while Path(f"/proc/{server}").exists() or folder.exists() or any(map(_is_answered, others)):
            assert time.monotonic() < deadline, "a server or its folder is still there"
            time.sleep(0.1)
    finally:
        run.kill()
        run.communicate()


def _is_answered(url: str) -> bool:
    """Say whether anybody listens there; an empty address is nobody's."""
    server = urlsplit(url)
    try:
        socket.create_connection((server.hostname or "127.0.0.1", server.port or 1), 1).close()
    except OSError:
        return False
    return True
