"""What pages cost in archives of growing sizes.

    python -m tests.benchmarks.growth --sizes 1000,10000,100000

builds an archive of each size in a folder of its own (``load_demonstration --short``; kept with ``--folder``), starts
one process for each, asks all of them the same page one after the other, round after round, and writes a table of the
median and the 95th percentile, with their ratios to the smallest size. What is counted is the time that a processor
worked; ``--wall`` counts the time by the clock.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.in_turn import Answering, Times, answer, ask
from tests.benchmarks.sizes import LANGUAGES, at, environment, markdown

PAGES = (
    "statement", "list, first page", "list, deep", "list of a year", "home", "occasion", "event", "timeline",
    "search, common word", "feed", "sitemap", "sitemap, one part", "sitemap, other pages", "coverage",
    "api, statements", "oai, identifiers", "desk, statements", "desk, grid",
)  # fmt: skip


def main() -> None:
    """Build, ask, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_sizes, default=[1_000, 10_000], help="numbers of statements, with commas")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=20, help="how often each page is asked for (20)")
    parser.add_argument("--wall", action="store_true", help="count time by the clock")
    parser.add_argument("--pages", type=lambda value: value.split("; "), default=PAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="where archives are built and kept (a temporary one)")
    parser.add_argument("--answer", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.answer:
        _answer(options.answer)
        return
    folder = options.folder or Path(tempfile.mkdtemp(prefix="memorial-benchmark-"))
    try:
        sys.stdout.write(table(_asked(options, folder)))
    finally:
        if options.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def _sizes(value: str) -> list[int]:
    return [int(size) for size in value.split(",")]


def _asked(options: argparse.Namespace, folder: Path) -> dict[int, Times]:
    """Ask every size for every page in turn."""
    archives = {
        size: Answering(
            ["-m", "tests.benchmarks.growth", "--answer", str(size)], environment(options.database, size, folder)
        )
        for size in options.sizes
    }
    return ask(archives, options.pages, options.rounds, is_wall=options.wall)


def _answer(size: int) -> None:
    """Build the archive of this size if it is not there; then answer with the milliseconds that each page took."""
    import django

    django.setup()

    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from memorial.accounts.models import User

    if "publishing_edition" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)
        call_command(
            "load_demonstration", statements=size, languages=list(LANGUAGES), short=True, stdout=sys.stderr
        )  # fmt: skip
    reader, editor = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    person, _is_new = User.objects.get_or_create(username="editor", defaults={"is_staff": True, "is_superuser": True})
    editor.force_login(person)
    answer(_addresses(size), reader, editor)


def _addresses(size: int) -> dict[str, Callable[[int], str]]:
    """The address of each page in a round: where there are many pages of a kind, another one each time."""
    from memorial.publishing.models import Edition
    from memorial.reading.addresses import of_statement
    from memorial.reading.sitemaps import parts

    first = Edition.objects.order_by("statement_id").values_list("statement_id", flat=True)[0]

    def edition(number: int) -> Edition:
        statement = first + number * 7_919 % size
        found = Edition.objects.visible().filter(statement__gte=statement, language="en").order_by("statement_id")
        return found.select_related("statement")[0]

    def deep(number: int) -> str:
        # Every archive has dates of all years alike: a day of 1955 is far down in all of them.
        return f"/en/statements/?older=1955-0{number % 9 + 1}-01.{first}"

    def same(path: str) -> Callable[[int], str]:
        return lambda number: path

    return {
        "statement": lambda number: of_statement(edition(number)),
        "list, first page": same("/en/statements/"),
        "list, deep": deep,
        "list of a year": lambda number: f"/en/statements/?year={1960 + number}",
        "home": same("/en/"),
        "occasion": same("/en/occasions/example-day-of-the-sea/"),
        "event": same("/en/events/example-storm-alden/"),
        "timeline": same("/en/timeline/"),
        "search, common word": same("/en/search/?q=example"),
        "feed": same("/en/feed.atom"),
        "sitemap": same("/sitemap.xml"),
        "sitemap, one part": lambda number: f"/sitemap-{(those := parts())[number % len(those)]}.xml",
        "sitemap, other pages": same("/sitemap-pages.xml"),
        "coverage": same("/en/coverage/"),
        "api, statements": same("/api/v1/statements/"),
        "oai, identifiers": same("/oai?verb=ListIdentifiers&metadataPrefix=oai_dc"),
        "desk, statements": same("/admin/statements/statement/"),
        "desk, grid": same("/admin/grid/"),
    }


def table(times: dict[int, Times]) -> str:
    """Return the table, in Markdown."""
    smallest, *larger = times
    head = ["", *(f"{size:,} p50 / p95, ms" for size in times), *(f"{size:,} to {smallest:,}" for size in larger)]
    rows = [head]
    for page in sorted(times[smallest]):
        points = {size: (at(times[size][page], 0.5), at(times[size][page], 0.95)) for size in times}
        ratios = [
            " / ".join(f"{value / before:.2f}" for value, before in zip(points[size], points[smallest], strict=True))
            for size in larger
        ]
        rows.append([page, *(f"{half:.1f} / {most:.1f}" for half, most in points.values()), *ratios])
    return markdown(rows)


if __name__ == "__main__":
    main()
