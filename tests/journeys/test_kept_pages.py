"""Readers ask all the time while an editor publishes: nobody is answered with what stood there before."""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.living_site import LivingSite
from tests.journeys.publications import Publisher, reading_titles

PUBLICATIONS = 12


@pytest.mark.parametrize("system", ["sqlite", "postgresql"])
def test_nobody_sees_what_stood_there_before_a_publication(
    living_site: Callable[[str], LivingSite], system: str
) -> None:
    site = living_site(system)
    site.start()
    path = f"/az/statements/{site.statement['sid']}/{site.statement['slug']}/"
    publisher = Publisher(site)
    published: list[tuple[float, int]] = []
    try:
        publisher.publish("Nəşr 0")
        with reading_titles(site, path) as seen:
            for number in range(1, PUBLICATIONS + 1):
                publisher.publish(f"Nəşr {number}")
                published.append((time.monotonic(), number))
                time.sleep(0.2)
    finally:
        publisher.leave()
    assert seen.failures == []
    assert seen.old(published) == []
    # The pages were kept: there were far more answers than could have been rendered for each.
    assert len(seen.pages) > 20 * PUBLICATIONS
    assert {shown for _, shown in seen.pages} >= set(range(1, PUBLICATIONS))


@pytest.fixture(scope="module")
def site(patterns: Any) -> Iterator[LivingSite]:
    """A site that serves those who misbehave."""
    made: LivingSite = patterns.copy("sqlite")
    made.start()
    yield made
    made.stop()


def test_slow_clients_keep_nobody_waiting(site: LivingSite) -> None:
    heads = [b"GET /az/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", b"POST /az/follow/ HTTP/1.1\r\nHost: 127.0.0.1:"]
    heads[1] += (
        b"%d\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\nemail=" % site.port
    )
    slow = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(80)]
    try:
        for place, client in enumerate(slow):
            client.sendall(heads[place % 2])
        time.sleep(0.3)
        for path in ("/az/", "/az/search/?q=bu", "/admin/login/", "/healthz"):
            started = time.monotonic()
            assert site.get(path)[0] == 200
            assert time.monotonic() - started < 10  # a thread that waited for the slow ones would take longer
    finally:
        for client in slow:
            client.close()


def _raw(site: LivingSite, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as client:
        client.sendall(request)
        client.settimeout(20)
        answer = b""
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            while piece := client.recv(65536):
                answer += piece
    return answer


def test_what_is_not_http_or_not_for_this_site_is_refused(site: LivingSite) -> None:
    host = b"Host: 127.0.0.1:%d\r\n" % site.port
    close = b"Connection: close\r\n\r\n"
    assert site.get("/az/")[0] == 200  # kept from now on
    for request, status in (
        (b"GET /az/ HTTP/1.1\r\n" + host + close, b"200"),
        (b"GET /az/ HTTP/1.1\r\nHost: elsewhere.example\r\n" + close, b"400"),
        (b"GET /az/ HTTP/1.1\r\n" + host + b"Host: elsewhere.example\r\n" + close, b"400"),
        (b"GET /az/ HTTP/1.1\r\n" + host + b"X-Long: " + b"a" * 40_000 + b"\r\n" + close, b"431"),
        (
            b"POST /az/follow/ HTTP/1.1\r\n" + host + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n" + close,
            b"400",
        ),
        (b"POST /az/follow/ HTTP/1.1\r\n" + host + b"Content-Length: 999999999999\r\n" + close, b"413"),
    ):
        assert _raw(site, request).split(b" ", 2)[1:2] == [status], request[:80]


def test_a_forged_header_is_not_believed(site: LivingSite) -> None:
    host = b"Host: 127.0.0.1:%d\r\n" % site.port
    plain = _raw(site, b"GET /api/v1/statements HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n")
    forged = _raw(
        site,
        b"GET /api/v1/statements HTTP/1.1\r\n" + host
        + b"X_Forwarded_Proto: https\r\nX_Forwarded_Host: elsewhere.example\r\nConnection: close\r\n\r\n",
    )  # fmt: skip
    assert b"elsewhere" not in forged
    assert b"Strict-Transport" not in forged.title()
    assert plain.split(b"\r\n\r\n")[1] == forged.split(b"\r\n\r\n")[1]


def test_pages_are_kept_unless_the_operator_says_otherwise(
    living_site: Callable[[str], LivingSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = living_site("sqlite")
    asked = b"GET /az/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    for wish, is_kept in (("true", True), ("false", False)):
        monkeypatch.setenv("KEEP_PAGES", wish)
        site.start()
        head = _raw(site, asked).split(b"\r\n\r\n")[0].lower()
        assert head.startswith(b"http/1.1 200")
        assert (b"content-encoding: gzip" in head) == is_kept
        site.stop()
