"""Pages are kept in one generation of the site, and rendered once in each for all processes of a machine."""

import multiprocessing
import shutil
import threading
import time
from collections import Counter
from pathlib import Path

import brotli
import pytest
from django.test import Client

from memorial.reading.page_cache.declared import canonical_query, parameters_of
from memorial.reading.page_cache.folder import Folder
from memorial.reading.page_cache.generation import Generation, State
from memorial.reading.page_cache.keeper import Keeper
from memorial.reading.page_cache.memory import Memory
from memorial.reading.page_cache.page import KeptPage, make
from memorial.reading.page_cache.question import Answer, Question, Render
from tests.benchmarks.arrangements.counting import Counted

HTML = (("Content-Type", "text/html; charset=utf-8"),)
BODY = "<p>Bəyanat. Заявление. بیانیه.</p>".encode() * 40
LONG = "".join(f"<p>Bəyanat {number**2}, {number % 7}. Заявление {number**3}.</p>" for number in range(300)).encode()


class Database:
    """What the database would say."""

    def __init__(self) -> None:
        self.mark, self.lasts = (1, 1), 60.0

    def __call__(self) -> State:
        return State(self.mark, time.time() + self.lasts)


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def generation(tmp_path: Path, database: Database) -> Generation:
    return Generation(tmp_path / "generation", database)


# -- Generations -----------------------------------------------------------------------------------------------------
def test_a_generation_lasts_until_something_changes(generation: Generation, database: Database) -> None:
    assert generation.now() == 0  # nobody has begun one
    first = generation.renew()
    assert first == generation.now() == generation.renew()
    database.mark = (2, 3)
    assert generation.now() == first  # nobody has said so yet
    assert generation.renew() == generation.now() == first + 1


def test_all_processes_of_a_machine_read_the_same_number(generation: Generation, database: Database) -> None:
    other = Generation(generation.path, database)
    number = generation.renew()
    assert other.now() == other.renew() == number
    database.mark = (2, 3)
    assert other.renew() == generation.now() == number + 1


def test_a_generation_is_known_while_another_process_renews_it(generation: Generation) -> None:
    number = generation.renew()
    processes = multiprocessing.get_context("fork")
    is_enough = processes.Event()

    def look_again_and_again() -> None:
        while not is_enough.is_set():
            for _ in range(500):
                generation._write(generation.present())

    other = processes.Process(target=look_again_and_again)
    other.start()
    try:
        assert {generation.now() for _ in range(300_000)} == {number}
    finally:
        is_enough.set()
        other.join(30)
    assert other.exitcode == 0


def test_a_generation_ends_by_itself_at_its_moment(generation: Generation, database: Database) -> None:
    database.lasts = 0.05
    first = generation.renew()
    time.sleep(0.06)
    assert generation.now() == 0
    assert generation.renew() == first + 1


def test_a_generation_whose_end_cannot_be_asked_for_is_over(generation: Generation, database: Database) -> None:
    first = generation.renew()

    def unreachable() -> State:
        raise OSError("no database")

    generation._state = unreachable
    with pytest.raises(OSError, match="no database"):
        generation.renew()
    assert generation.now() == first  # for the rest of its lease
    with pytest.raises(OSError, match="no database"):
        generation.renew_or_end()  # after a change: nothing old is served
    assert generation.now() == 0
    generation._state = database
    assert generation.renew() > first


def test_a_look_at_the_database_holds_for_a_lease(generation: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memorial.reading.page_cache.generation.LEASE", 0.05)
    first = generation.renew()
    time.sleep(0.06)
    assert generation.now() == 0  # nobody looks any more
    assert generation.renew() == generation.now() == first  # but nothing had changed


def test_a_release_begins_afresh_and_an_older_one_changes_nothing(generation: Generation) -> None:
    first = generation.renew()
    generation.end(release=5)
    assert generation.now() == 0
    second = generation.renew()
    assert second > first
    generation.end(release=5)  # the second worker of the release
    generation.end(release=4)  # one that is still leaving
    assert generation.now() == second


def test_every_generation_has_a_second_of_its_own(generation: Generation, database: Database) -> None:
    seconds = []
    for mark in range(4):
        database.mark = (mark, mark)
        generation.renew()
        seconds.append(generation.present().began)
    assert seconds == sorted(set(seconds))


# -- Keeping ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def keepers(generation: Generation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Keeper]:
    """Two processes of one machine."""
    monkeypatch.setattr("memorial.reading.page_cache.keeper._speaks_as_stored", lambda: True)
    return [Keeper(generation, Folder(tmp_path / "pages" / "1"), Memory()) for _ in range(2)]


class Django:
    """Renders, and counts how often."""

    def __init__(self, *, status: int = 200, headers: tuple[tuple[str, str], ...] = HTML, seconds: float = 0) -> None:
        self.times, self.status, self.headers, self.seconds = 0, status, headers, seconds

    def __call__(self, question: Question) -> Answer:
        self.times += 1
        time.sleep(self.seconds)
        return Answer(self.status, self.headers, b"%d " % self.times + BODY)


ASKED = Question("memorial.test", "/az/", "")


def test_a_page_is_rendered_once_for_all_processes(keepers: list[Keeper]) -> None:
    django = Django()
    page = keepers[0].fill(ASKED, django)
    assert keepers[0].look("memorial.test", "/az/", "") is page
    assert keepers[1].look("memorial.test", "/az/", "") is None
    keepers[1].fill(ASKED, django)
    assert keepers[1].look("memorial.test", "/az/", "") is not None
    assert django.times == 1


def test_those_who_ask_at_once_wait_for_one(keepers: list[Keeper]) -> None:
    django = Django(seconds=0.2)
    asking = [threading.Thread(target=keepers[n % 2].fill, args=(ASKED, django)) for n in range(8)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert django.times == 1


def test_no_page_is_served_in_another_generation(keepers: list[Keeper], database: Database) -> None:
    django = Django()
    keepers[0].fill(ASKED, django)
    database.mark = (2, 3)
    keepers[0].generation.renew()
    assert keepers[0].look("memorial.test", "/az/", "") is None
    keepers[1].fill(ASKED, django)
    assert django.times == 2


def test_a_page_that_was_begun_before_a_change_is_not_served_after_it(
    keepers: list[Keeper], database: Database
) -> None:
    django = Django()

    def changed_meanwhile(question: Question) -> Answer:
        database.mark = (2, 3)
        keepers[0].generation.renew()
        return django(question)

    keepers[0].fill(ASKED, changed_meanwhile)
    assert keepers[0].look("memorial.test", "/az/", "") is None


def asking(counted: Counted) -> Render:
    """Ask a WSGI application, as the server does."""

    def render(question: Question) -> Answer:
        body = b"".join(counted({"PATH_INFO": question.path}, lambda status, headers: None))
        return Answer(200, HTML, body)

    return render


def plainly(environ: object, start_response: object) -> list[bytes]:
    return [BODY]


def test_a_rendering_is_counted_for_the_generation_that_its_page_is_kept_under(
    keepers: list[Keeper], database: Database, tmp_path: Path
) -> None:
    counted = Counted(plainly, tmp_path / "rendered")

    def changed_before_it_begins(question: Question) -> Answer:
        database.mark = (2, 3)
        keepers[0].generation.renew()
        return asking(counted)(question)

    with counted.hearing():
        keepers[0].fill(ASKED, changed_before_it_begins)
        page = keepers[1].fill(ASKED, asking(counted))
    assert isinstance(page, KeptPage)
    assert page.generation == 2
    assert (tmp_path / "rendered").read_text().splitlines() == ["1 /az/", "2 /az/"]


def test_processes_that_ask_at_once_have_a_page_rendered_once_in_each_generation(
    keepers: list[Keeper], database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memorial.reading.page_cache.folder.PATIENCE", 60.0)
    rounds, processes = 6, multiprocessing.get_context("fork")
    together = processes.Barrier(3)

    def serve(number: int) -> None:
        keeper = Keeper(keepers[0].generation, keepers[0].folder, Memory())
        counted = Counted(plainly, tmp_path / "rendered")
        with counted.hearing():
            for mark in range(rounds):
                if number == 0:
                    database.mark = (mark + 2, mark)
                    keeper.generation.renew()
                together.wait(60)
                threads = [threading.Thread(target=keeper.fill, args=(ASKED, asking(counted))) for _ in range(4)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                together.wait(60)

    serving = [processes.Process(target=serve, args=(number,)) for number in range(3)]
    for process in serving:
        process.start()
    for process in serving:
        process.join(120)
    assert [process.exitcode for process in serving] == [0, 0, 0]
    rendered = Counter((tmp_path / "rendered").read_text().splitlines())
    assert len(rendered) >= rounds
    assert set(rendered.values()) == {1}


@pytest.mark.parametrize(
    "django",
    [
        Django(status=404),
        Django(status=302),
        Django(headers=(*HTML, ("Set-Cookie", "a=b"))),
        Django(headers=(*HTML, ("Cache-Control", "private"))),
        Django(headers=(*HTML, ("Vary", "Accept-Language"))),
    ],
    ids=["missing", "elsewhere", "cookie", "private", "by language"],
)
def test_what_is_not_for_everybody_is_not_kept(keepers: list[Keeper], django: Django) -> None:
    for times in (1, 2):
        assert isinstance(keepers[0].fill(ASKED, django), Answer)
        assert django.times == times


def test_a_page_that_has_not_changed_is_one_file_in_several_generations(
    keepers: list[Keeper], database: Database
) -> None:
    def same(question: Question) -> Answer:
        return Answer(200, HTML, BODY)

    keepers[0].fill(ASKED, same)
    database.mark = (2, 3)
    keepers[0].generation.renew()
    keepers[0].fill(ASKED, same)
    first, second = (next(keepers[0].folder.path.glob(f"{number}/*")) for number in (1, 2))
    assert first.samefile(second)
    shutil.rmtree(first.parent)  # and it outlives the first
    keepers[1].fill(ASKED, Django(status=500))
    page = keepers[1].look("memorial.test", "/az/", "")
    assert page is not None
    assert (page.generation, page.variant(b"").body) == (2, BODY)


def test_a_page_that_is_asked_for_often_is_pressed_for_all_processes(keepers: list[Keeper]) -> None:
    def long(question: Question) -> Answer:
        return Answer(200, HTML, LONG)

    page = keepers[0].fill(ASKED, long)
    assert isinstance(page, KeptPage)
    for keeper in keepers:
        keeper.fill(ASKED, long)
        keeper.press.start()
    for keeper in keepers:
        deadline = time.monotonic() + 20
        while (found := keeper.look("memorial.test", "/az/", "")) is None or not found.is_pressed:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        assert brotli.decompress(found.variant(b"br").body) == LONG
    written = keepers[0].folder.get(page.generation, ASKED.key)
    assert written is not None
    assert written.is_pressed


def test_a_page_that_is_pressed_too_late_is_not_kept(keepers: list[Keeper], database: Database) -> None:
    first = keepers[0].fill(ASKED, Django())
    assert isinstance(first, KeptPage)
    database.mark = (2, 3)
    keepers[0].generation.renew()
    keepers[0].fill(ASKED, Django())
    newer = keepers[0].look("memorial.test", "/az/", "")
    keepers[0].keep_pressed(ASKED, first)
    assert keepers[0].look("memorial.test", "/az/", "") is newer


def test_memory_is_bounded() -> None:
    memory = Memory(most=50_000)
    for number in range(100):
        memory.put(str(number), make(1, HTML, bytes(f"{number} ", "ascii") * 2000, modified=0))
    assert memory.size <= 50_000
    assert memory.get("99") is not None
    assert memory.get("0") is None


# -- What is asked for ----------------------------------------------------------------------------------------------
def test_only_declared_parameters_make_another_page() -> None:
    names = frozenset(("page", "year"))
    assert canonical_query("utm_source=mail&year=2024&page=2", names) == "page=2&year=2024"
    assert canonical_query("page=2&year=2024&fbclid=1", names) == "page=2&year=2024"
    assert canonical_query("utm_source=mail", names) == ""
    assert canonical_query("page=" + "2" * 600, names) is None
    assert canonical_query("&".join(["page=1"] * 50), names) is None


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/az/", set()),
        ("/az/statements/", {"page", "issuer", "occasion", "event", "year", "older", "newer"}),
        ("/az/search/", None),
        ("/az/follow/", None),
        ("/", None),
        ("/admin/", None),
        ("/healthz", None),
        ("/%61z/", None),
        ("/nothing/at/all", None),
    ],
)
def test_a_view_says_whether_its_page_is_kept(path: str, parameters: set[str] | None) -> None:
    found = parameters_of(path)
    assert found == parameters


@pytest.mark.django_db
def test_a_kept_page_sees_no_parameter_that_it_does_not_declare(client: Client) -> None:
    plain = client.get("/az/statements/").content
    assert client.get("/az/statements/?utm_source=mail&fbclid=1").content == plain
