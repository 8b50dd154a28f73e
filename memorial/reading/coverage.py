"""What is held of each issuer and year, in which languages, and what is known to be missing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Count, Q, Subquery
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from memorial.languages.columns import languages
from memorial.languages.labels import Label, label
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.statements.models import Gap, Issuer

from .names import name_of

ROWS_ON_A_PAGE = 60
Key = tuple[int, int]  # issuer, year
State = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Held:
    """Texts in one language: how many are full, extracts and summaries."""

    language: str
    full: int = 0
    extract: int = 0
    summary: int = 0


@dataclass(frozen=True)
class KnownGap:
    """What is known to exist and is not held."""

    dated: str
    note: Label
    url: str


@dataclass(frozen=True)
class Year:
    """One issuer in one year: how many statements are held, in which languages, and which gaps are known."""

    year: int
    statements: int
    held: Sequence[Held]
    gaps: Sequence[KnownGap]

    @property
    def lines(self) -> int:
        """How many lines of the table it takes: one for what is held, one for each gap."""
        return bool(self.statements) + len(self.gaps)


@dataclass(frozen=True)
class OfIssuer:
    """One issuer and its years, the latest first."""

    issuer: Issuer
    name: Label
    years: Sequence[Year]


@dataclass(frozen=True)
class Coverage:
    """What is held in all, and each issuer's part of it on this page."""

    statements: int
    gaps: int
    issuers: Sequence[OfIssuer]
    has_next: bool


def coverage(lang: str, number: int, size: int | None = ROWS_ON_A_PAGE) -> Coverage:
    """Return one page of what is held, in rows of one issuer and year each; all of it where ``size`` is None.

    A statement counts for the year of the first day that its date can mean. Five queries: what there is, how many
    statements, in which languages, the gaps, the issuers; four until something is published again.
    """
    counts = _counts(_state())
    gaps = defaultdict(list)
    for gap in Gap.objects.in_language(lang).order_by("earliest", "pk"):
        gaps[gap.issuer_id, gap.earliest.year].append(KnownGap(gap.dated, label(gap, "note", lang), gap.url))
    issuers = Issuer.objects.in_language(lang, without=["description"]).in_bulk({key[0] for key in {*counts, *gaps}})
    order = sorted({*counts, *gaps}, key=lambda key: (issuers[key[0]].slug, -key[1]))
    start, end = (0, None) if size is None else ((number - 1) * size, number * size)
    page = order[start:end]
    held = _held(page)
    rows = defaultdict(list)
    for key in page:
        rows[key[0]].append(Year(key[1], counts.get(key, 0), held.get(key, []), gaps.get(key, [])))
    return Coverage(
        sum(counts.values()),
        sum(map(len, gaps.values())),
        [OfIssuer(issuers[pk], name_of(issuers[pk], lang), years) for pk, years in rows.items()],
        end is not None and len(order) > end,
    )


def _years() -> Any:
    # As text: SQLite would call Python for each row to learn a year.
    return Edition.objects.visible().order_by().annotate(year=Substr(Cast("earliest", CharField()), 1, 4))


def _state() -> State:
    """What the counts follow from. One query.

    Editions are only ever added, so what readers see changes with the edition that was sealed last, with the moment
    that came last, and with the languages that are public.
    """
    sealed = Edition.objects.order_by("-pk")
    come = Edition.objects.filter(visible_from__lte=timezone.now()).order_by("-visible_from")
    rows = Language.objects.public().order_by("tag").values_list(
        "tag", Subquery(sealed.values("sha256")[:1]), Subquery(sealed.values("pk")[:1]),
        Subquery(come.values("visible_from")[:1]),
    )  # fmt: skip
    return tuple(rows)


@lru_cache(maxsize=1)
def _counts(_state: State) -> dict[Key, int]:
    """How many statements are held of each issuer and year: kept as long as nothing that readers see changes."""
    rows = _years().values_list("issuer_id", "year").annotate(count=Count("statement", distinct=True))
    return {(issuer, int(year)): count for issuer, year, count in rows}


def _held(keys: Sequence[Key]) -> dict[Key, list[Held]]:
    """The languages of these issuers and years, in the site's order."""
    if not keys:
        return {}
    years = [year for _issuer, year in keys]
    rows = (
        _years()
        .filter(
            issuer__in={issuer for issuer, _year in keys},
            earliest__range=(date(min(years), 1, 1), date(max(years), 12, 31)),
        )
        .values_list("issuer_id", "year", "language")
        .annotate(**{extent: Count("pk", filter=Q(completeness=extent)) for extent in ("full", "extract", "summary")})
    )
    places = {tag: place for place, tag in enumerate(languages())}
    found = defaultdict(list)
    for issuer, year, language, full, extract, summary in rows:
        found[issuer, int(year)].append(Held(language, full, extract, summary))
    return {key: sorted(held, key=lambda each: places.get(each.language, len(places))) for key, held in found.items()}


HEADER = (
    "issuer", "issuer_name", "year", "statements", "language", "full", "extract", "summary",
    "gap", "gap_date", "gap_url",
)  # fmt: skip


def table(found: Coverage) -> Iterator[tuple[Any, ...]]:
    """The rows of the file: one for each issuer, year and language, and one for each known gap."""
    for each in found.issuers:
        for year in each.years:
            before = (each.issuer.slug, each.name.text, year.year, year.statements)
            for held in year.held:
                yield *before, held.language, held.full, held.extract, held.summary, None, None, None
            for gap in year.gaps:
                yield *before, None, None, None, None, gap.note.text, gap.dated, gap.url
