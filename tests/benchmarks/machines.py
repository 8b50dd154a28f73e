"""Several machines behind a balancer: a crowd on each of them, while something is published on the first every second.

Each has a data folder of its own; all have one PostgreSQL (which waits for no disk) and, where it is installed, one
Redis. Whoever asks any of them after the publisher was answered must see what was published: that is what a publisher
waits for. They share the processors of this machine, so what they answer together is no more than one alone would.
"""

import asyncio
import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from statistics import median

import uvloop

from tests.servers.redis import Redis, is_installed

from .arrangements.applications import Kept
from .arrangements.served import running
from .crowd import Crowd, Seen
from .demonstration import Archive, Page
from .sizes import markdown
from .spike import Publisher

MACHINES, PAGES, CONNECTIONS, EVERY = 3, 50, 300, 1.0
UNDISTURBED = 10.0  # seconds
QUIETLY = 10  # publications while nobody reads


@dataclass
class Shown:
    """What was seen on each machine while something was published, and then; and how long publishing took, seconds.

    ``quietly`` is how long it took while nobody read.
    """

    disturbed: list[Seen]
    undisturbed: list[Seen]
    publishing: list[float]
    quietly: list[float]
    has_redis: bool = False

    def faults(self) -> list[str]:
        """Return what must not happen on any machine, however slow."""
        found = []
        for number, seen in enumerate(self.disturbed, start=1):
            found += [f"machine {number}: old: {path}, {count} times" for path, count in seen.old.items()]
        for seen in (*self.disturbed, *self.undisturbed):
            found += [f"{words}: {count}" for words, count in seen.errors.items()]
        if not self.publishing:
            found.append("nothing was published")
        return found


def spend(folder: Path, statements: int, *, seconds: float, say: Callable[[str], None]) -> Shown:
    """Make the archive and start the machines in a folder that is deleted at the end; return what was seen."""
    from tests.environment import start_postgresql

    shutil.rmtree(folder, ignore_errors=True)
    try:
        archive = Archive(folder / "archive", statements, database=start_postgresql())
        archive.make(say)
        pages = archive.pages(PAGES)
        with _redis() as cache:
            other = {"SECRET_KEY": "k" * 60, **({"CACHE_URL": cache} if cache else {})}
            machines = [Kept(folder / f"machine-{number}", archive=archive, other=other) for number in range(MACHINES)]
            with running(machines):
                shown = uvloop.run(_spend(machines, pages, seconds))
        return replace(shown, has_redis=bool(cache))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _redis() -> Iterator[str]:
    """Where the cache of all machines is; nowhere without a server to start."""
    if not is_installed():
        yield ""
        return
    redis = Redis().start()
    try:
        yield redis.url
    finally:
        redis.stop()


async def _spend(machines: list[Kept], pages: list[Page], seconds: float) -> Shown:
    newest: dict[str, int] = {}  # the same for the crowds of all machines
    each = CONNECTIONS // len(machines)
    crowds = [Crowd(machine.port, [page.path for page in pages], each, newest) for machine in machines]
    publisher, took, quietly, numbers = Publisher(machines[0]), list[float](), list[float](), count(1)
    await publisher.start()

    async def publish(took: list[float]) -> None:
        number = next(numbers)
        page = pages[number * 7 % len(pages)]
        _, language, _, sid, *_ = page.path.split("/")
        took.append(await publisher.do(sid, language, f"Nəşr {number}"))
        newest[page.path] = number

    async def go_on_publishing() -> None:
        while not crowds[0].is_over:
            await asyncio.sleep(max(EVERY - (took[-1] if took else 0), 0))
            await publish(took)

    async def read(seconds: float) -> list[Seen]:
        return list(await asyncio.gather(*(crowd.read(seconds) for crowd in crowds)))

    try:
        reading = asyncio.ensure_future(read(seconds))
        publishing = asyncio.ensure_future(go_on_publishing())
        disturbed = await reading
        await publishing
        undisturbed = await read(UNDISTURBED)
        for _ in range(QUIETLY):
            await publish(quietly)
    finally:
        await publisher.leave()
    return Shown(disturbed, undisturbed, took, quietly)


def written(shown: Shown) -> str:
    """Return what was seen, in Markdown."""
    rows = [["machine", "answers", "errors", "old", "answers/s", "undisturbed", "p50 / p99 / longest, ms"]]
    for number, (seen, quiet) in enumerate(zip(shown.disturbed, shown.undisturbed, strict=True), start=1):
        rows.append([
            f"{number}, where it is published" if number == 1 else f"{number}", f"{len(seen.waited):,}",
            f"{seen.errors.total() + quiet.errors.total()}", f"{seen.old.total()}", f"{seen.rate:,.0f}",
            f"{quiet.rate:,.0f}", f"{seen.at(0.5):.0f} / {seen.at(0.99):.0f} / {seen.at(1):.0f}",
        ])  # fmt: skip
    rows.append(["goal", "", "0", "0", "", "", ""])
    return (
        f"{markdown(rows)}\n{len(shown.publishing)} publications. Until every machine has seen one and the publisher is"
        f" answered: {_median_and_longest(shown.publishing)}, and {_median_and_longest(shown.quietly)} while nobody"
        f" reads. {'One Redis' if shown.has_redis else 'No Redis'}.\n"
    )


def _median_and_longest(took: list[float]) -> str:
    return f"{median(took):.2f} s at the median, {max(took):.2f} at most" if took else "none"
