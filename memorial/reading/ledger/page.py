"""What the page of a ledger needs beside its rows: who is heard, and what can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from memorial.languages.labels import Label
from memorial.publishing.models import SealedFigure
from memorial.reading.names import name_of
from memorial.reading.paging import Sheet, sheet
from memorial.statements.models import Event, Figure, Issuer

from .asked import Asked
from .finding import of_event
from .rows import LedgerRow, in_order, row

ROWS_ON_A_PAGE = 200
ROWS_IN_A_FILE = 5000
MOST_YEARS = 200


@dataclass(frozen=True)
class Ledger:
    """One sheet of an event's ledger, in the order of the table, and what can be asked of the whole of it.

    ``claimants`` are all who are heard on the event, whatever is asked: (slug, name). ``years`` come newest first.
    """

    event: Event
    asked: Asked
    sheet: Sheet
    rows: list[LedgerRow]
    claimants: list[tuple[str, Label]]
    measures: list[str]
    years: Sequence[int]

    @property
    def is_empty(self) -> bool:
        """Whether no figure about the event is public at all."""
        return not self.claimants

    @property
    def is_whole(self) -> bool:
        """Whether this sheet is all that was asked for."""
        return self.sheet.number == 1 and not self.sheet.has_next


def ledger(event: Event, lang: str, asked: Asked, number: int = 1, size: int = ROWS_ON_A_PAGE) -> Ledger:
    """Return sheet ``number`` of a ledger by three queries. Raises Http404 beyond the last."""
    claimants = _claimants(event, lang)
    measures, years = _extent(event)
    found = sheet(of_event(event, lang).filter(asked.condition()), number, asked.params, size)
    rows = in_order(row(each, event, claimants, lang) for each in found.rows)
    heard = [(claimant.slug, name_of(claimant, lang)) for claimant in claimants.values()]
    return Ledger(event, asked, found, rows, heard, measures, years)


def has_figures(event: Event, now: datetime | None = None) -> bool:
    """Say whether an event has a ledger. One query."""
    return SealedFigure.objects.visible(now).filter(event=event).exists()


def _claimants(event: Event, lang: str) -> dict[int, Issuer]:
    visible = SealedFigure.objects.visible().filter(event=event, claimant=OuterRef("pk"))
    issuers = Issuer.objects.in_language(lang, without=["description"]).filter(Exists(visible))
    return {issuer.pk: issuer for issuer in issuers}


def _extent(event: Event) -> tuple[list[str], range]:
    """The measures that occur, and the years from the first claim to the last."""
    visible = SealedFigure.objects.visible().filter(event=OuterRef("pk"))
    asked: dict[str, Any] = {f"has_{n}": Exists(visible.filter(measure=m)) for n, m in enumerate(Figure.Measure.values)}
    first = Subquery(visible.order_by("earliest", "fid").values("earliest")[:1])
    last = Subquery(visible.order_by(F("earliest").desc(), F("fid").desc()).values("latest")[:1])
    found = Event.objects.filter(pk=event.pk).order_by().values(**asked, first_day=first, last_day=last).get()
    measures = [m for n, m in enumerate(Figure.Measure.values) if found[f"has_{n}"]]
    if not measures:
        return [], range(0)
    last_year = found["last_day"].year
    return measures, range(last_year, max(found["first_day"].year, last_year - MOST_YEARS + 1) - 1, -1)
