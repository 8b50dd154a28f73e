"""What is held of each issuer and year, in which languages, and what is known to be missing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from memorial.languages.labels import Label, label
from memorial.statements.models import Gap, Issuer

from .held import kept_counts
from .kept_held import Held
from .names import name_of

ROWS_ON_A_PAGE = 60


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

    A statement counts for the year of the first day that its date can mean. Three queries: what there is, the gaps, the
    issuers; four more when something was published, or when a process begins from what another one kept.
    """
    held = kept_counts()
    gaps = defaultdict(list)
    for gap in Gap.objects.in_language(lang).order_by("earliest", "pk"):
        gaps[gap.issuer_id, gap.earliest.year].append(KnownGap(gap.dated, label(gap, "note", lang), gap.url))
    issuers = Issuer.objects.in_language(lang, without=["description"]).in_bulk({key[0] for key in {*held, *gaps}})
    order = sorted({*held, *gaps}, key=lambda key: (issuers[key[0]].slug, -key[1]))
    start, end = (0, None) if size is None else ((number - 1) * size, number * size)
    page = order[start:end]
    rows = defaultdict(list)
    for key in page:
        statements, texts = held.get(key, (0, ()))
        rows[key[0]].append(Year(key[1], statements, texts, gaps.get(key, [])))
    return Coverage(
        sum(statements for statements, _texts in held.values()),
        sum(map(len, gaps.values())),
        [OfIssuer(issuers[pk], name_of(issuers[pk], lang), years) for pk, years in rows.items()],
        end is not None and len(order) > end,
    )


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
