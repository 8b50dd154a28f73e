"""How search and the list of statements grow with the archive.

    python -m tests.benchmarks.search --statements 10000 100000 --database sqlite

builds a fictional archive of each size in a folder of its own (the second is slow to build), asks each the same mix of
searches and lists in turn, and writes a table of the median and the 95th percentile with the ratio of the last size to
the first. Read the ratios: the times are those of the machine and of what else it does.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.sizes import at, environment, markdown

QUERIES = {
    "rare word": "q=latern*",
    "absent word": "q=zeppelin",
    "middling word": "q=lighthouse",
    "common word": "q=example",
    "common word in one language": "q=fictional&in=en",
    "two words": "q=bridge+silence",
    "phrase": "q=%22great+storm%22",
    "beginning": "q=remem*",
    "excluded": "q=village+-bridge",
    "name": "q=Westland",
    "other script": "q=буря",
    "one issuer": "q=example&issuer=example-ministry-westland",
    "one year and place": "q=example&year=1990&place=example-alden",
    "dates and figures": "q=children&issued_from=1960&issued_to=1970&figures=1",
    "available": "q=water&available=ru",
    "only filters": "kind=address&occasion=example-day-of-the-sea",
    "later page": "q=example&page=20",
}
LISTS = {
    "first page": "/en/statements/",
    "of an issuer": "/en/statements/?issuer=example-ministry-westland",
    "of a year": "/en/statements/?year=1990",
    "of an event": "/en/statements/?event=example-storm-alden",
    "home": "/en/",
    "page of an event": "/en/events/example-storm-alden/",
    "page of a place": "/en/places/example-alden/",
    "timeline": "/en/timeline/",
    "corrections": "/en/corrections/",
}
Times = dict[str, list[float]]


def main() -> None:
    """Measure every size in a process of its own, in turn, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=15, help="how often each is asked (15)")
    parser.add_argument("--folder", type=Path, help="where archives are built and kept (a temporary one)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        _measure(options.statements[0], options.rounds)
        return
    folder = options.folder or Path(tempfile.mkdtemp(prefix="memorial-benchmark-"))
    try:
        times = {size: _asked(size, options, folder) for size in options.statements}
        sys.stdout.write(table(times))
    finally:
        if options.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def _asked(size: int, options: argparse.Namespace, folder: Path) -> Times:
    """Measure one size in a process that has its own settings."""
    command = [sys.executable, "-m", "tests.benchmarks.search", "--measure", "--statements", str(size)]
    command += ["--rounds", str(options.rounds)]
    result = subprocess.run(
        command, env=environment(options.database, size, folder), stdout=subprocess.PIPE, check=True, text=True
    )
    found: Times = json.loads(result.stdout.splitlines()[-1])
    return found


def _measure(size: int, rounds: int) -> None:
    """Build the archive if it is not there; ask, and write the times as JSON. In the process of one size."""
    import django

    django.setup()

    from django.db import connection
    from django.test import Client

    from tests.benchmarks.archive import build

    def say(line: str) -> None:
        sys.stderr.write(f"{line}\n")

    if "publishing_edition" not in connection.introspection.table_names():
        started = time.perf_counter()
        build(size, say)
        say(f"built in {time.perf_counter() - started:.0f} s")
    times: Times = defaultdict(list)
    client = Client()
    for round_number in range(rounds + 1):
        asked = [*_searches(), *((f"list: {name}", path) for name, path in LISTS.items())]
        random.Random(round_number).shuffle(asked)  # noqa: S311 not for secrets
        for name, path in asked:
            started = time.perf_counter()
            _ask(client, path)
            if round_number:  # the first round warms up
                times[name].append((time.perf_counter() - started) * 1000)
    sys.stdout.write(json.dumps(times))


def _searches() -> Iterator[tuple[str, str]]:
    for name, query in QUERIES.items():
        yield f"search: {name}", query


def _ask(client: object, path: str) -> None:
    """Ask for a page, or the engine for what a page of search shows."""
    from django.http import QueryDict
    from django.test import Client

    from memorial.reading.search.engine import Wish, search

    if path.startswith("/"):
        assert isinstance(client, Client)
        assert client.get(path, headers={"host": "localhost"}).status_code == 200, path
    else:
        search(Wish.of(QueryDict(path)), lang="en")


def table(times: dict[int, Times]) -> str:
    """Return the table, in Markdown."""
    sizes = list(times)
    head = ["", *(f"{size:,} p50 / p95, ms" for size in sizes), "growth p50 / p95"]
    rows = [head]
    names = list(times[sizes[0]])
    groups = {"**all searches**": "search:", "**all lists**": "list:"}
    for name in [*sorted(names), *groups]:
        begins = groups.get(name, name)
        some = [[value for key in names if key.startswith(begins) for value in times[size][key]] for size in sizes]
        points = [(at(values, 0.5), at(values, 0.95)) for values in some]
        growth = " / ".join(f"{last / first:.2f}" for first, last in zip(points[0], points[-1], strict=True))
        rows.append([name, *(f"{half:.1f} / {most:.1f}" for half, most in points), growth])
    return markdown(rows)


if __name__ == "__main__":
    main()
