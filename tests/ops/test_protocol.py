"""A connection of the server: pages that are ready, pages that are being made, and what is not kept, in their order."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from memorial.ops.server.making import Making
from memorial.ops.server.protocol import protocol_for
from memorial.reading.page_cache.page import KeptPage, make
from memorial.reading.page_cache.question import Answer, Question

PLAIN = [("Content-Type", "text/plain; charset=utf-8")]


@dataclass
class Pages:
    """A keeper whose pages are made when ``go`` is set; nothing under ``/api`` is kept."""

    go: threading.Event = field(default_factory=threading.Event)
    ready: dict[str, KeptPage] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    @property
    def generation(self) -> "Pages":
        return self

    def now(self) -> int:
        return 1

    def look(self, host: str, path: str, query: str) -> KeptPage | None:
        return self.ready.get(path)

    def question(self, host: str, path: str, query: str) -> Question | None:
        return None if path.startswith("/api") else Question(host, path, query)

    def fill(self, question: Question, render: Callable[[Question], Answer]) -> KeptPage | Answer:
        assert self.go.wait(10)
        self.made.append(question.path)
        answer = render(question)
        if answer.status != 200:
            return answer
        self.ready[question.path] = make(1, answer.headers, answer.body, modified=1)
        return self.ready[question.path]


def render(question: Question) -> Answer:
    """What Django would say."""
    if question.path.startswith("/broken"):
        raise RuntimeError("broken")
    status = 404 if question.path.startswith("/gone") else 200
    return Answer(status, PLAIN, question.path.encode())


async def not_kept(scope: Any, receive: Any, send: Any) -> None:
    """What is answered through ASGI."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"3")]})
    await send({"type": "http.response.body", "body": b"api"})


@pytest.fixture
def pages() -> Iterator[Pages]:
    """The keeper; whatever still waits is let go at the end."""
    pages = Pages()
    yield pages
    pages.go.set()


def talk(pages: Pages, *said: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> None:
    """Let clients talk with one server at once."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        config, state = Config(not_kept, ws="none", lifespan="off"), ServerState()
        config.load()
        with ThreadPoolExecutor(2) as threads:
            made: Any = Making(pages, render, threads)  # type: ignore[arg-type]
            protocol = protocol_for(made)
            server = await loop.create_server(lambda: protocol(config, state, {}), "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            try:
                await asyncio.gather(*[one(*await asyncio.open_connection("127.0.0.1", port)) for one in said])
            finally:
                pages.go.set()
                server.close()

    with ThreadPoolExecutor(1) as elsewhere:  # a browser of another test may have an event loop in this thread
        elsewhere.submit(lambda: asyncio.run(asyncio.wait_for(run(), 20))).result()


def get(*paths: str, method: str = "GET", more: str = "") -> bytes:
    """Requests one behind the other, in one packet."""
    return b"".join(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode() for path in paths)


async def answers(
    reader: asyncio.StreamReader, number: int, *, has_body: bool = True
) -> list[tuple[int, bytes, bytes]]:
    """Read so many answers: status, head, body."""
    found = []
    for _ in range(number):
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]) if has_body else 0
        found.append((int(head[9:12]), head, await reader.readexactly(length)))
    return found


def test_requests_in_one_packet_are_answered_in_their_order(pages: Pages) -> None:
    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(get("/a", "/api", "/b", "/a", "/gone", "/api", "/c"))
        await asyncio.sleep(0.1)
        pages.go.set()
        found = await answers(reader, 7)
        assert [body for _, _, body in found] == [b"/a", b"api", b"/b", b"/a", b"/gone", b"api", b"/c"]
        assert [status for status, _, _ in found] == [200, 200, 200, 200, 404, 200, 200]
        writer.write(get("/b"))  # the connection goes on, with what is ready
        assert (await answers(reader, 1))[0][2] == b"/b"

    talk(pages, client)
    assert sorted(pages.made) == ["/a", "/b", "/c", "/gone"]


def test_a_long_row_of_requests_is_answered_to_its_end(pages: Pages) -> None:
    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(get(*["/a"] * 3000))
        await asyncio.sleep(0.1)
        pages.go.set()
        assert {body for _, _, body in await answers(reader, 3000)} == {b"/a"}

    talk(pages, client)
    assert pages.made == ["/a"]


def test_all_who_wait_get_the_page_that_is_made_once_each_in_his_form(pages: Pages) -> None:
    forms: list[tuple[str, str]] = [("GET", ""), ("GET", "Accept-Encoding: br\r\n"), ("HEAD", "")]
    found: dict[tuple[str, str], tuple[int, bytes, bytes]] = {}

    def client(method: str, more: str) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(get("/a", method=method, more=more))
            found[method, more] = (await answers(reader, 1, has_body=method == "GET"))[0]

        return ask

    async def leaves(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(get("/a"))
        writer.close()
        await asyncio.sleep(0.2)
        pages.go.set()

    talk(pages, leaves, *[client(*form) for form in forms])
    assert pages.made == ["/a"]
    assert found[forms[0]][2] == b"/a"
    assert b"content-encoding: br" in found[forms[1]][1].lower()
    assert found[forms[2]][0] == 200


def test_who_has_the_page_already_is_told_so_when_it_has_been_made(pages: Pages) -> None:
    etag = make(1, PLAIN, b"/a", modified=1).variants["gzip"].etag.decode()

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(get("/a", more=f"If-None-Match: {etag}\r\n"))
        pages.go.set()
        assert (await reader.readuntil(b"\r\n\r\n"))[9:12] == b"304"

    talk(pages, client)


def test_a_page_that_cannot_be_made_is_an_error_and_no_end(pages: Pages, caplog: pytest.LogCaptureFixture) -> None:
    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        pages.go.set()
        writer.write(get("/broken"))
        status, head, _ = (await answers(reader, 1))[0]
        assert status == 500
        assert b"no-store" in head
        writer.write(get("/a"))
        assert (await answers(reader, 1))[0][2] == b"/a"

    talk(pages, client)
    assert "a page could not be made" in caplog.text


def test_who_wants_the_connection_closed_gets_it_closed_after_the_answer(pages: Pages) -> None:
    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(get("/a", more="Connection: close\r\n"))
        await asyncio.sleep(0.05)
        pages.go.set()
        assert (await reader.read()).endswith(b"/a")

    talk(pages, client)
