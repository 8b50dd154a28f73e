"""Readers ask nginx all the time while an editor publishes, a moment comes, or the application stops: nothing old."""

import http.client
import math
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from memorial.reading.page_cache.generation import LEASE
from tests.browser import require
from tests.journeys.front import Front
from tests.journeys.living_site import LivingSite
from tests.journeys.publications import Publisher, reading_titles
from tests.servers.nginx import Nginx, is_installed

PUBLICATIONS = 12


@pytest.fixture
def front(living_site: Callable[[str], LivingSite], after_set_up: Path) -> Iterator[Front]:
    """A site with one statement, not started."""
    if not is_installed():
        require("nginx", "nginx-light libnginx-mod-http-brotli-static")
    made = Front(living_site("sqlite"), Nginx(), after_set_up / "static")
    yield made
    made.stop()


def path_of(front: Front) -> str:
    return f"/az/statements/{front.site.statement['sid']}/{front.site.statement['slug']}/"


def from_the_folder(front: Front) -> int:
    """How many answers were given without asking the application, by nginx's log."""
    time.sleep(1.5)  # it writes once a second
    return sum(line.endswith(" -") and " 200 " in line for line in front.nginx.requests)


def test_nobody_sees_what_stood_there_before_a_publication(front: Front) -> None:
    front.start()
    publisher = Publisher(front.site)
    published: list[tuple[float, int]] = []
    try:
        publisher.publish("Nəşr 0")
        with reading_titles(replace(front.site, port=front.nginx.port), path_of(front)) as seen:
            for number in range(1, PUBLICATIONS + 1):
                publisher.publish(f"Nəşr {number}")
                published.append((time.monotonic(), number))
                time.sleep(0.2)
    finally:
        publisher.leave()
    assert seen.failures == []
    assert seen.old(published) == []
    assert {shown for _, shown in seen.pages} >= set(range(1, PUBLICATIONS))
    # The application made each page a few times at most, and nginx gave it.
    assert from_the_folder(front) > 0.5 * len(seen.pages)
    assert len(seen.pages) > 10 * PUBLICATIONS


def test_nobody_sees_what_stood_there_before_a_moment_that_was_set(front: Front) -> None:
    front.start()
    publisher = Publisher(front.site)
    since = time.time() - time.monotonic()
    try:
        publisher.publish("Nəşr 0")  # the slow one: from now on everything that publishing takes is loaded
        moments = [math.ceil(time.time()) + 8.4, math.ceil(time.time()) + 11]
        for number, at in enumerate(moments, start=1):
            publisher.publish(f"Nəşr {number}@{at}")
    finally:
        publisher.leave()
    assert time.time() < moments[0] - 2, "the machine was too slow to schedule anything"
    with reading_titles(replace(front.site, port=front.nginx.port), path_of(front)) as seen:
        time.sleep(moments[-1] + 2 - time.time())
    assert seen.failures == []
    for number, at in enumerate(moments, start=1):
        after = [shown for asked, shown in seen.pages if asked + since > at]
        assert min(after) >= number
        assert [shown for asked, shown in seen.pages if asked + since < at - 1 and shown >= number] == []
    assert from_the_folder(front) > 0.5 * len(seen.pages)


def test_pages_end_with_the_application(front: Front) -> None:
    front.start()
    path = path_of(front)
    deadline = time.monotonic() + 20
    while not front.is_from_the_folder(page := front.get(path)):
        assert time.monotonic() < deadline, "the page is never answered from the folder"
        time.sleep(0.05)
    assert front.site.server is not None
    # For a moment nobody notices that it does nothing ...
    os.killpg(front.site.server.pid, signal.SIGSTOP)
    try:
        again = front.get(path)
        assert (again.body, front.is_from_the_folder(again)) == (page.body, True)
        # ... but it cannot say any more that nothing has changed.
        time.sleep(LEASE + 1)
        connection = http.client.HTTPConnection("127.0.0.1", front.nginx.port, timeout=1)
        connection.request("GET", path)
        with pytest.raises(TimeoutError):
            connection.getresponse()
        connection.close()
    finally:
        os.killpg(front.site.server.pid, signal.SIGCONT)
    assert front.get(path).body == page.body
    while not front.is_from_the_folder(front.get(path)):
        time.sleep(0.05)
    front.site.kill()
    killed, statuses = time.monotonic(), []
    while time.monotonic() < killed + LEASE + 1:
        statuses.append(front.get(path).status)
        time.sleep(0.1)
    assert (statuses[0], statuses[-1]) == (200, 502)
    assert re.fullmatch("(200)+(502)+", "".join(map(str, statuses)))
