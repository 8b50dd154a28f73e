"""Kept pages as files for a server in front: under the present second only, and never an old one."""

import gzip
import shutil
import stat
import time
from pathlib import Path

import brotli
import pytest

from memorial.reading.page_cache.front import Front
from memorial.reading.page_cache.generation import Present
from memorial.reading.page_cache.page import KeptPage, make, press
from memorial.reading.page_cache.question import Question

HTML = (("Content-Type", "text/html; charset=utf-8"),)
BODY = "<p>Bəyanat. Заявление. بیانیه.</p>".encode() * 40
MODIFIED = 1_700_000_000


def present(number: int, *, lasts: float = 5.0, release: int = 1) -> Present:
    now = time.time()
    return Present(number, now + lasts, now + 60, now, int(now), release, (number, number))


def a_page(number: int, body: bytes = BODY, headers: tuple[tuple[str, str], ...] = HTML) -> KeptPage:
    return make(number, headers, body, modified=MODIFIED)


def asked(path: str = "/az/statements/", *, host: str = "memorial.test", query: str = "") -> Question:
    return Question(host, path, query)


@pytest.fixture
def front(tmp_path: Path) -> Front:
    return Front(tmp_path / "front", "memorial.test")


def shown(front: Front, second: float | None = None) -> Path:
    """Where a server in front looks in a second."""
    return front.path / "now" / str(int(time.time() if second is None else second)) / "memorial.test"


def test_a_page_is_found_under_each_second_of_the_lease(front: Front) -> None:
    front.put(1, asked(), a_page(7))
    assert not shown(front).exists()
    now = time.time()
    front.point(present(7))
    for second in range(int(now), int(now + 5)):
        assert (shown(front, second) / "az/statements/index.html").read_bytes() == BODY
    assert not shown(front, now + 6).exists()


def test_a_page_is_there_in_each_encoding_with_the_time_of_its_version(front: Front) -> None:
    front.put(1, asked(), a_page(7))
    front.point(present(7))
    place = shown(front) / "az/statements"
    assert brotli.decompress((place / "index.html.br").read_bytes()) == BODY
    assert gzip.decompress((place / "index.html.gz").read_bytes()) == BODY
    assert {each.stat().st_mtime for each in place.iterdir()} == {MODIFIED}
    assert {stat.S_IMODE(each.stat().st_mode) for each in place.iterdir()} == {0o644}
    assert stat.S_IMODE(place.stat().st_mode) == 0o755


def test_the_next_generation_begins_with_nothing_in_every_second(front: Front) -> None:
    front.put(1, asked(), a_page(7))
    front.point(present(7))
    now = time.time()
    front.point(present(8))
    for second in range(int(now) - 1, int(now) + 8):
        assert not shown(front, second).exists()
    front.put(1, asked(), a_page(7, b"late" + BODY))  # begun before the change, written after it
    assert not shown(front).exists()
    front.put(1, asked(), a_page(8, b"new" + BODY))
    assert (shown(front) / "az/statements/index.html").read_bytes().startswith(b"new")


def test_a_page_that_has_not_changed_is_the_same_files(front: Front) -> None:
    before = a_page(7)
    front.put(1, asked(), before)
    same, other = (make(8, HTML, body, modified=MODIFIED + 9, before=before) for body in (BODY, BODY + b"."))
    front.put(1, asked(), same, before)
    front.put(1, asked("/az/other/"), other, before)
    front.point(present(8))
    place = shown(front) / "az/statements"
    for each in place.iterdir():
        assert each.samefile(front.path / "pages/1-7/memorial.test/az/statements" / each.name)
    assert len(list(place.iterdir())) == 3
    assert (shown(front) / "az/other/index.html").read_bytes() == BODY + b"."
    # A smaller one takes their place here, and leaves those of the generation before alone.
    front.put(1, asked(), press(same))
    assert brotli.decompress((place / "index.html.br").read_bytes()) == BODY
    assert not (place / "index.html.br").samefile(front.path / "pages/1-7/memorial.test/az/statements/index.html.br")
    shutil.rmtree(front.path / "pages/1-7")
    front.put(1, asked(), same, before)  # nothing is left to be linked
    assert (place / "index.html").read_bytes() == BODY


def test_an_ended_generation_is_shown_in_no_second(front: Front) -> None:
    front.put(1, asked(), a_page(7))
    front.point(present(7))
    front.point(Present(8, 0.0, 0.0, time.time(), int(time.time()), 1, (7, 7)))
    assert list((front.path / "now").iterdir()) == []


def test_the_second_in_which_something_is_due_is_left_to_the_application(front: Front) -> None:
    due = int(time.time()) + 2.5
    front.put(1, asked(), a_page(7))
    front.point(Present(7, due, due, time.time(), int(time.time()), 1, (7, 7)))
    assert shown(front).exists()
    assert not shown(front, due).exists()


def test_passed_seconds_are_cleared_away(front: Front) -> None:
    front.point(present(7))
    (front.path / "now" / str(int(time.time()) - 30)).symlink_to("../pages/1-7")
    front.point(present(7))
    assert min(int(link.name) for link in (front.path / "now").iterdir()) >= int(time.time()) - 1


@pytest.mark.parametrize(
    ("question", "headers"),
    [
        (asked(query="older=3"), HTML),
        (asked("/az/statements.json"), HTML),
        (asked("/az/feed/"), (("Content-Type", "application/atom+xml"),)),
        (asked(host="elsewhere.test"), HTML),
        (asked("/az/../../etc/"), HTML),
        (asked("/az/%2e%2e/%2e%2e/"), HTML),
    ],
)
def test_what_is_no_page_of_this_site_is_not_written(
    front: Front, question: Question, headers: tuple[tuple[str, str], ...]
) -> None:
    front.put(1, question, a_page(7, headers=headers))
    assert not (front.path / "pages").exists()


def test_what_earlier_generations_and_releases_left_is_deleted(front: Front) -> None:
    for release, number in ((1, 4), (1, 9), (2, 10), (2, 11), (2, 12)):
        front.put(release, asked(), a_page(number))
    front.forget_before(present(11, release=2))
    assert sorted(each.name for each in (front.path / "pages").iterdir()) == ["2-10", "2-11", "2-12"]


def test_a_folder_that_cannot_be_written_stops_nobody(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    front.path.write_text("a file in its place")
    front.put(1, asked(), a_page(7))
    front.point(present(7))
    assert "cannot be changed" in caplog.text
