"""What pages cost on a site with forty public languages, beside the same statements on a site with four.

The second archive is a copy of the first. Thirty-six languages are added to it and made public by the project's own
verbs, and some of its statements are published in all of them, in the words of their English texts: what a page costs
does not depend on what the words say. Statements are asked for in turn in both archives, those that both sites have in
four languages and those that the larger one has in forty.
"""

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from .demonstration import Archive
from .in_turn import Answering, Times, answer, ask
from .sizes import LANGUAGES, at, markdown

ADDED = (
    "ar", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "hy",
    "it", "ja", "ka", "kk", "ko", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sr", "sv", "uk", "ur", "zh",
)  # fmt: skip
FEW, MANY = len(LANGUAGES), len(LANGUAGES) + len(ADDED)
STATEMENTS = 12  # of each kind, asked for in turn
IN_FOUR, IN_ALL = f"a statement in {FEW} languages", f"a statement in {FEW} or {MANY} languages"
OTHERS = {
    "home": "/en/", "list, first page": "/en/statements/", "timeline": "/en/timeline/",
    "event": "/en/events/example-storm-alden/", "search, common word": "/en/search/?q=example",
}  # fmt: skip
GOAL = 1.1


def with_many(few: Archive, say: Callable[[str], None]) -> Archive:
    """Return the archive with forty languages that belongs to one with four; it is made unless it is there."""
    many = replace(few, folder=few.folder.with_name(f"{few.folder.name}-in-{MANY}-languages"))
    done = many.folder / "made-in-languages"
    if not done.exists():
        say(f"adding {len(ADDED)} languages to a copy of the archive ...")
        shutil.rmtree(many.folder, ignore_errors=True)
        shutil.copytree(few.folder, many.folder, ignore=shutil.ignore_patterns("usual*", "arrangements", "generation*"))
        many.run("-m", "tests.benchmarks.by_languages", "add")
        say(f"publishing {STATEMENTS} statements in all of them ...")
        many.run("-m", "tests.benchmarks.by_languages", "publish")
        done.touch()
    return many


def measure(few: Archive, *, rounds: int, say: Callable[[str], None]) -> dict[int, Times]:
    """Ask both archives in turn; return the milliseconds of processors by the number of languages."""
    archives = {
        number: Answering(
            ["-m", "tests.benchmarks.by_languages", "answer"], {**archive.environment(), "LOG_LEVEL": "ERROR"}
        )
        for number, archive in ((FEW, few), (MANY, with_many(few, say)))
    }
    return ask(archives, (IN_FOUR, IN_ALL, *OTHERS), rounds * STATEMENTS)


def written(times: dict[int, Times]) -> str:
    """Return the table in Markdown: each page in both archives."""
    rows = [["", *(f"{number} languages p50 / p95, ms" for number in times), f"{MANY} to {FEW}"]]
    for page in times[FEW]:
        points = {number: (at(times[number][page], 0.5), at(times[number][page], 0.95)) for number in times}
        ratio = " / ".join(f"{value / before:.2f}" for value, before in zip(points[MANY], points[FEW], strict=True))
        rows.append([page, *(f"{half:.1f} / {most:.1f}" for half, most in points.values()), ratio])
    return markdown(rows)


def goals(times: dict[int, Times]) -> str:
    """Return the ratios that the project asks of itself: in each round every statement has been asked for once."""
    rows = [["milliseconds of processors, as a ratio", "measured", "lowest and highest round", "goal"]]
    for page, name in ((IN_FOUR, f"that has {FEW} texts on both"), (IN_ALL, f"that has {MANY} texts on the larger")):
        few, many = (_by_round(times[number][page]) for number in (FEW, MANY))
        each = [one / other for one, other in zip(many, few, strict=True)]
        rows.append([
            f"statement page {name}, {MANY} to {FEW}", f"{median(each):.2f}", f"{min(each):.2f} to {max(each):.2f}",
            f"<= {GOAL}",
        ])  # fmt: skip
    return markdown(rows)


def _by_round(times: list[float]) -> list[float]:
    """The sum of each round: a round asks for every statement once."""
    return [sum(times[start : start + STATEMENTS]) for start in range(0, len(times), STATEMENTS)]


def _add() -> None:
    from django.core.management import call_command

    for tag in ADDED:
        call_command("add_language", tag, stdout=sys.stderr)
        call_command("publish_language", tag, stdout=sys.stderr)


def _publish() -> None:
    from django.db import transaction

    from memorial.ops.archivist import archivist
    from memorial.publishing.release import publish
    from memorial.statements.models import Statement
    from memorial.translations.models import Text
    from memorial.translations.save import save_text

    by = archivist()
    for statement in Statement.objects.filter(pk__in=_chosen()[:STATEMENTS]):
        pattern = Text.objects.get(statement=statement, language="en").head
        assert pattern is not None
        with transaction.atomic():
            for tag in ADDED:
                save_text(
                    statement, tag, title=pattern.title, summary=pattern.summary, body=pattern.body, seen=None,
                    based_on=pattern, by=by,
                )  # fmt: skip
            publish(statement, ADDED, by=by)


def _chosen() -> list[int]:
    """The statements that are asked for: those in all languages of the larger site, then those in four."""
    from memorial.publishing.models import Edition

    complete = [
        set(Edition.objects.visible().filter(language=tag).values_list("statement", flat=True)) for tag in LANGUAGES
    ]
    found = sorted(set.intersection(*complete))[: 2 * STATEMENTS]
    assert len(found) == 2 * STATEMENTS, "a larger archive is needed"
    return found


def _answer() -> None:
    from django.test import Client

    from memorial.publishing.models import Edition
    from memorial.reading.addresses import of_statement

    chosen = _chosen()
    rows = Edition.objects.visible().filter(language="en", statement__in=chosen).select_related("statement")
    path = {row.statement_id: of_statement(row) for row in rows}
    in_all, in_four = ([path[pk] for pk in those] for those in (chosen[:STATEMENTS], chosen[STATEMENTS:]))
    reader = Client(headers={"host": "localhost"})
    asked: dict[str, Callable[[int], str]] = {
        IN_FOUR: lambda number: in_four[number % STATEMENTS],
        IN_ALL: lambda number: in_all[number % STATEMENTS],
        **{page: lambda number, path=path: path for page, path in OTHERS.items()},
    }
    answer(asked, reader, reader)


if __name__ == "__main__":
    import django

    django.setup()
    {"add": _add, "publish": _publish, "answer": _answer}[sys.argv[1]]()
