"""A run of the tests that is stopped or killed leaves no database server behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import os, time
import tests.environment
print(os.environ["DATABASE_URL"], flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL])
def test_the_database_server_ends_with_its_run(kind: signal.Signals) -> None:
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PYTEST_XDIST_WORKER", "TEST_DATABASE_URL")
    }
    run = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", RUN], cwd=ROOT, env={**kept, "TEST_DATABASE": "postgresql"},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert run.stdout is not None
        socket = Path(unquote(urlsplit(run.stdout.readline()).netloc.partition("@")[2]))
        server = int((socket / "postmaster.pid").read_text().splitlines()[0])
        run.send_signal(kind)
        run.wait(20)
        deadline = time.monotonic() + 20
        while Path(f"/proc/{server}").exists() or socket.exists():
            assert time.monotonic() < deadline, "the server or its folder is still there"
            time.sleep(0.1)
    finally:
        run.kill()
        run.communicate()
