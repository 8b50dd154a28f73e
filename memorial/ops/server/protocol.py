"""HTTP as uvicorn speaks it, with kept pages answered before any task is made, and bounds on what a client may send."""

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from memorial.reading.page_cache.page import KeptPage

from .asked import is_about_one_reader, wants_body_unchanged

if TYPE_CHECKING:
    from memorial.reading.page_cache.keeper import Keeper

# What a request line with its headers may take, in bytes, and how many seconds until they are all there.
LONGEST_HEAD = 32 * 1024
HEAD_SECONDS = 15.0
# How long a worker that stops keeps idle connections, for a request that may be under way already.
LINGER = 2.0


class ReadersProtocol(HttpToolsProtocol):
    """One connection. ``keeper`` has the pages that are ready; None where none are kept."""

    keeper: "Keeper | None" = None

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
        """Look for a kept page; without one go on as uvicorn does."""
        received, self._is_in_head, self._head_bytes = self._head_bytes, False, 0
        self._forget_head_timer()
        if received > LONGEST_HEAD and self._head_length() > LONGEST_HEAD:
            self._refuse(431)
            self._answer = b""
            return
        if self.keeper is not None and self._is_idle() and not self.pipeline:
            self._answer = self._kept_answer(self.keeper)
            if self._answer is not None:
                return
        super().on_headers_complete()
        if self._is_leaving:
            self.cycle.keep_alive = False

    def _head_length(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

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

    def _kept_answer(self, keeper: "Keeper") -> bytes | None:
        method = self.parser.get_method()
        if method not in (b"GET", b"HEAD"):
            return None
        host, accepted, known = None, b"", b""
        for name, value in self.headers:
            if name == b"host":
                if host is not None:
                    return None
                host = value
            elif name == b"accept-encoding":
                accepted = accepted + b"," + value if accepted else value
            elif name == b"if-none-match":
                known = value
            elif is_about_one_reader(name, value) or wants_body_unchanged(name, value):
                return None
        if host is None:
            return None
        path, _, query = self.url.partition(b"?")
        page = keeper.look(host.decode("latin-1").lower(), path.decode("latin-1"), query.decode("latin-1"))
        return None if page is None else self._bytes(page, method, accepted, known)

    def _bytes(self, page: KeptPage, method: bytes, accepted: bytes, known: bytes) -> bytes:
        variant = page.variant(accepted)
        parts = [variant.head]
        has_it = known and page.is_known(known)
        if has_it:
            parts = [variant.not_modified]
        for name, value in self.server_state.default_headers:
            parts += (name, b": ", value, b"\r\n")
        if self._is_leaving or not self.parser.should_keep_alive():
            parts.append(b"connection: close\r\n")
        parts.append(b"\r\n")
        if not has_it and method == b"GET":
            parts.append(variant.body)
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


def protocol_for(keeper: "Keeper | None") -> type[ReadersProtocol]:
    """Return the protocol with the pages of one process."""
    return type("ReadersProtocol", (ReadersProtocol,), {"keeper": keeper})
