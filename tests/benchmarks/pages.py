"""The main table: what pages cost in each arrangement, all of them asked in turn, round after round.

A ratio is taken within a round, to nginx with static files in the same round; then the median of all rounds counts.
"""

import gzip
import html
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import brotli

from .arrangements.applications import Cached, Kept, Rendered, UsualSite
from .arrangements.proxies import BehindNginx, Static
from .arrangements.served import BROWSER, Answer, Arrangement, running
from .demonstration import Archive, Usual
from .load import LoadFailed, Measured, load
from .sizes import markdown

LIST = "/en/statements/"
Say = Callable[[str], None]


@dataclass
class Asked:
    """One kind of page and by whom it is answered; the first arrangement is the one that others are compared with."""

    name: str
    connections: int
    paths: Sequence[str]
    titles: Sequence[str]
    arrangements: Sequence[Arrangement]
    usual_paths: Sequence[str] = ()
    is_revalidated: bool = False
    queries: Mapping[str, float] = field(default_factory=dict)

    def paths_in(self, arrangement: Arrangement) -> Sequence[str]:
        """Return where the pages are in an arrangement."""
        return self.usual_paths if isinstance(arrangement, UsualSite) else self.paths

    def headers(self, arrangement: Arrangement) -> Mapping[str, str]:
        """Return what is sent with the question: as a browser does, that has the page already or has not."""
        if not self.is_revalidated:
            return BROWSER
        return {**BROWSER, "If-None-Match": arrangement.get(self.paths[0]).headers["etag"]}


@dataclass
class Shown:
    """What the rounds showed of one page in one arrangement."""

    rounds: list[Measured] = field(default_factory=list)
    size: int = 0


Table = dict[str, dict[str, Shown]]
LONGEST_PRESSING = 90  # seconds


def measure(archive: Archive, *, seconds: int, rounds: int, say: Say) -> tuple[list[Asked], Table]:
    """Start the arrangements, verify what each answers, and load them in turn. Raises LoadFailed."""
    usual = Usual(archive)
    usual.make(say)
    folder = archive.folder / "arrangements"
    static, kept = Static(folder / "static"), Kept(folder / "kept", archive=archive)
    behind = BehindNginx(folder / "nginx", application=Kept(folder / "behind", archive=archive))
    cached, rendered = Cached(folder / "cached", archive=archive), Rendered(folder / "rendered", archive=archive)
    plain = UsualSite(folder / "usual", usual=usual)
    with running([static, kept, behind, cached, rendered, plain]):
        pages = archive.pages(50)
        paths, elsewhere, titles = ([getattr(each, name) for each in pages] for name in ("path", "usual", "title"))
        _ask_often(kept, paths)
        static.fill(kept, [*paths, LIST])
        for_kept = [static, kept, behind, cached]
        newest = _first_title(rendered.get(LIST, {"Host": "localhost"}).body.decode())
        asked = [
            Asked("a statement", 32, paths[:1], titles[:1], for_kept),
            Asked("50 statements in turn", 32, paths, titles, for_kept),
            Asked("a statement, not modified (304)", 32, paths[:1], titles[:1], for_kept[:3], is_revalidated=True),
            Asked("statements, rendered", 16, paths, titles, [static, rendered, plain], elsewhere),
            Asked("list of 20, rendered", 8, [LIST], [newest], [static, rendered, plain], [LIST]),
        ]
        for each in asked[3:]:
            few = slice(0, 8)
            own, others = archive.queries(*each.paths[few]), usual.queries(*each.usual_paths[few])
            each.queries = {rendered.name: median(own), plain.name: median(others)}
        table: Table = {each.name: defaultdict(Shown) for each in asked}
        for each in asked:
            for arrangement in each.arrangements:
                table[each.name][arrangement.name].size = _verify(each, arrangement)
        _verify_that_it_is_cached(cached, paths[0])
        for number in range(rounds + 1):
            for each in asked:
                for arrangement in random.Random(number).sample(each.arrangements, len(each.arrangements)):  # noqa: S311
                    found = load(
                        arrangement, each.paths_in(arrangement), connections=each.connections,
                        seconds=seconds if number else 1, headers=each.headers(arrangement),
                    )  # fmt: skip
                    if number:  # the first round warms up
                        table[each.name][arrangement.name].rounds.append(found)
            say(f"pages: round {number} of {rounds}" if number else "pages: warm")
    return asked, table


def _ask_often(kept: Kept, paths: Sequence[str]) -> None:
    """Ask as many readers do, until every process has pressed the pages: they are then sent as small as they get."""
    deadline, passes = time.monotonic() + LONGEST_PRESSING, 0
    while passes < 3:  # whichever process answers
        passes = passes + 1 if all(kept.get(path).headers["etag"].endswith('+"') for path in paths) else 0
        if time.monotonic() > deadline:
            raise LoadFailed(f"{kept.name} does not press the pages that are asked for often")
        if not passes:
            load(kept, paths, connections=8, seconds=1)
            time.sleep(1)


def _first_title(page: str) -> str:
    found = re.search(r'class="card-title"><a [^>]*>([^<]+)</a>', page)
    if found is None:
        raise LoadFailed("The list holds no statement.")
    return html.unescape(found[1])


def _verify(asked: Asked, arrangement: Arrangement) -> int:
    """Ask for every page once: 200 with its title, or 304 where that is expected. Returns bytes of a page, median."""
    sizes = []
    headers = asked.headers(arrangement)
    for path, title in zip(asked.paths_in(arrangement), asked.titles, strict=True):
        answer = arrangement.get(path, headers)
        sizes.append(answer.size)
        if asked.is_revalidated:
            if answer.status != 304 or answer.body:
                raise LoadFailed(f"{arrangement.name}: {path} is answered {answer.status}, not 304")
        elif answer.status != 200 or title not in html.unescape(unpacked(answer)):
            raise LoadFailed(f"{arrangement.name}: {path} is answered {answer.status}, without “{title}”")
    return int(median(sizes))


def _verify_that_it_is_cached(cached: Arrangement, path: str) -> None:
    """A copy goes on saying until when it holds; a page that is rendered anew says a later moment each second."""
    before = {cached.get(path).headers.get("expires", "") for _ in range(20)}
    time.sleep(2.1)
    if not before.intersection({cached.get(path).headers.get("expires") for _ in range(20)}):
        raise LoadFailed(f"{cached.name} does not cache {path}: {cached.get(path).headers}")


def unpacked(answer: Answer) -> str:
    """Return the text of an answer."""
    match answer.headers.get("content-encoding"):
        case "br":
            return str(brotli.decompress(answer.body), "utf-8")
        case "gzip":
            return gzip.decompress(answer.body).decode()
        case _:
            return answer.body.decode()


def ratio(table: Table, page: str, name: str, other: str, fact: str = "rate") -> float:
    """Return the median of the ratios of all rounds."""
    pairs = zip(table[page][name].rounds, table[page][other].rounds, strict=True)
    return median(getattr(one, fact) / (getattr(two, fact) or 1e-9) for one, two in pairs)


def written(asked: Sequence[Asked], table: Table) -> str:
    """Return the table in Markdown: each number, and its ratio to nginx with static files."""
    head = ["page", "served by", "requests/s", "p50, ms", "p99, ms", "CPU s / 1,000", "memory, MB", "bytes", "queries"]
    rows = [head]
    for each in asked:
        first = each.arrangements[0].name
        for arrangement in each.arrangements:
            shown = table[each.name][arrangement.name]
            cells = []
            for fact, form, scale in (
                ("rate", ",.0f", 1), ("p50", ".2f", 1), ("p99", ".1f", 1), ("cpu", ".3f", 1), ("memory", ".0f", 1e-6),
            ):  # fmt: skip
                middle = median(getattr(one, fact) for one in shown.rounds) * scale
                against = ratio(table, each.name, arrangement.name, first, fact)
                cells.append(f"{middle:{form}} ({against:.3g})")
            bytes_of_first = table[each.name][first].size or 1
            size = f"{shown.size:,}" + (f" ({shown.size / bytes_of_first:.2f})" if shown.size else "")
            queries = each.queries.get(arrangement.name)
            rows.append([each.name, arrangement.name, *cells, size, "" if queries is None else f"{queries:g}"])
    return markdown(rows)


def goals(table: Table) -> str:
    """Return the ratios that the project asks of itself."""
    kept, static, cached = Kept.name, Static.name, Cached.name
    wishes = [
        ("kept statement page, of nginx with static files", "a statement", kept, static, ">= 0.45"),
        ("50 of them in turn, of nginx with static files", "50 statements in turn", kept, static, ">= 0.45"),
        ("kept statement page, of Django's cache middleware", "a statement", kept, cached, ">= 7"),
        ("behind nginx, of nginx with static files", "a statement", BehindNginx.name, static, ">= 0.7"),
        ("rendered statement page, of the usual site's", "statements, rendered", Rendered.name, UsualSite.name, ">= 2"),
        ("rendered list, of the usual site's", "list of 20, rendered", Rendered.name, UsualSite.name, ">= 20"),
    ]
    rows = [["requests in a second, as a ratio", "measured", "lowest and highest round", "goal"]]
    for name, page, one, two, wish in wishes:
        each = [a.rate / b.rate for a, b in zip(table[page][one].rounds, table[page][two].rounds, strict=True)]
        rows.append([name, f"{median(each):.2f}", f"{min(each):.2f} to {max(each):.2f}", wish])
    size = table["50 statements in turn"][kept].size
    rows.append(["bytes of a kept statement page in brotli", f"{size:,}", "", "<= 3,500"])
    return markdown(rows)


def clear(folder: Path) -> None:
    """Forget what arrangements have kept of earlier runs."""
    import shutil

    shutil.rmtree(folder / "arrangements", ignore_errors=True)
