"""How long it takes from starting the server until the first page is there, compared with an empty Django site.

Both on the same server with as many workers; and ``make run`` on a site that has been set up, everything that it does
once the packages are installed.
"""

import contextlib
import http.client
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from .arrangements.applications import Empty, Kept
from .arrangements.served import BROWSER, LONGEST_START, Arrangement, free_port
from .demonstration import Archive
from .load import LoadFailed
from .sizes import markdown


@dataclass
class MakeRun(Kept):
    """``make run`` without its look at what is installed."""

    name: str = "make run, set up before"

    def command(self) -> Sequence[str]:
        python, *server = super().command()
        does = [f"{python} config/port.py", f"{python} manage.py set_up", f"exec {' '.join([python, *server])}"]
        return ["sh", "-c", " && ".join(does)]


@dataclass
class Started:
    """What each start took: seconds by the clock, and seconds that processors worked."""

    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def measure(archive: Archive, rounds: int) -> dict[str, Started]:
    """Start each in turn, so many times. Raises LoadFailed where no page comes."""
    folder = archive.folder / "arrangements"
    sites: list[tuple[Arrangement, str]] = [
        (Empty(folder / "empty"), "/"),
        (Kept(folder / "start", archive=archive, name="ours"), "/en/"),
        (MakeRun(folder / "make-run", archive=archive), "/en/"),
    ]
    found = {site.name: Started() for site, _ in sites}
    for number in range(rounds + 1):
        for site, path in sites:
            clock, cpu = _once(site, path)
            if number:  # the first start writes what Python keeps of the modules
                found[site.name].clock.append(clock)
                found[site.name].cpu.append(cpu)
    return found


def _once(site: Arrangement, path: str) -> tuple[float, float]:
    site.folder.mkdir(parents=True, exist_ok=True)
    site.port = free_port()
    site.prepare()
    started = time.perf_counter()
    site.launch()
    try:
        while time.perf_counter() - started < LONGEST_START:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if site.get(path, BROWSER).status == 200:
                    return time.perf_counter() - started, site.cpu()
            time.sleep(0.01)
        raise LoadFailed(f"{site.name} has not answered:\n{site.log()}")
    finally:
        site.stop()


def written(found: dict[str, Started]) -> str:
    """Return the table, in Markdown."""
    goals = {"ours": "<= 2.5 times the empty site", MakeRun.name: "<= 5 s"}
    rows = [["from start to first page", "s", "of the empty site", "CPU s", "of the empty site", "goal"]]
    for name, started in found.items():
        clock = [a / b for a, b in zip(started.clock, found[Empty.name].clock, strict=True)]
        cpu = [a / b for a, b in zip(started.cpu, found[Empty.name].cpu, strict=True)]
        rows.append([
            name, f"{median(started.clock):.2f}", f"{median(clock):.2f}", f"{median(started.cpu):.2f}",
            f"{median(cpu):.2f}", goals.get(name, ""),
        ])  # fmt: skip
    return markdown(rows)


def run(archive: Archive, rounds: int) -> str:
    """Measure, and return the table."""
    return f"### Start\n\nMedians of {rounds} starts.\n\n{written(measure(archive, rounds))}"
