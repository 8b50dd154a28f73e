"""``make bench``: what the site costs, measured here and now, beside what else this machine could do.

Makes the data once (in ``var/benchmarks``), starts every arrangement on loopback, verifies what each answers, loads
them in turn, and writes tables in Markdown; ``--write`` puts them into RESULTS.md. It fails when a measurement had an
error or when the hard day showed an old answer, never because a number is not as good as it should be.
"""

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from . import by_languages, machines, pages, spike, start
from .demonstration import ROOT, Archive
from .load import LoadFailed, check

PARTS = ("pages", "start", "spike", "growth", "languages", "machines")
RESULTS = Path(__file__).with_name("RESULTS.md")
BEGIN, END = "<!-- make bench writes below -->\n", "<!-- make bench writes above -->\n"
SMALL = 300  # statements in the archive of the parts that need no more


def main() -> int:
    """Measure what was asked for; return 1 when something that must not happen has happened."""
    options = _options()
    check()
    # Told to stop, it stops the servers that it has started, as by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    sections = [_where_and_when(options)]
    faults: list[str] = []
    parts: dict[str, Callable[[], str]] = {
        "pages": lambda: _pages(options),
        "start": lambda: start.run(_archive(folder, SMALL), options.rounds),
        "spike": lambda: _spike(options, faults),
        "growth": lambda: _growth(options),
        "languages": lambda: _languages(options),
        "machines": lambda: _machines(options, faults),
    }
    for part in options.only:
        say(f"{part} ...")
        try:
            sections.append(parts[part]())
        except LoadFailed as failed:
            faults.append(f"{part}: {failed}")
            say(faults[-1])
    sections.append(f"Load average at the end: {_load_average()}.\n")
    text = "\n".join(sections)
    sys.stdout.write(text)
    if options.write and not faults:
        _write(text)
    for fault in faults:
        say(f"FAILED: {fault}")
    return 1 if faults else 0


def say(line: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"{line}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, default=10_000, help="in the archive of the main table (10000)")
    parser.add_argument("--seconds", type=int, default=4, help="how long each load lasts (4)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (5)")
    parser.add_argument("--spike", type=float, default=20, metavar="SECONDS", help="how long the hard day lasts (20)")
    parser.add_argument("--soak", type=float, metavar="SECONDS", help="let the hard day last longer: 600")
    parser.add_argument("--connections", type=int, default=spike.CONNECTIONS, help="of the hard day (500)")
    parser.add_argument("--growth", default="300,3000", metavar="SIZES", help="archives of the growth table (300,3000)")
    parser.add_argument("--only", type=_parts, default=PARTS, metavar="PARTS", help=f"some of {','.join(PARTS)}")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "benchmarks", help="where archives are kept")
    parser.add_argument("--write", action="store_true", help="put the tables into RESULTS.md")
    return parser.parse_args()


def _parts(value: str) -> list[str]:
    parts = value.split(",")
    if unknown := set(parts) - set(PARTS):
        raise argparse.ArgumentTypeError(f"no such part: {', '.join(sorted(unknown))}")
    return parts


def _archive(folder: Path, statements: int) -> Archive:
    archive = Archive(folder / str(statements), statements)
    archive.make(say)
    return archive


def _pages(options: argparse.Namespace) -> str:
    archive = _archive(options.folder, options.statements)
    pages.clear(archive.folder)
    try:
        asked, table = pages.measure(archive, seconds=options.seconds, rounds=options.rounds, say=say)
    finally:
        pages.clear(archive.folder)
    return (
        f"### Pages\n\nAn archive of {options.statements:,} statements in four languages on SQLite; two workers with"
        f" four threads each; medians of {options.rounds} rounds of {options.seconds} s. In brackets the ratio to nginx"
        f" with static files.\n\n{pages.written(asked, table)}\n{pages.goals(table)}"
    )


def _spike(options: argparse.Namespace, faults: list[str]) -> str:
    archive = _archive(options.folder, SMALL)
    day = spike.spend(archive, seconds=options.soak or options.spike, connections=options.connections)
    faults += day.faults()
    return f"### The hard day\n\n{options.connections} connections, {day.pages} pages.\n\n{spike.written(day)}"


def _growth(options: argparse.Namespace) -> str:
    command = ["-m", "tests.benchmarks.growth", "--sizes", options.growth, "--rounds", str(options.rounds)]
    command += ["--folder", str(options.folder / "growth")]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise LoadFailed("the growth table could not be made")
    return f"### Growth\n\nMilliseconds that the processor worked.\n\n{done.stdout}"


def _languages(options: argparse.Namespace) -> str:
    times = by_languages.measure(_archive(options.folder, SMALL), rounds=options.rounds, say=say)
    return (
        f"### Languages\n\nMilliseconds that the processor worked; {SMALL} statements in {by_languages.FEW} languages,"
        f" and on the larger site {by_languages.STATEMENTS} of them in all {by_languages.MANY};"
        f" {options.rounds} rounds.\n\n"
        f"{by_languages.written(times)}\n{by_languages.goals(times)}"
    )


def _machines(options: argparse.Namespace, faults: list[str]) -> str:
    shown = machines.spend(options.folder / "machines", SMALL, seconds=options.soak or options.spike, say=say)
    faults += shown.faults()
    return (
        f"### Several machines\n\n{machines.MACHINES} machines on one PostgreSQL, {machines.PAGES} pages,"
        f" {machines.CONNECTIONS} connections in all.\n\n{machines.written(shown)}"
    )


def _where_and_when(options: argparse.Namespace) -> str:
    commit = _said("git", "rev-parse", "--short", "HEAD")
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {version(name)}" for name in ("Django", "gunicorn", "uvicorn", "django-modeltranslation")]
    versions += [_said("nginx", "-v").replace("nginx version: ", ""), _said("wrk", "-v").partition(" Copyright")[0]]
    return (
        f"## {time.strftime('%d %B %Y', time.gmtime())}, `make bench`\n\n{_processor()}, {os.cpu_count()} cores; load"
        f" average {_load_average()} at the beginning; {', '.join(versions)}; commit {commit}.\n"
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _said(*command: str) -> str:
    path = os.environ.get("PATH", "") + ":/usr/sbin"
    if shutil.which(command[0], path=path) is None:
        return f"no {command[0]}"
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    return ((done.stdout or done.stderr).strip().splitlines() or [""])[0]


def _load_average() -> str:
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def _write(text: str) -> None:
    """Put the tables in the place of those of the run before."""
    before = RESULTS.read_text()
    if BEGIN not in before:
        first, _, rest = before.partition("\n\n")
        before = f"{first}\n\n{BEGIN}{END}\n{rest}"
    start_of, _, rest = before.partition(BEGIN)
    _, _, after = rest.partition(END)
    RESULTS.write_text(f"{start_of}{BEGIN}\n{text}\n{END}{after}")
    say(f"written to {RESULTS}")


if __name__ == "__main__":
    os.environ["PATH"] = os.environ.get("PATH", "") + ":/usr/sbin"  # where Debian keeps nginx
    raise SystemExit(main())
