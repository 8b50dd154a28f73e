"""Every sealed figure as a row of its own, so that the ledger can find, filter and sort what facts hold."""

from collections.abc import Iterable, Mapping

from memorial.statements.models import Event, Issuer
from memorial.text.dates import parse

from .facts import Facts
from .models import Edition, SealedFigure, SourceEdition

BATCH = 2000

Sealed = Edition | SourceEdition
Ids = Mapping[str, int]  # slug -> primary key


def rows_of(edition: Sealed) -> list[SealedFigure]:
    """Return the rows of one stored edition of a text or of a source, not yet stored. Two queries at most.

    Raises KeyError for a figure without an id: facts of format 1 are given theirs by a migration.
    """
    return _rows([edition])


def seal_figures(editions: Iterable[Sealed]) -> list[SealedFigure]:
    """Store the rows of editions that have just been stored, in their transaction, many at a time."""
    return SealedFigure.objects.bulk_create(_rows(list(editions)), batch_size=BATCH)


def _rows(editions: list[Sealed]) -> list[SealedFigure]:
    stated = [
        (edition, position, figure)
        for edition in editions
        for position, figure in enumerate(edition.facts.get("figures") or ())
    ]
    if not stated:
        return []
    claimants = _ids(Issuer, {figure["claimant"]["slug"] for _edition, _position, figure in stated})
    events = _ids(Event, {figure["event"]["slug"] for _edition, _position, figure in stated})
    return [_row(edition, position, figure, claimants, events) for edition, position, figure in stated]


def _ids(model: type[Issuer] | type[Event], slugs: set[str]) -> Ids:
    return dict(model.objects.filter(slug__in=slugs).order_by().values_list("slug", "pk"))


def _row(edition: Sealed, position: int, figure: Facts, claimants: Ids, events: Ids) -> SealedFigure:
    claimed = parse(figure["claimed"])
    return SealedFigure(
        fid=figure["fid"],
        edition=edition if isinstance(edition, Edition) else None,
        source_edition=edition if isinstance(edition, SourceEdition) else None,
        position=position,
        event_id=events[figure["event"]["slug"]],
        claimant_id=claimants[figure["claimant"]["slug"]],
        measure=figure["measure"],
        precision=figure["precision"],
        minimum=figure["minimum"],
        maximum=figure["maximum"],
        claimed=figure["claimed"],
        earliest=claimed.earliest,
        latest=claimed.latest,
    )
