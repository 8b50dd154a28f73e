"""Asks several archives for the same pages in turn, each in a process of its own, and hears what each page took.

What is counted is the time that a processor worked (on SQLite the database works in the same process), which other work
on the machine disturbs least.
"""

import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from django.test import Client

WARMING = 2  # rounds
Name = TypeVar("Name", int, str)
Times = dict[str, list[float]]


@dataclass(frozen=True)
class Answering:
    """How to start the process that answers for one archive, with ``answer``."""

    command: Sequence[str]
    environment: Mapping[str, str]

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[str]"]:
        """Start it; end it, whatever happens."""
        process = subprocess.Popen(
            [sys.executable, *self.command], env=dict(self.environment), text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def ask(
    archives: Mapping[Name, Answering], pages: Sequence[str], rounds: int, *, is_wall: bool = False
) -> dict[Name, Times]:
    """Ask every archive for every page in turn, round after round; return the milliseconds in the order of rounds."""
    times: dict[Name, Times] = {name: defaultdict(list) for name in archives}
    with ExitStack() as stack:
        answering = {name: stack.enter_context(each.running()) for name, each in archives.items()}
        for process in answering.values():
            _next(process, "")
        for number in range(rounds + WARMING):
            order = list(pages)
            random.Random(number).shuffle(order)  # noqa: S311 not for secrets
            for page in order:
                for name, process in answering.items():
                    worked, passed = _next(process, f"{number} {page}\n")
                    if number >= WARMING:
                        times[name][page].append(passed if is_wall else worked)
    return times


def _next(process: "subprocess.Popen[str]", line: str) -> list[float]:
    """Say a line, if there is one, and hear the answer."""
    assert process.stdin
    assert process.stdout
    if line:
        process.stdin.write(line)
        process.stdin.flush()
    heard = process.stdout.readline()
    if not heard:
        raise RuntimeError("An archive does not answer.")
    found: list[float] = json.loads(heard)
    return found


def answer(address: Mapping[str, Callable[[int], str]], reader: "Client", editor: "Client") -> None:
    """Answer with the milliseconds that each page took: those of a processor, and those by the clock.

    ``address`` has the path of each page in a round.
    """
    _say([0, 0])
    for line in sys.stdin:
        number, page = line.rstrip("\n").split(" ", 1)
        path = address[page](int(number))
        client = editor if path.startswith("/admin/") else reader
        worked, passed = time.process_time(), time.perf_counter()
        response = client.get(path)
        times = [(time.process_time() - worked) * 1000, (time.perf_counter() - passed) * 1000]
        assert response.status_code == 200, (path, response.status_code)
        _say(times)


def _say(times: list[float]) -> None:
    sys.stdout.write(json.dumps(times) + "\n")
    sys.stdout.flush()
