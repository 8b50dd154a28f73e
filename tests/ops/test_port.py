"""The port: a start says at once when nothing can listen there."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "config" / "port.py"


def ask(port: str) -> subprocess.CompletedProcess[str]:
    """Run the script alone, as make does with the system's Python."""
    return subprocess.run(
        [sys.executable, "-S", str(SCRIPT)],
        env={"PATH": os.environ["PATH"], "PORT": port, "HOST": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def test_a_free_port_is_accepted_in_silence() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    answer = ask(str(port))
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


def test_a_port_in_use_is_refused_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = ask(str(taken.getsockname()[1]))
    assert answer.returncode == 1
    assert "make run PORT=" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("wrong", ["0", "65536", "-1", "http", "80a"])
def test_what_is_no_port_is_refused(wrong: str) -> None:
    answer = ask(wrong)
    assert answer.returncode == 1
    assert repr(wrong) in answer.stderr
