"""One site on two machines: each its own data folder, both the same PostgreSQL, Redis and S3."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.browser import require
from tests.builders import PASSWORD
from tests.journeys.living_site import LONGEST_WAIT, ROOT, LivingSite, free_port, reading
from tests.journeys.publications import Publisher, reading_titles
from tests.servers import redis, s3

DJANGO = "import django; django.setup()\n"
ADD_PERSIAN = """
from memorial.languages.enrol import enrol
from memorial.languages.models import Language
enrol("fa", by=None, state=Language.State.PUBLIC)
"""
SAY_OTHERWISE = """
from memorial.languages.phrases.save import save_phrase
from memorial.languages.phrases.source import sources
key = next(key for key, each in sources().items() if each.singular == "Statements" and each.part == "public")
save_phrase("az", key, {"other": "Deyilənlər"}, seen=0, by=None)
"""
FILE = "%PDF-1.4 an example"
KEEP_A_FILE = f"""
from django.core.files.base import ContentFile
from memorial.accounts.models import User
from memorial.publishing.release import publish
from memorial.statements.attachments import keep
from memorial.statements.models import Statement
statement, editor = Statement.objects.get(), User.objects.get(username="editor")
kept = keep(statement, ContentFile({FILE.encode()!r}, name="example.pdf"), by=editor)
publish(statement, ["az"], by=editor, note="With a file.")
print(kept.sha256, kept.name)
"""
SUBSCRIBERS = 40
FOLLOW = f"""
from datetime import timedelta
from django.utils import timezone
from memorial.reading.models import Subscription
since = timezone.now() - timedelta(days=2)
for number in range({SUBSCRIBERS}):
    Subscription.objects.create(
        email=f"reader-{{number}}@example.org", language="az", query="", confirmed_at=since, told_until=since
    )
"""
# What was just published is told two minutes later.
TICK = """
import sys
import time_machine
from datetime import datetime, timedelta, UTC
from django.core.management import call_command
with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2), tick=True):
    print("ready", flush=True)
    sys.stdin.readline()
    call_command("tick")
"""


@pytest.fixture(scope="module")
def machines(patterns: Any) -> Iterator[list[LivingSite]]:
    """Two machines that serve."""
    if not redis.is_installed():
        require("redis-server", "redis-server")
    first: LivingSite = patterns.copy("postgresql")
    first.port = free_port()
    first.settings = {
        "SECRET_KEY": "k" * 60,
        "SITE_URL": first.url,
        "CACHE_URL": os.environ.get("CACHE_URL") or redis.start_redis(),
        "STORAGE_URL": os.environ.get("STORAGE_URL") or s3.start_s3(),
        "EMAIL_URL": "console://",
        "MAIL_FROM": "archive@example.org",
    }
    second = LivingSite(Path(f"{first.folder}-second"), first.database_url)
    second.settings, second.statement = first.settings, first.statement
    second.folder.mkdir()
    shutil.copytree(first.folder / "static", second.folder / "static")
    for own in ("machine", "generation", "generation.lock", "secret-key"):  # of the one that the copy was made of
        (first.folder / own).unlink(missing_ok=True)
    try:
        for machine in (first, second):
            machine.start()
        yield [first, second]
    finally:
        for machine in (first, second):
            machine.stop()


class Person:
    """Somebody with a browser, whom a balancer sends to one machine or another."""

    def __init__(self) -> None:
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, machine: LivingSite, path: str) -> tuple[str, str]:
        """Open a page; return the path where that ended, and the page."""
        return self._open(machine, path, None)

    def post(self, machine: LivingSite, path: str, page: str, **values: str) -> tuple[str, str]:
        """Send a form that stands on ``page``."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(machine, page)[1])
        assert token is not None
        return self._open(machine, path, urlencode({**values, "csrfmiddlewaretoken": token[1]}).encode())

    def log_in(self, machine: LivingSite, name: str, password: str = PASSWORD) -> bool:
        """Say whether it worked."""
        there, _ = self.post(
            machine, "/admin/login/", "/admin/login/", username=name, password=password, next="/admin/"
        )  # fmt: skip
        return there == "/admin/"

    def _open(self, machine: LivingSite, path: str, data: bytes | None) -> tuple[str, str]:
        try:
            with self.browser.open(machine.url + path, data, timeout=LONGEST_WAIT) as answer:
                return str(answer.url).removeprefix(machine.url), answer.read().decode()
        except urllib.error.HTTPError as error:
            return path, error.read().decode()


def do(machine: LivingSite, deed: str) -> str:
    return machine.run("-c", DJANGO + deed)


def test_a_language_added_on_one_machine_is_known_to_all(machines: list[LivingSite]) -> None:
    first, second = machines
    with reading(first, "/az/", "/az/search/?q=abzas") as there, reading(second, "/az/", "/az/issuers/") as here:
        do(first, ADD_PERSIAN)
        for machine in machines:
            assert 'lang="fa"' in machine.wait("/fa/", seconds=LONGEST_WAIT)
    assert (there.failures, here.failures) == ([], [])


def test_a_phrase_saved_on_one_machine_is_said_by_all(machines: list[LivingSite]) -> None:
    for machine in machines:
        assert "Bəyanatlar" in machine.get("/az/")[1]
    do(machines[0], SAY_OTHERWISE)
    deadline = time.monotonic() + 5
    while not all("Deyilənlər" in machine.get("/az/")[1] for machine in machines for _ in range(4)):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_file_kept_on_one_machine_is_given_by_all(machines: list[LivingSite]) -> None:
    sha256, name = do(machines[0], KEEP_A_FILE).split()
    for machine in machines:
        path = f"/s/{machine.statement['sid']}/files/{sha256}/{name}"
        assert machine.get(path) == (200, FILE)
        assert path in machine.get(f"/az/statements/{machine.statement['sid']}/{machine.statement['slug']}/")[1]
        assert list(machine.folder.rglob("*.pdf")) == []


def test_who_is_logged_in_on_one_machine_is_on_all(machines: list[LivingSite]) -> None:
    first, second = machines
    person = Person()
    assert person.log_in(first, "administrator")
    assert person.get(second, "/admin/")[0] == "/admin/"
    person.post(second, "/admin/logout/", "/admin/")
    assert person.get(first, "/admin/")[0].startswith("/admin/login/")


def test_wrong_passwords_are_counted_over_all_machines(machines: list[LivingSite]) -> None:
    guesser = Person()
    for number in range(6):
        assert not guesser.log_in(machines[number % 2], "editor", f"wrong-{number}")
    for machine in machines:
        assert not Person().log_in(machine, "editor"), "the right password came too late"
    assert Person().log_in(machines[0], "administrator")


def test_two_machines_that_tick_at_once_tell_each_subscriber_once(machines: list[LivingSite]) -> None:
    do(machines[0], FOLLOW)
    ticking = [
        subprocess.Popen(
            [sys.executable, "-c", DJANGO + TICK], cwd=ROOT, env=machine.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for machine in machines
    ]  # fmt: skip
    for process in ticking:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    written = [process.communicate("now\n", timeout=LONGEST_WAIT)[0] for process in ticking]
    told = re.findall(r"^To: (.+)$", "\n".join(written), re.MULTILINE)
    assert sorted(told) == sorted(f"reader-{number}@example.org" for number in range(SUBSCRIBERS))
    assert all(process.returncode == 0 for process in ticking)


# -- publications ------------------------------------------------------------------------------------------------------
@pytest.fixture
def publisher(machines: list[LivingSite]) -> Iterator[Publisher]:
    """Somebody who publishes at the first machine."""
    person = Publisher(machines[0])
    yield person
    person.leave()


def address(machine: LivingSite) -> str:
    return f"/az/statements/{machine.statement['sid']}/{machine.statement['slug']}/"


def test_nobody_sees_on_any_machine_what_stood_there_before(machines: list[LivingSite], publisher: Publisher) -> None:
    first, second = machines
    published = []
    publisher.publish("Nəşr 0")
    with reading_titles(first, address(first)) as here, reading_titles(second, address(second)) as there:
        for number in range(1, 13):
            publisher.publish(f"Nəşr {number}")
            published.append((time.monotonic(), number))
            time.sleep(0.2)
    for seen in (here, there):
        assert seen.failures == []
        assert seen.old(published) == []
        assert {shown for _, shown in seen.pages} >= set(range(1, 12))


def test_a_machine_that_was_frozen_shows_nothing_old_afterwards(
    machines: list[LivingSite], publisher: Publisher
) -> None:
    first, frozen = machines
    publisher.publish("Nəşr 20")
    for _ in range(8):
        assert "Nəşr 20" in frozen.get(address(frozen))[1]
    waiting = [http.client.HTTPConnection("127.0.0.1", frozen.port, timeout=LONGEST_WAIT) for _ in range(8)]
    for connection in waiting:  # each is some worker's already
        connection.request("GET", address(frozen))
        assert "Nəşr 20" in connection.getresponse().read().decode()
    assert frozen.server is not None
    os.killpg(frozen.server.pid, signal.SIGSTOP)
    try:
        started = time.monotonic()
        publisher.publish("Nəşr 21")
        took = time.monotonic() - started
        assert "Nəşr 21" in first.get(address(first))[1]
        for connection in waiting:
            connection.request("GET", address(frozen))
    finally:
        os.killpg(frozen.server.pid, signal.SIGCONT)
    assert 2 < took < 15, "the publisher waits until what the frozen machine knows has run out, and no longer"
    for connection in waiting:
        try:
            page = connection.getresponse().read().decode()
        except (OSError, http.client.HTTPException):  # the connection was given up meanwhile; nothing old was said
            continue
        finally:
            connection.close()
        assert "Nəşr 21" in page
    for _ in range(8):
        assert "Nəşr 21" in frozen.get(address(frozen))[1]
