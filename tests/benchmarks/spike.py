"""The hard day: nothing is kept yet, everybody comes at once, and something is published all the time.

Connections that never rest ask for pages of statements in four languages, while once a second a text is saved and
published under another title, or the one published last is withdrawn under a notice. Whoever asks after the publisher
was answered must see it. Then the same crowd reads undisturbed, to compare with; and at the end one text is removed and
one language retired: none of these pages may be answered after that.
"""

import asyncio
import contextlib
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import uvloop

from .arrangements.applications import Kept
from .arrangements.served import ROOT, running
from .crowd import Crowd, Seen
from .demonstration import Archive, Page
from .load import LoadFailed
from .sizes import LANGUAGES, markdown

PAGES, CONNECTIONS, EVERY = 50, 500, 1.0
# One publication in so many is a withdrawal.
WITHDRAWN = 4
MB = 1_000_000


@dataclass
class Day:
    """What the day showed."""

    disturbed: Seen
    undisturbed: Seen
    publications: int
    publishing: list[float]  # how long each took, seconds
    renders: Counter[tuple[str, str]]  # by generation and page
    pages: int
    memory: int  # the most, in bytes
    still_answered: list[str]  # pages that were removed, or are of the retired language
    withdrawals: int = 0
    load: float = 0.0

    @property
    def renders_a_page_a_publication(self) -> float:
        """Renders of each page for each state of the site: one, if all of them were asked for in each."""
        return self.renders.total() / (self.pages * (self.publications + 1))

    @property
    def most_renders(self) -> int:
        """How often the same page was rendered in one generation, at most."""
        return max((count for (number, _), count in self.renders.items() if number != "0"), default=0)

    def faults(self) -> list[str]:
        """Return what must not happen on any machine, however slow."""
        found = [
            f"{words}: {count}" for seen in (self.disturbed, self.undisturbed) for words, count in seen.errors.items()
        ]
        found += [f"old: {path}, {count} times" for path, count in self.disturbed.old.items()]
        found += [f"still answered: {path}" for path in self.still_answered]
        if not self.most_renders:
            found.append("it was not heard for which generation a page is rendered")
        if self.renders_a_page_a_publication > 1.05:
            found.append(f"renders a page a publication: {self.renders_a_page_a_publication:.2f}")
        return found


@dataclass
class Publisher:
    """The process that publishes (``tests.benchmarks.publisher``)."""

    site: Kept
    process: "asyncio.subprocess.Process" = field(init=False)

    async def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.benchmarks.publisher", cwd=ROOT, env=dict(self.site.environment()),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        await self._answer()

    async def do(self, *words: str) -> float:
        """Have something done; return how long that took."""
        started = time.perf_counter()
        assert self.process.stdin
        self.process.stdin.write(("\t".join(words) + "\n").encode())
        await self._answer()
        return time.perf_counter() - started

    async def _answer(self) -> None:
        assert self.process.stdout
        if not await self.process.stdout.readline():
            raise LoadFailed("The publisher has ended.")

    async def leave(self) -> None:
        """End it."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


def spend(archive: Archive, *, seconds: float, connections: int = CONNECTIONS, every: float = EVERY) -> Day:
    """Spend the day on a copy of an archive; the archive itself stays as it is."""
    folder = archive.folder.with_name(f"{archive.folder.name}-spike")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(archive.folder, folder, ignore=shutil.ignore_patterns("usual*", "arrangements"))
    try:
        copy = replace(archive, folder=folder)
        pages = copy.pages(PAGES)
        site = Kept(folder / "served", archive=copy, wsgi="tests.benchmarks.arrangements.counted:application")
        with running([site]):
            return uvloop.run(_spend(site, pages, seconds, connections, every))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _spend(site: Kept, pages: list[Page], seconds: float, connections: int, every: float) -> Day:
    crowd = Crowd(site.port, [page.path for page in pages], connections)
    publisher = Publisher(site)
    took: list[float] = []
    most = withdrawals = 0
    await publisher.start()

    async def publish() -> None:
        nonlocal withdrawals
        number, page = 0, pages[0]
        while not crowd.is_over:
            await asyncio.sleep(max(every - (took[-1] if took else 0), 0))
            number += 1
            is_withdrawal = number % WITHDRAWN == 0
            page = page if is_withdrawal else pages[number * 7 % len(pages)]
            took.append(await publisher.do("withdraw" if is_withdrawal else "publish", *_text(page), f"Nəşr {number}"))
            crowd.newest[page.path] = number
            withdrawals += is_withdrawal

    async def watch() -> None:
        nonlocal most
        while not crowd.is_over:
            most = max(most, site.pss())
            await asyncio.sleep(1)

    try:
        reading = asyncio.ensure_future(crowd.read(seconds))
        others = [asyncio.ensure_future(publish()), asyncio.ensure_future(watch())]
        disturbed = await reading
        await asyncio.gather(*others)
        renders = _renders(site.folder / "rendered", {page.path for page in pages})
        undisturbed = await crowd.read(min(seconds, 20))
        await publisher.do("remove", *_text(pages[0]), "Səhvən dərc edilib.")
        await publisher.do("retire", LANGUAGES[-1])
        gone = [page.path for page in pages if page == pages[0] or page.path.startswith(f"/{LANGUAGES[-1]}/")]
        still = [path for _ in range(4) for path in gone if await asyncio.to_thread(_status, site, path) == 200]
    finally:
        await publisher.leave()
    return Day(disturbed, undisturbed, len(took), took, renders, len(pages), most, still, withdrawals)


def _text(page: Page) -> tuple[str, str]:
    """Return whose text a page shows, and in which language."""
    _, language, _, sid, *_ = page.path.split("/")
    return sid, language


def _status(site: Kept, path: str) -> int:
    return site.get(path).status


def _renders(file: Path, paths: set[str]) -> Counter[tuple[str, str]]:
    lines = (line.split(" ", 1) for line in file.read_text().splitlines())
    return Counter((number, path) for number, path in lines if path in paths)


def written(day: Day) -> str:
    """Return what the day showed, in Markdown."""
    seen, quiet = day.disturbed, day.undisturbed
    took = sorted(day.publishing)
    rows = [
        ["the hard day", "measured", "goal"],
        ["connections answered for, seconds", f"{seen.seconds:.0f}", ""],
        ["answers", f"{len(seen.waited):,}", ""],
        ["errors", f"{seen.errors.total()}", "0"],
        ["old answers after a publication or a withdrawal", f"{seen.old.total()}", "0"],
        ["answers after a text was removed and a language retired", f"{len(day.still_answered)}", "0"],
        ["publications, of these withdrawals", f"{day.publications}, {day.withdrawals}", ""],
        ["a publication takes, s, median / longest", f"{took[len(took) // 2]:.2f} / {took[-1]:.2f}", ""],
        ["renders a page a publication", f"{day.renders_a_page_a_publication:.2f}", "<= 1"],
        ["renders of one page in one generation, at most", f"{day.most_renders}", "1"],
        ["answers in a second", f"{seen.rate:,.0f}", ""],
        ["... undisturbed", f"{quiet.rate:,.0f}", ""],
        ["... of the undisturbed rate", f"{seen.rate / quiet.rate:.2f}", ">= 0.35"],
        ["p50 / p99 / longest, ms", f"{seen.at(0.5):.0f} / {seen.at(0.99):.0f} / {seen.at(1):.0f}", "p99 <= 500"],
        ["... undisturbed", f"{quiet.at(0.5):.0f} / {quiet.at(0.99):.0f} / {quiet.at(1):.0f}", ""],
        ["memory of all its processes (PSS), MB", f"{day.memory / MB:.0f}", "< 300"],
    ]  # fmt: skip
    return markdown(rows)
