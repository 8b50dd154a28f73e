"""Servers that go on serving while a language is added, and soon know it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.languages.fresh import Site

WITHIN = 5.0  # seconds
CLIENTS = 3


def free_port() -> int:
    """A port of the loopback that nobody has."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


class Client:
    """A reader on the loopback."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str) -> tuple[int, Any]:
        """One request on a connection of its own: the status, and what a page of JSON says."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
            is_json = response.headers.get_content_type() == "application/json"
            return response.status, json.loads(body) if is_json else body
        finally:
            connection.close()

    def wait(self, path: str, seconds: float) -> float:
        """Ask until a page is there, and return how long that took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            try:
                if self.get(path)[0] == 200:
                    return time.monotonic() - began
            except OSError:
                pass  # not listening yet
            time.sleep(0.05)
        raise AssertionError(f"{path} was not there within {seconds} seconds")


@contextmanager
def serving(site: Site, *command: str, port: int, **environment: str) -> Iterator[Path]:
    """Run a server until the end of the block; its log is the value."""
    log = site.folder / "server.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            [sys.executable, *command], cwd=site.code, env={**site.environment, "PORT": str(port), **environment},
            stdout=file, stderr=file, start_new_session=True,
        )  # fmt: skip
        try:
            yield log
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


GUNICORN = ["-m", "gunicorn", "--config", "config/gunicorn.py"]


# As in ``make run``, with two workers, and as in ``make dev``, with one that looks at its code.
@pytest.mark.parametrize("debug", ["false", pytest.param("true", marks=pytest.mark.same_on_any_database)])
def test_gunicorn_reloads_without_a_failed_request(fresh_site: Site, debug: str) -> None:
    port = free_port()
    reader, answers, stop = Client(port), [], threading.Event()

    def read_and_write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                status, page = reader.get("/az/save" if number % 5 == 0 else "/az/")
            except OSError as error:
                status, page = 0, repr(error)
            answers.append((status, page))
            time.sleep(0.05)

    with serving(fresh_site, *GUNICORN, port=port, DEBUG=debug, LANGUAGE_CHECK_SECONDS="2") as log:
        reader.wait("/az/", 60)
        clients = [threading.Thread(target=read_and_write) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        fresh_site.manage("add_language", "fa")
        assert reader.get("/fa/")[0] == 404  # in preparation: not there for readers
        fresh_site.manage("publish_language", "fa")
        took = reader.wait("/fa/", 60)
        time.sleep(1)
        stop.set()
        for client in clients:
            client.join()
        status, page = reader.get("/fa/")
    failed = [answer for answer in answers if answer[0] != 200]
    assert not failed, f"{len(failed)} of {len(answers)} failed: {failed[:3]}\n{log.read_text()[-2000:]}"
    assert (status, page["active"], page["is_rtl"]) == (200, "fa", True)
    assert page["public"] == ["az", "en", "ru", "tr", "fa"]
    assert page["title"] == "title 1 en Ə ş ı İ"
    versions = {page["version"] for _, page in answers if isinstance(page, dict)}
    assert len(versions) == 2, f"one reload: {versions}"
    assert log.read_text().count("asking process") == 1
    assert took < WITHIN


SAVE_PHRASES = """
from memorial.languages.phrases.save import save_phrase
from memorial.languages.phrases.source import key_of
save_phrase("ru", key_of("", "Statements"), {"other": "Слова"}, seen=0, by=None)
counted = {"one": "%(found)s слово", "few": "%(found)s слова", "many": "%(found)s слов"}
save_phrase("ru", key_of("", "%(found)s statement"), counted, seen=0, by=None)
"""


def test_a_saved_phrase_is_on_the_page_of_every_worker_without_a_reload(fresh_site: Site) -> None:
    port = free_port()
    reader, answers, stop = Client(port), [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                status, page = reader.get("/ru/")
            except OSError as error:
                status, page = 0, repr(error)
            answers.append((time.monotonic(), status, page))
            time.sleep(0.02)

    with serving(fresh_site, *GUNICORN, port=port, LANGUAGE_CHECK_SECONDS="2", WORKERS="2") as log:
        reader.wait("/ru/", 60)
        clients = [threading.Thread(target=read) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        time.sleep(1)
        fresh_site.run_code(SAVE_PHRASES)
        saved = time.monotonic()
        time.sleep(WITHIN + 1)
        stop.set()
        for client in clients:
            client.join()
    failed = [answer for answer in answers if answer[1] != 200]
    assert not failed, f"{len(failed)} of {len(answers)} failed: {failed[:3]}\n{log.read_text()[-2000:]}"
    before = {page["process"] for at, _, page in answers if page["said"] == "Заявления"}
    after = {page["process"] for at, _, page in answers if page["said"] == "Слова"}
    assert len(before) == 2
    assert before == after
    late = {page["said"] for at, _, page in answers if at > saved + WITHIN}
    assert late == {"Слова"}
    assert {page["counted"] for at, _, page in answers if at > saved + WITHIN} == {"%(found)s слова"}
    assert "asking process" not in log.read_text()


def test_a_process_that_starts_speaks_in_phrases_at_once(fresh_site: Site) -> None:
    fresh_site.run_code(SAVE_PHRASES)
    said = fresh_site.run_code("""
        from django.utils import translation
        with translation.override("ru"):
            print(translation.gettext("Statements"))
    """)
    assert said == "Слова"


def test_a_database_from_before_there_were_phrases_can_be_migrated(fresh_site: Site) -> None:
    fresh_site.manage("migrate", "languages", "0001", "-v0")
    assert "plurals_like" not in fresh_site.columns("languages_language")
    assert "phrases" not in fresh_site.columns("languages_languageset")
    fresh_site.manage("migrate", "-v0")
    fresh_site.run_code(SAVE_PHRASES)
    assert fresh_site.query("SELECT phrases FROM languages_languageset") == [(2,)]


def test_an_idle_server_learns_of_a_language_by_itself(fresh_site: Site) -> None:
    port = free_port()
    with serving(fresh_site, *GUNICORN, port=port, LANGUAGE_CHECK_SECONDS="0.5") as log:
        Client(port).wait("/az/", 60)
        fresh_site.manage("add_language", "fa")
        deadline = time.monotonic() + 20
        while "asking process" not in log.read_text():
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)


@pytest.mark.same_on_any_database
def test_code_that_is_worked_on_is_read_anew_and_its_errors_are_shown(fresh_site: Site) -> None:
    port = free_port()
    reader = Client(port)

    def edited(*pair: tuple[str, str]) -> tuple[int, Any]:
        before, deadline = reader.get("/az/save"), time.monotonic() + 20
        fresh_site.edit("urls.py", *pair)
        while (answer := reader.get("/az/save")) == before:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        return answer

    with serving(fresh_site, *GUNICORN, port=port, DEBUG="true", LOG_REQUESTS="true") as log:
        reader.wait("/az/", 60)
        time.sleep(1.5)  # it looks once a second, and has then seen what the first page made it load
        assert edited(('HttpResponse("saved")', 'HttpResponse("kept")')) == (200, b"kept")
        fresh_site.edit("models.py", ("from django.db import models", "from django.db import modelz as models"))
        deadline = time.monotonic() + 20
        while reader.get("/az/")[0] == 200:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        status, page = reader.get("/az/")
        assert status == 500
        assert b"modelz" in page
        time.sleep(1.5)  # as above: nobody mends an error in less
        fresh_site.edit("models.py", ("modelz", "models"))
        reader.wait("/az/", 20)
    assert "GET /az/save 200" in log.read_text()


@pytest.mark.same_on_any_database
def test_runserver_restarts_itself(fresh_site: Site) -> None:
    port = free_port()
    reader = Client(port)
    command = ["manage.py", "runserver", f"127.0.0.1:{port}"]
    with serving(fresh_site, *command, port=port, DEBUG="1", LANGUAGE_CHECK_SECONDS="2") as log:
        reader.wait("/az/", 60)
        first = reader.get("/az/")[1]["version"]
        fresh_site.run_code("from memorial.languages.enrol import enrol; enrol('fa', by=None, state='public')")
        took = reader.wait("/fa/", 60)
        status, page = reader.get("/fa/")
    assert (status, page["active"], page["version"]) == (200, "fa", first + 1)
    assert took < 2 * WITHIN, log.read_text()  # Django's own reloader looks once a second and starts anew
