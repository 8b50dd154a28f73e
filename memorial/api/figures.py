"""The figures of everything that readers see, as the API finds and writes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from memorial.publishing.models import SealedFigure
from memorial.reading.addresses import absolute
from memorial.reading.ledger.asked import Asked
from memorial.reading.paths import path_to
from memorial.statements.models import Event, Issuer

from . import asked, cursors
from .naming import Data, api_url, dated, reference
from .paging import sheet

PLACE = (
    "fid", "position", "edition", "edition__language", "edition__number", "edition__statement__sid",
    "edition__statement__slug", "edition__facts__figures", "source_edition__source__ref", "source_edition__language",
    "source_edition__number", "source_edition__facts__figures", "source_edition__facts__source",
)  # fmt: skip


def page(wish: asked.Figures, public: Sequence[str]) -> Data:
    """One page of figures by the date of the claim, each once, with every place where it stands. Four queries."""
    now = timezone.now()
    rows = _first_of_each(now).filter(_condition(wish))
    if wish.cursor:
        day, fid = cursors.read("figures", wish.cursor)
        day = date.fromisoformat(day)
        rows = rows.filter(Q(earliest__gt=day) | Q(earliest=day, fid__gt=fid))
    rows = rows.order_by("earliest", "fid")
    shown, following = sheet("figures", wish, rows, lambda row: (row.earliest, row.fid))
    places = _places(shown, now, public)
    claimants = Issuer.objects.in_bulk({row.claimant_id for row in shown})
    events = Event.objects.in_bulk({row.event_id for row in shown})
    return {
        "items": [
            _written(row, claimants[row.claimant_id], events[row.event_id], places[row.fid], public) for row in shown
        ],
        "next": following,
    }


def _first_of_each(now: datetime) -> "QuerySet[SealedFigure]":
    """Of the visible rows of one figure, which stands in many languages, the one that was sealed last."""
    later = SealedFigure.objects.visible(now).filter(fid=OuterRef("fid"), pk__gt=OuterRef("pk"))
    return SealedFigure.objects.visible(now).filter(~Exists(later))


def _condition(wish: asked.Figures) -> Q:
    condition = Asked(measure=wish.measure, claimant=wish.claimant, year=wish.year).condition()
    if wish.event:
        condition &= Q(event__slug=wish.event)
    if wish.statement:
        condition &= Q(edition__statement__sid=wish.statement) | Q(source_edition__statement__sid=wish.statement)
    return condition


def _places(rows: Iterable[SealedFigure], now: datetime, public: Collection[str]) -> dict[str, list[Data]]:
    """Where each figure stands, by its id: in editions by language, then in sources. One query."""
    visible = SealedFigure.objects.visible(now).filter(fid__in=[row.fid for row in rows])
    places: dict[str, list[Data]] = defaultdict(list)
    for row in visible.order_by("edition__language", "pk").values(*PLACE):
        places[row["fid"]].append(_in_source(row, public) if row["edition"] is None else _in_edition(row))
    for found in places.values():
        found.sort(key=lambda place: place["sid"] is None)
    return places


def _in_edition(row: Data) -> Data:
    sid, lang, number = row["edition__statement__sid"], row["edition__language"], row["edition__number"]
    sealed = row["edition__facts__figures"][row["position"]]
    named = {"lang": lang, "sid": sid, "slug": row["edition__statement__slug"], "number": number}
    fragment = f"#{sealed['block']}" if sealed.get("block") else ""
    return {
        "sid": sid,
        "source": None,
        "publisher": None,
        "language": lang,
        "edition": number,
        "url": absolute(path_to("edition", **named)) + fragment,
        "api_url": api_url("edition", sid=sid, lang=lang, number=number),
        "as_sealed": sealed,
    }


def _in_source(row: Data, public: Collection[str]) -> Data:
    source = row["source_edition__facts__source"]
    return {
        "sid": None,
        "source": row["source_edition__source__ref"],
        "publisher": source["publisher"],
        "language": row["source_edition__language"],
        "edition": row["source_edition__number"],
        "url": source["url"] or None,
        "api_url": None,
        "as_sealed": _for_readers(row["source_edition__facts__figures"][row["position"]], public),
    }


def _for_readers(sealed: Data, public: Collection[str]) -> Data:
    """A figure of a source as it was sealed, in every language of the site: without those that readers do not have."""

    def shown(texts: Mapping[str, str]) -> Data:
        return {tag: text for tag, text in texts.items() if tag in public}

    named = {name: {**sealed[name], "name": shown(sealed[name]["name"])} for name in ("claimant", "event")}
    return {**sealed, **named, "described": shown(sealed["described"])}


def _written(row: SealedFigure, claimant: Any, event: Any, places: list[Data], public: Collection[str]) -> Data:
    return {
        "fid": row.fid,
        "claimant": reference(claimant, "issuer", public),
        "event": reference(event, "event", public),
        "measure": row.measure,
        "precision": row.precision,
        "minimum": row.minimum,
        "maximum": row.maximum,
        "claimed": dated(row.claimed, row.earliest, row.latest),
        "stands_in": places,
    }
