"""HTTP as uvicorn speaks it, with kept pages answered without any task, and bounds on what a client may send."""

import asyncio
import logging
import time
from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from memorial.reading.page_cache.page import KeptPage
from memorial.reading.page_cache.question import Answer

from .asked import Asked, asked_of_everybody
from .making import Making
from .waiting import Waiting

logger, access = logging.getLogger(__name__), logging.getLogger("gunicorn.access")

# What a request line with its headers may take, in bytes, and how many seconds until they are all there.
LONGEST_HEAD = 32 * 1024
HEAD_SECONDS = 15.0
# How long a worker that stops keeps idle connections, for a request that may be under way already.
LINGER = 2.0
FAILED = Answer(500, [("Content-Type", "text/plain"), ("Cache-Control", "no-store")], b"Internal Server Error\n")


class ReadersProtocol(HttpToolsProtocol):
    """One connection. ``making`` has the pages that are ready, and makes the others; None where none are kept."""

    making: Making | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answer: bytes | None = None
        self._is_in_head = False
        self._head_bytes = 0
        self._head_timer: asyncio.TimerHandle | None = None
        self._is_leaving = False

    # -- What a client may do ------------------------------------------------------------------------------------------

    def connection_made(self, transport: Any) -> None:
        """Give a new client some seconds for its first request."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_head_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; a head that grows too long or stays unfinished ends the connection."""
        if self.transport.is_closing():
            return
        if self._is_in_head or self._is_idle():
            self._head_bytes += len(data)
        super().data_received(data)
        if self.parser is None or self.transport.is_closing():
            return
        if self._is_in_head:
            if self._head_bytes > LONGEST_HEAD:
                self._refuse(431)
            elif self._head_timer is None:
                self._await_head()

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._refuse, 408)

    def _forget_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _refuse(self, status: int) -> None:
        if not self.transport.is_closing():
            if self._is_idle():
                self.transport.write(STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n")
            self.transport.close()

    def pause_writing(self) -> None:
        """Read nothing more from a client that does not read."""
        super().pause_writing()
        self.flow.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._is_idle():
            self.flow.resume_reading()

    # -- Kept pages ----------------------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        self._is_in_head = True
        self._answer = None
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Look for a kept page, or wait for one; what is not kept goes on as uvicorn does."""
        received, self._is_in_head, self._head_bytes = self._head_bytes, False, 0
        self._forget_head_timer()
        if received > LONGEST_HEAD and self._head_length() > LONGEST_HEAD:
            self._refuse(431)
            self._answer = b""
            return
        if self.making is not None:
            asked = asked_of_everybody(self.parser.get_method(), self.url, self.headers)
            if asked is not None and self._is_kept(self.making, asked):
                return
        super().on_headers_complete()
        if self._is_leaving:
            self.cycle.keep_alive = False

    def _head_length(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _is_kept(self, making: Making, asked: Asked) -> bool:
        """Have the page ready, or begin to wait for it; say no when there is none that may be kept."""
        keep_alive = not self._is_leaving and self.parser.should_keep_alive()
        is_idle = self._is_idle() and not self.pipeline
        if is_idle:
            page = making.keeper.look(asked.host, asked.path, asked.query)
            if page is not None:
                self._answer = self._bytes(page, asked, keep_alive=keep_alive)
                return True
        question = making.keeper.question(asked.host, asked.path, asked.query)
        if question is None:
            return False
        waiting: Any = Waiting(asked, question, keep_alive=keep_alive)
        self.cycle = waiting
        if is_idle:
            self._start_asgi_task(waiting, self.app)
        else:  # behind another request of the same connection
            self.flow.pause_reading()
            self.pipeline.appendleft((waiting, self.app))
        return True

    def on_message_complete(self) -> None:
        if self._answer is None:
            super().on_message_complete()
            return
        if self.transport.is_closing():
            return
        self.server_state.total_requests += 1
        self.transport.write(self._answer)
        if self._is_leaving or not self.parser.should_keep_alive():
            self.transport.close()
        else:
            self._unset_keepalive_if_required()
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def on_body(self, body: bytes) -> None:
        if self._answer is None:
            super().on_body(body)

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        """Begin a request whose turn it is: uvicorn makes a task of it, one that waits for a page needs none."""
        if not isinstance(cycle, Waiting) or self.making is None:
            super()._start_asgi_task(cycle, app)
            return
        asked = cycle.asked
        page = self.making.keeper.look(asked.host, asked.path, asked.query)
        if page is not None:  # made while this one was behind another; the loop keeps a long row from growing a stack
            self.loop.call_soon(self._give, cycle, page)
        else:
            self.making.page(cycle.question).add_done_callback(partial(self._give_made, cycle))

    def _give_made(self, waiting: Waiting, making: "asyncio.Future[KeptPage | Answer]") -> None:
        if making.cancelled():  # the process ends
            self.transport.close()
        elif error := making.exception():
            logger.error("a page could not be made", exc_info=error)
            self._give(waiting, FAILED)
        else:
            self._give(waiting, making.result())

    def _give(self, waiting: Waiting, made: KeptPage | Answer) -> None:
        """Answer a request that has waited."""
        if self.transport.is_closing():
            return
        if isinstance(made, KeptPage):
            answer = self._bytes(made, waiting.asked, keep_alive=waiting.keep_alive)
        else:
            answer = self._unkept(made, waiting)
        waiting.response_complete = True
        self.transport.write(answer)
        if access.isEnabledFor(logging.INFO):
            status, passed = answer[9:12].decode(), int((time.perf_counter() - waiting.since) * 1_000_000)
            method, size = waiting.asked.method.decode(), len(answer.partition(b"\r\n\r\n")[2])
            access.info("%s %s %s %s %s", method, waiting.asked.path, status, size, passed)
        if not waiting.keep_alive:
            self.transport.close()
        self.on_response_complete()

    def _bytes(self, page: KeptPage, asked: Asked, *, keep_alive: bool) -> bytes:
        variant = page.variant(asked.accepted)
        has_it = asked.known and page.is_known(asked.known)
        is_empty = has_it or asked.method == b"HEAD"
        return self._written(
            variant.not_modified if has_it else variant.head, b"" if is_empty else variant.body, keep_alive=keep_alive
        )

    def _unkept(self, answer: Answer, waiting: Waiting) -> bytes:
        lines = [STATUS_LINE[answer.status]]
        lines += [
            f"{name}: {value}\r\n".encode("latin-1")
            for name, value in answer.headers
            if name.lower() not in ("content-length", "connection")
        ]
        lines.append(b"Content-Length: %d\r\n" % len(answer.body))
        is_empty = waiting.asked.method == b"HEAD"
        return self._written(b"".join(lines), b"" if is_empty else answer.body, keep_alive=waiting.keep_alive)

    def _written(self, head: bytes, body: bytes, *, keep_alive: bool) -> bytes:
        parts = [head]
        for name, value in self.server_state.default_headers:
            parts += (name, b": ", value, b"\r\n")
        if not keep_alive:
            parts.append(b"connection: close\r\n")
        parts += (b"\r\n", body)
        return b"".join(parts)

    # -- Leaving -------------------------------------------------------------------------------------------------------

    def shutdown(self) -> None:
        """Finish what was asked; an idle client may still be sending, so its connection stays open a moment longer."""
        self._is_leaving = True
        if self._is_idle():
            self.loop.call_later(LINGER, self._leave)
        else:
            self.cycle.keep_alive = False

    def _leave(self) -> None:
        if not self.transport.is_closing() and self._is_idle():
            self.transport.close()


def protocol_for(making: Making | None) -> type[ReadersProtocol]:
    """Return the protocol with the pages of one process."""
    return type("ReadersProtocol", (ReadersProtocol,), {"making": making})
