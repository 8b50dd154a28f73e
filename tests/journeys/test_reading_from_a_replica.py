"""A site with a real replica: what is read there, and that neither its lateness nor its end is ever seen."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import quote

import psycopg
import pytest

from tests.environment import start_postgresql
from tests.journeys.living_site import LivingSite, reading
from tests.journeys.publications import Publisher, reading_titles
from tests.servers.replica import Replica, folder_of, statements

SEARCH = "/az/search/?q=abzas"  # it is never kept
NOWHERE = "/az/occasions/nowhere/"  # nor is what is not there
ISSUERS = "/az/issuers/"
# A table whose rows the replica gives after seconds only, and the database at once.
SLOW_THERE = """
ALTER TABLE statements_issuer RENAME TO issuers_aside;
CREATE VIEW statements_issuer AS SELECT * FROM issuers_aside
WHERE CASE WHEN pg_is_in_recovery() THEN length(pg_sleep(20)::text) = 0 ELSE true END;
"""
AS_BEFORE = "DROP VIEW statements_issuer; ALTER TABLE issuers_aside RENAME TO statements_issuer;"
BEGINNING = "---- another test\n"
SLEEPING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"


@pytest.fixture(scope="module")
def primary() -> str:
    """The address of the database: it writes every statement into its log."""
    url = start_postgresql()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET log_statement = 'all'")
        connection.execute("SELECT pg_reload_conf()")
    return url


@pytest.fixture(scope="module")
def _filled(primary: str, tmp_path_factory: pytest.TempPathFactory) -> LivingSite:
    site = LivingSite(tmp_path_factory.mktemp("with-a-replica"), primary)
    site.fill()
    site.statement = json.loads((site.folder / "statement.json").read_text())
    return site


@pytest.fixture(scope="module")
def replica(primary: str, _filled: LivingSite) -> Replica:
    """What follows the database."""
    return Replica(primary)


@pytest.fixture(scope="module")
def _served(_filled: LivingSite, replica: Replica) -> Iterator[LivingSite]:
    _filled.settings["DATABASE_REPLICA_URL"] = replica.url("postgres")
    try:
        _filled.start()
        yield _filled
    finally:
        _filled.stop()


@pytest.fixture
def site(_served: LivingSite, replica: Replica) -> LivingSite:
    """The site, served by two workers that read from the replica."""
    wait_until(lambda: all(asks_replica(_served, replica) for _ in range(8)))
    with (_served.folder / "server.log").open("a") as log:
        log.write(BEGINNING)
    return _served


@pytest.fixture
def publisher(site: LivingSite) -> Iterator[Publisher]:
    """Somebody who publishes."""
    person = Publisher(site)
    yield person
    person.leave()


@pytest.fixture
def slow_issuers(site: LivingSite, publisher: Publisher, replica: Replica) -> Iterator[None]:
    """A page that takes long on the replica, and is not kept yet."""
    change(site, SLOW_THERE)
    publisher.publish(f"Nəşr {time.time_ns()}")
    wait_until(lambda: all(asks_replica(site, replica) for _ in range(8)))
    yield
    change(site, AS_BEFORE)


def wait_until(is_so: Callable[[], bool], seconds: float = 20, what: str = "it") -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"{what} does not become so"
        time.sleep(0.05)


def change(site: LivingSite, sql: str) -> None:
    with psycopg.connect(site.database_url) as connection:
        connection.execute(sql)  # type: ignore[call-overload]


def asks_replica(site: LivingSite, replica: Replica, path: str = NOWHERE, **headers: str) -> bool:
    """Ask for a page, and say whether the replica was asked for anything."""
    before = len(replica.statements())
    assert site.get(path, **headers)[0] in (200, 302, 404)
    return len(replica.statements()) > before


def asks_database(site: LivingSite) -> bool:
    """Search, and say whether the database was asked to."""
    before = searched(site)
    assert site.get(SEARCH)[0] == 200
    return searched(site) > before


def searched(site: LivingSite) -> int:
    return sum("reading_search" in line for line in statements(folder_of(site.database_url)))


def log(site: LivingSite) -> str:
    """What the server has said during this test."""
    return site.log.rpartition(BEGINNING)[2]


def address(site: LivingSite) -> str:
    return f"/az/statements/{site.statement['sid']}/{site.statement['slug']}/"


def test_readers_are_answered_from_the_replica_and_nobody_else(site: LivingSite, replica: Replica) -> None:
    for path in (
        SEARCH,
        "/az/search.json?q=abzas",
        "/api/v1/statements",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    ):
        # Not always the first time: while a replica is a moment late, or slow to be reached, the database answers.
        wait_until(lambda asked=path: asks_replica(site, replica, asked), what=path)  # type: ignore[misc]
    wait_until(lambda: not asks_database(site), what="reading without the database")
    for path in ("/admin/login/", "/admin/", f"/az/follow/{'a' * 32}/", "/healthz"):
        assert not asks_replica(site, replica, path), path
    assert not asks_replica(site, replica, Cookie="sessionid=abc")
    assert not asks_replica(site, replica, Authorization="Bearer abc")


def test_an_operator_is_told_of_a_replica_that_is_none(site: LivingSite, replica: Replica, primary: str) -> None:
    def said(url: str) -> str:
        elsewhere = LivingSite(site.folder, site.database_url, settings={"DATABASE_REPLICA_URL": url})
        command = "from django.core.management import call_command as c; c('check', deploy=True, tags=['replica'])"
        return elsewhere.run(
            "-W", "ignore", "-c", f"import django, sys; sys.stderr = sys.stdout; django.setup(); {command}"
        )

    assert "W02" not in said(replica.url("postgres"))
    assert "ops.W021" in said(primary), "it is the database itself"
    assert "ops.W020" in said(replica.url("template1")), "it is another database"
    assert "ops.W020" in said("postgresql://postgres@127.0.0.1:1/postgres")


def test_the_next_reader_sees_a_publication_that_the_replica_has_not(
    site: LivingSite, replica: Replica, publisher: Publisher
) -> None:
    replica.hold()
    try:
        for number in range(1, 4):
            publisher.publish(f"Nəşr {number}")
            assert f"Nəşr {number}" in site.get(address(site))[1]
            assert f"Nəşr {number}" in site.get(f"/az/search.json?q={quote('Nəşr')}")[1]
            assert asks_database(site)
    finally:
        replica.go_on()
    wait_until(lambda: all(not asks_database(site) for _ in range(8)))
    assert "Nəşr 3" in site.get(address(site))[1]


def test_nobody_sees_what_stood_there_before_while_the_replica_follows(
    site: LivingSite, replica: Replica, publisher: Publisher
) -> None:
    published = []
    publisher.publish("Nəşr 0")
    with reading_titles(site, address(site)) as seen, reading(site, SEARCH) as others:
        for number in range(1, 13):
            publisher.publish(f"Nəşr {number}")
            published.append((time.monotonic(), number))
            if number % 3 == 0:
                replica.hold()
            if number % 3 == 1:
                replica.go_on()
            time.sleep(0.2)
    replica.go_on()
    assert (seen.failures, others.failures) == ([], [])
    assert seen.old(published) == []


def test_no_request_fails_when_the_replica_ends_and_comes_back(site: LivingSite, replica: Replica) -> None:
    with reading(site, SEARCH, address(site), "/readyz") as readers:
        time.sleep(0.3)
        replica.stop()
        time.sleep(3)
        assert "replica" in site.get("/readyz")[1]
        assert asks_database(site)
        replica.start()
        wait_until(lambda: all(asks_replica(site, replica) for _ in range(8)))
    assert readers.failures == []
    assert len(readers.answers) > 50
    assert log(site).count("does not serve") <= 2, "once a worker"
    assert "error connecting" not in log(site)
    assert "Internal Server Error" not in log(site)


def asked_there(
    site: LivingSite, replica: Replica, publisher: Publisher, reader: ThreadPoolExecutor
) -> "Future[tuple[int, str]]":
    """Ask for the slow page until it is the replica that reads it: the database may answer first, and it is kept."""
    for _ in range(5):
        with (site.folder / "server.log").open("a") as log:
            log.write(BEGINNING)
        answer = reader.submit(site.get, ISSUERS)
        wait_until(lambda asked=answer: replica.ask(SLEEPING) == 1 or asked.done())  # type: ignore[misc]
        if not answer.done():
            return answer
        publisher.publish(f"Nəşr {time.time_ns()}")
        wait_until(lambda: all(asks_replica(site, replica) for _ in range(8)))
    raise AssertionError(f"the replica is not asked:\n{site.log}")


@pytest.mark.usefixtures("slow_issuers")
@pytest.mark.parametrize("by", ["a conflict", "its end", "its slowness", "its silence"])
def test_a_page_that_the_replica_does_not_finish_comes_from_the_database(
    site: LivingSite, replica: Replica, publisher: Publisher, by: str
) -> None:
    with ThreadPoolExecutor(1) as reader:
        answer = asked_there(site, replica, publisher, reader)
        if by == "a conflict":
            change(site, "LOCK TABLE issuers_aside IN ACCESS EXCLUSIVE MODE")
        elif by == "its end":
            replica.stop()
        elif by == "its silence":
            replica.freeze()
        status, page = answer.result()
        with reading(site, NOWHERE) as others:
            time.sleep(2)
        replica.thaw()
    assert status == 200
    assert "Example Ministry" in page
    assert others.failures == []
    assert ("does not serve" in log(site)) == (by != "a conflict")
    assert "Internal Server Error" not in log(site)
    if by == "its end":
        replica.start()
    if by == "a conflict":
        assert asks_replica(site, replica)
