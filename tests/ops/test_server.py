"""The real server: what ``make run`` starts, on a port and data of its own."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """Fetch a path; header names are written with underscores."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        connection.close()
        return response


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, after_set_up: Path) -> dict[str, str]:
    """The environment of a site that was set up, as an operator has it: none of the variables of the tests."""
    of_tests = (
        "DATABASE_URL",
        "SITE_LANGUAGES",
        "SITE_URL",
        "HASHED_STATIC_FILES",
        "DJANGO_ALLOW_ASYNC_UNSAFE",
        "LOG_",
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(of_tests)}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "MEMORIAL_DATA_DIR": str(shutil.copytree(after_set_up, tmp_path_factory.mktemp("site"), dirs_exist_ok=True)),
        "PORT": str(free_port()),
    }


def set_up(environment: dict[str, str]) -> str:
    answer = subprocess.run(
        [sys.executable, "manage.py", "set_up"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def server(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, answering."""
    log = tmp_path_factory.mktemp("log") / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    running = Server(process, int(environment["PORT"]), log)
    try:
        wait_until_it_answers(running)
        yield running
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(30)


def wait_until_it_answers(server: Server, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if server.get("/readyz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
        assert server.process.poll() is None, server.log.read_text()
    raise AssertionError(f"the server did not answer:\n{server.log.read_text()}")


def test_the_first_set_up_fills_the_archive_and_shows_the_passwords(after_set_up: Path) -> None:
    said = (after_set_up / "said").read_text()
    for name in ("editor", "publisher", "translator", "reviewer", "administrator"):
        assert f"    {name} " in said


def test_a_second_set_up_keeps_everything_and_says_nothing(environment: dict[str, str]) -> None:
    assert set_up(environment) == ""


def test_the_first_page_leads_to_the_browsers_language(server: Server) -> None:
    for tag in ("az", "en", "ru", "tr"):
        answer = server.get("/", Accept_Language=f"{tag},xx;q=0.3")
        assert (answer.status, answer.getheader("Location")) == (302, f"/{tag}/")
        assert server.get(f"/{tag}/").status == 200


def test_headers_stand_on_every_kind_of_answer(server: Server) -> None:
    style = next(Path(ROOT, "memorial").glob("*/static/**/*.css"))
    static = "/static/" + style.as_posix().split("/static/", 1)[1]
    answers = {
        "page": server.get("/en/"),
        "not found": server.get("/en/nothing-is-here/"),
        "no language": server.get("/xx/"),
        "static": server.get(static),
        "foreign host": server.get("/en/", Host="foreign.example"),
        "foreign host, static": server.get(static, Host="foreign.example"),
        "health": server.get("/healthz"),
        "desk": server.get("/admin/login/"),
    }
    statuses = {name: answer.status for name, answer in answers.items()}
    assert statuses == {
        "page": 200,
        "not found": 404,
        "no language": 404,
        "static": 200,
        "foreign host": 400,
        "foreign host, static": 400,
        "health": 200,
        "desk": 200,
    }
    for name, answer in answers.items():
        policy = answer.getheader("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert answer.getheader("X-Content-Type-Options") == "nosniff", name
        assert answer.getheader("X-Frame-Options") == "DENY", name
        assert answer.getheader("Referrer-Policy") == "strict-origin-when-cross-origin", name
        assert answer.getheader("Cross-Origin-Opener-Policy") == "same-origin", name
        assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin", name
        assert "camera=()" in answer.getheader("Permissions-Policy", ""), name


def test_readers_get_no_cookie_and_hashed_compressed_style(server: Server) -> None:
    page = server.get("/en/")
    assert page.getheader("Set-Cookie") is None
    assert "cookie" not in (page.getheader("Vary") or "").lower()
    html = page.body.decode()  # type: ignore[attr-defined]
    style = html.split('rel="stylesheet"', 1)[1].split('href="', 1)[1].split('"', 1)[0]
    answer = server.get(style, Accept_Encoding="br")
    assert answer.getheader("Content-Encoding") == "br"
    assert "immutable" in answer.getheader("Cache-Control", "")


def test_what_set_up_notes_of_static_files_is_not_given_to_anybody(server: Server, environment: dict[str, str]) -> None:
    folder = Path(environment["MEMORIAL_DATA_DIR"])
    assert (folder / "static.fingerprint").exists()
    assert list((folder / "static").glob(".*")) == []
    for path in ("/static/.fingerprint", "/static.fingerprint"):
        assert server.get(path).status == 404


def test_forged_proxy_headers_change_no_address(server: Server) -> None:
    answer = server.get("/en/", X_Forwarded_Host="evil.example", Forwarded="host=evil.example")
    assert b"evil.example" not in answer.body  # type: ignore[attr-defined]


def test_a_reload_goes_on_answering(server: Server) -> None:
    server.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        assert server.get("/healthz").status == 200
        time.sleep(0.05)


def test_nothing_but_json_is_logged_once_the_server_runs(server: Server) -> None:
    server.get("/en/nothing-is-here-%0A%7B%22forged%22:1%7D/")
    lines = [line for line in server.log.read_text().splitlines() if line.strip()]
    greeting = ("  The public site:", "  The desk:", "  Ctrl-C")
    assert all(line.startswith(("{", *greeting)) for line in lines), lines
    assert not any(line.startswith('{"forged"') for line in lines)


# gunicorn says what it could not close in lines that the site leaves out.
TALKATIVE = """
import logging
from config.gunicorn import *

def post_worker_init(worker):
    logging.getLogger("gunicorn.error").setLevel("INFO")
    worker.log.info("now it talks")
"""


@pytest.mark.parametrize("readers", [0, 6], ids=["at rest", "while it answers"])
def test_ctrl_c_ends_the_server_cleanly(environment: dict[str, str], tmp_path: Path, readers: int) -> None:
    own = {**environment, "PORT": str(free_port())}
    log, configuration = tmp_path / "log", tmp_path / "talkative.py"
    configuration.write_text(TALKATIVE)
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", str(configuration)],
            cwd=ROOT,
            env=own,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    running = Server(process, int(own["PORT"]), log)
    try:
        wait_until_it_answers(running)
        with ThreadPoolExecutor(max(readers, 1)) as pool:
            for _ in range(readers):
                pool.submit(_read_until_it_ends, running)
            time.sleep(0.5 if readers else 0)
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the server and all its workers
            assert process.wait(15) == 0  # sooner than the workers' graceful timeout
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    said = log.read_text()
    assert "now it talks" in said
    assert "Error while closing" not in said, "a number that is another file's by then would be closed"
    assert "Traceback" not in said
    assert "SIGKILL" not in said
    assert said.rstrip().endswith("The server has stopped.")


def _read_until_it_ends(server: Server) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        while server.process.poll() is None:
            server.get("/healthz")
