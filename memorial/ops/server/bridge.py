"""From the loop to Django and back: requests are taken in whole, answered in a thread, and sent from the loop.

A thread is busy only while Django works: it waits neither for a client that sends slowly nor for one that reads slowly.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import Executor
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings

from memorial.reading.page_cache.question import Answer, Question

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Environ = dict[str, Any]
WSGI = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

access = logging.getLogger("gunicorn.access")
# What is taken in of a request, in bytes: the largest file of an attachment, several at once, and the form around them.
LONGEST_BODY = 128 * 1024 * 1024
# What stays in memory of a body or an answer; the rest waits on disk.
IN_MEMORY = 512 * 1024
# How long a client may send nothing of a body that it has announced.
BODY_SECONDS = 20.0
PIECE = 64 * 1024


class Refused(Exception):
    """A request that Django is not asked about."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Bridge:
    """An ASGI application around a WSGI one."""

    def __init__(self, application: WSGI, threads: Executor) -> None:
        self.application, self.threads = application, threads
        site = urlsplit(settings.SITE_URL)
        self._own = {
            "SCRIPT_NAME": "",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": site.hostname or "localhost",
            "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
            "wsgi.version": (1, 0),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            "wsgi.url_scheme": site.scheme,
        }

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        started, sent = time.perf_counter(), _Sent(send)
        try:
            await self._answer(scope, receive, sent)
        except Refused as refused:
            await _send_refusal(sent, refused.status)
        finally:
            if access.isEnabledFor(logging.INFO) and sent.status:
                passed = int((time.perf_counter() - started) * 1_000_000)
                access.info("%s %s %s %s %s", scope["method"], scope["path"], sent.status, sent.size, passed)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        if sum(name == b"host" for name, _ in headers) > 1:
            raise Refused(HTTPStatus.BAD_REQUEST)
        with SpooledTemporaryFile(IN_MEMORY) as body, SpooledTemporaryFile(IN_MEMORY) as written:
            length = await _take_in(receive, headers, body)
            environ = self._environ(scope, headers, body, length)
            loop = asyncio.get_running_loop()
            status, said = await loop.run_in_executor(self.threads, self._respond, environ, written)
            await _send_written(send, status, said, written, is_empty=scope["method"] == "HEAD")

    # -- A page for everybody ----------------------------------------------------------------------------------

    def render(self, question: Question) -> Answer:
        """Ask Django for a page, in the thread of the caller, without anything of whoever asks."""
        with SpooledTemporaryFile(IN_MEMORY) as body, SpooledTemporaryFile(IN_MEMORY) as written:
            environ = {
                **self._own,
                "REQUEST_METHOD": "GET",
                "PATH_INFO": unquote_to_bytes(question.path).decode("latin-1"),
                "QUERY_STRING": question.query,
                "HTTP_HOST": question.host,
                "REMOTE_ADDR": "127.0.0.1",
                "wsgi.input": body,
            }
            status, headers = self._respond(environ, written)
            return Answer(status, headers, written.read())

    # -- Everything else -----------------------------------------------------------------------------------------------

    def _environ(self, scope: Message, headers: list[tuple[bytes, bytes]], body: IO[bytes], length: int) -> Environ:
        environ = {
            **self._own,
            "REQUEST_METHOD": scope["method"],
            "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
            "QUERY_STRING": scope["query_string"].decode("latin-1"),
            "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
            "REMOTE_ADDR": scope["client"][0] if scope.get("client") else "",
            "CONTENT_LENGTH": str(length),
            "wsgi.url_scheme": scope["scheme"],
            "wsgi.input": body,
        }
        for name, value in headers:
            text = value.decode("latin-1")
            if name == b"content-type":
                environ["CONTENT_TYPE"] = text
            elif name not in (b"content-length", b"transfer-encoding"):
                key = "HTTP_" + str(name, "latin-1").upper().replace("-", "_")
                joint = "; " if name == b"cookie" else ","
                environ[key] = f"{environ[key]}{joint}{text}" if key in environ else text
        return environ

    def _respond(self, environ: Environ, written: IO[bytes]) -> tuple[int, list[tuple[str, str]]]:
        """Ask Django, in a thread; leave the body in ``written``, at its beginning."""
        said: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[..., Any]:
            said[:] = int(status.split(" ", 1)[0]), headers
            return written.write

        pieces = self.application(environ, start_response)
        try:
            for piece in pieces:
                written.write(piece)
        finally:
            if close := getattr(pieces, "close", None):
                close()
        written.seek(0)
        return said[0], said[1]


class _Sent:
    """What was sent, for the log."""

    def __init__(self, send: Send) -> None:
        self.send, self.status, self.size = send, 0, 0

    async def __call__(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.size += len(message.get("body", b""))
        await self.send(message)


async def _take_in(receive: Receive, headers: list[tuple[bytes, bytes]], body: IO[bytes]) -> int:
    length = 0
    announced = dict(headers).get(b"content-length", b"0")
    if announced.isdigit() and int(announced) > LONGEST_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    is_more = True
    while is_more:
        try:
            message = await asyncio.wait_for(receive(), BODY_SECONDS)
        except TimeoutError:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT) from None
        if message["type"] == "http.disconnect":
            raise Refused(HTTPStatus.BAD_REQUEST)
        length += len(message.get("body", b""))
        if length > LONGEST_BODY:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body.write(message.get("body", b""))
        is_more = message.get("more_body", False)
    body.seek(0)
    return length


async def _send_written(
    send: Send, status: int, headers: list[tuple[str, str]], written: IO[bytes], *, is_empty: bool
) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _raw(headers)})
    while not is_empty and (piece := written.read(PIECE)):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _send_refusal(send: Send, status: HTTPStatus) -> None:
    body = f"{status.phrase}\n".encode()
    headers = [
        (b"content-type", b"text/plain"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _raw(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
