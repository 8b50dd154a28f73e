"""Somebody who publishes, many who read meanwhile, and whether anybody was shown what stood there before."""

import contextlib
import http.client
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.journeys.living_site import ROOT, LivingSite

READERS = 4


class Publisher:
    """A process of its own, as the desk's worker is one."""

    def __init__(self, site: LivingSite) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.publisher"], cwd=ROOT, env=site.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._line() == "ready"

    def publish(self, title: str) -> None:
        """Publish, and return when it is done."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{title}\n")
        self.process.stdin.flush()
        assert float(self._line())

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line, "the publisher has ended"
        return line

    def leave(self) -> None:
        """Go home."""
        self.process.kill()
        self.process.wait(10)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


@dataclass
class Seen:
    """What readers were shown: when each asked, and the number in the title of the page."""

    pages: list[tuple[float, int]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def old(self, published: list[tuple[float, int]]) -> list[tuple[int, int]]:
        """What was shown to whoever asked after a later number had been published, beside that number."""
        return [(shown, number) for asked, shown in self.pages for moment, number in published
                if asked > moment and shown < number]  # fmt: skip


@contextlib.contextmanager
def reading_titles(site: LivingSite, path: str) -> Iterator[Seen]:
    """Readers on connections that stay open, as many as there are workers and more."""
    seen, is_over = Seen(), threading.Event()

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
        while not is_over.is_set():
            asked = time.monotonic()
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                page = answer.read().decode()
            except (OSError, http.client.HTTPException) as error:
                seen.failures.append(repr(error))
                connection.close()
                continue
            found = re.search(r"<h1[^>]*>\s*Nəşr (\d+)", page)
            if answer.status != 200 or found is None:
                seen.failures.append(f"{answer.status}: {page[:200]}")
            else:
                seen.pages.append((asked, int(found[1])))
            time.sleep(0.001)

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        is_over.set()
        for thread in threads:
            thread.join(30)
