"""A crowd of readers: many connections, each asking for the next page as soon as it has its answer.

One process and one thread on uvloop, which spends some hundredths of a millisecond on an answer: each is looked at, but
a body that has been seen before is known by its ETag.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import brotli

# The title of a publication, or the reason of a withdrawal after it. Every other title is of before the first one.
NUMBER = re.compile(r"<h1[^>]*>\s*Nəşr (\d+)\s*</h1>|<p class=\"reason\">[^<]*Nəşr (\d+)\s*</p>")
_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)", re.IGNORECASE)
_ETAG = re.compile(rb"\r\nETag: ([^\r]+)", re.IGNORECASE)
_BROTLI = re.compile(rb"\r\nContent-Encoding: br\b", re.IGNORECASE)
# How long somebody waits for an answer, in seconds.
PATIENCE = 30.0


@dataclass
class Seen:
    """What the crowd was answered: seconds that each waited, errors by their words, and answers that were old."""

    waited: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    old: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.waited) / self.seconds

    def at(self, share: float) -> float:
        """Return the milliseconds that this share of the answers did not exceed."""
        waited = sorted(self.waited)
        return waited[min(len(waited) - 1, int(len(waited) * share))] * 1000


@dataclass
class Crowd:
    """Readers of some pages. ``newest`` is what each page must show at least to whoever asks from now on."""

    port: int
    paths: Sequence[str]
    connections: int
    newest: dict[str, int] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen)
    is_over: bool = False
    _numbers: dict[tuple[str, bytes], int] = field(default_factory=dict)

    def shown(self, path: str, head: bytes, body: bytes) -> int:
        """Return the number of the publication or withdrawal that a page shows; 0 for what stood there before all."""
        found = _ETAG.search(head)
        key = path, found[1] if found else body
        if key not in self._numbers:
            page = brotli.decompress(body).decode() if _BROTLI.search(head) else body.decode()
            numbers = (title or reason for title, reason in NUMBER.findall(unescape(page)))
            self._numbers[key] = max(map(int, numbers), default=0)
        return self._numbers[key]

    async def read(self, seconds: float) -> Seen:
        """Read for so long, and return what was seen."""
        loop = asyncio.get_running_loop()
        self.seen, self.is_over = Seen(), False
        started = time.perf_counter()
        readers = [_Reader(self, place) for place in range(self.connections)]
        await asyncio.gather(*(loop.create_connection(reader.made, "127.0.0.1", self.port) for reader in readers))
        await asyncio.sleep(seconds)
        self.is_over = True
        self.seen.seconds = time.perf_counter() - started
        deadline = time.perf_counter() + PATIENCE
        while any(reader.waits for reader in readers) and time.perf_counter() < deadline:
            await asyncio.sleep(0.02)
        self.seen.errors["no answer"] += sum(reader.waits for reader in readers)
        self.seen.errors += Counter()  # without what was counted as none
        return self.seen


class _Reader(asyncio.Protocol):
    """One connection."""

    def __init__(self, crowd: Crowd, place: int) -> None:
        self.crowd, self.place = crowd, place
        self.waits = False
        self.received = b""

    def made(self) -> "_Reader":
        """Return itself: what a new connection speaks."""
        return self

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        crowd = self.crowd
        if crowd.is_over:
            self.transport.close()
            return
        self.place += 1
        self.path = crowd.paths[self.place % len(crowd.paths)]
        self.expected = crowd.newest.get(self.path, 0)
        self.asked, self.waits, self.received = time.perf_counter(), True, b""
        self.transport.write(
            f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self.received = self.received + data if self.received else data
        head, separator, body = self.received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head) if separator else None
        if length is None or len(body) < int(length[1]):
            if separator and length is None:
                self._failed("an answer of unknown length")
            return
        seen = self.crowd.seen
        seen.waited.append(time.perf_counter() - self.asked)
        self.waits = False
        if not head.startswith(b"HTTP/1.1 200 "):
            seen.errors[head.split(b"\r\n")[0].decode()] += 1
        elif self.crowd.shown(self.path, head, body) < self.expected:
            seen.old[self.path] += 1
        if b"\r\nconnection: close" in head.lower():
            self.transport.close()
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waits or not self.crowd.is_over:
            self._failed(f"connection lost: {exc!r}")

    def _failed(self, words: str) -> None:
        self.waits = False
        self.crowd.seen.errors[words] += 1
        self.transport.close()
