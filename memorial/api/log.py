"""The log: everything that was released, oldest first, one line each."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db.models import Case, DateTimeField, Q, Value, When
from django.utils import timezone

from memorial.publishing.models import Edition, SourceEdition

from . import asked, cursors
from .naming import Data, api_url, next_url
from .publicity import Publicity

COLUMNS = ("pk", "visible_from", "number", "language", "note", "sha256")
# The order of lines of one moment: editions, editions that appeared with their language, sources. Part of the cursor.
_APPEARED, _LAUNCHED, _SOURCE = range(3)
Key = tuple[datetime, int, int]
Keyed = tuple[Key, Data]
_START: Key = (datetime(1, 1, 2, tzinfo=UTC), 0, 0)


def page(wish: asked.Page) -> Data:
    """One page of the log. A language made public later brings its lines at that moment. Five queries."""
    after = _START
    if wish.cursor:
        moment, rank, key = cursors.read("log", wish.cursor)
        after = (datetime.fromisoformat(moment), rank, key)
    publicity, now = Publicity.now(), timezone.now()
    streams: list[Iterable[Keyed]] = [
        stream(publicity, after, now, wish.limit + 1) for stream in (_appeared, _launched, _sources)
    ]
    found = sorted((line for stream in streams for line in stream), key=lambda line: line[0])[: wish.limit + 1]
    shown = found[: wish.limit]
    last = shown[-1][0] if shown else after
    later = next_url("log", wish.params(), cursors.written("log", last)) if shown or wish.cursor else None
    return {
        "items": [line for _key, line in shown],
        "next": later if len(found) > wish.limit else None,
        "later": later,
    }


def _appeared(publicity: Publicity, after: Key, now: datetime, limit: int) -> Iterator[Keyed]:
    """Editions that appeared at their own moment. By the index of moments."""
    with_their_language = Q(pk__in=[])
    for tag, since in publicity.launched.items():
        with_their_language |= Q(language=tag, visible_from__lte=since)
    rows = (
        Edition.objects.released(now).exclude(with_their_language)
        if publicity.launched
        else (Edition.objects.released(now))
    )
    rows = rows.filter(_beyond(after, _APPEARED)).order_by("visible_from", "pk")[:limit]
    for row in rows.values(*COLUMNS, "change", "statement__sid"):
        yield (row["visible_from"], _APPEARED, row["pk"]), _of_edition(row, row["visible_from"])


def _launched(publicity: Publicity, after: Key, now: datetime, limit: int) -> Iterator[Keyed]:
    """Editions that waited for their language: they appeared with it."""
    moment, rank, key = after
    condition, whens = Q(pk__in=[]), []
    for tag, since in publicity.launched.items():
        if since < moment:
            continue
        rest = Q(language=tag, visible_from__lte=since)
        if since == moment:
            rest &= Q(pk__gt=key) if rank == _LAUNCHED else Q(pk__in=[]) if rank > _LAUNCHED else Q()
        condition |= rest
        whens.append(When(language=tag, then=Value(since)))
    if not whens:
        return
    rows = Edition.objects.released(now).filter(condition)
    rows = rows.annotate(moment=Case(*whens, output_field=DateTimeField())).order_by("moment", "pk")[:limit]
    for row in rows.values(*COLUMNS, "change", "statement__sid"):
        since = publicity.launched[row["language"]]
        yield (since, _LAUNCHED, row["pk"]), _of_edition(row, since)


def _sources(publicity: Publicity, after: Key, now: datetime, limit: int) -> Iterator[Keyed]:
    """Sources that were released by themselves."""
    rows = SourceEdition.objects.released(now).filter(_beyond(after, _SOURCE)).order_by("visible_from", "pk")[:limit]
    for row in rows.values(*COLUMNS, "statement__sid", "source__ref"):
        line = {
            **_line(row, row["visible_from"]),
            "source": row["source__ref"],
            "change": Edition.Change.FIRST if row["number"] == 1 else Edition.Change.UPDATE,
            "api_url": None,
        }
        yield (row["visible_from"], _SOURCE, row["pk"]), line


def _beyond(after: Key, own: int) -> Q:
    """The condition on rows, kept in order by moment and key, that come after a line of any stream."""
    moment, rank, key = after
    if rank < own:
        return Q(visible_from__gte=moment)
    if rank > own:
        return Q(visible_from__gt=moment)
    return Q(visible_from__gt=moment) | Q(visible_from=moment, pk__gt=key)


def _of_edition(row: Data, moment: datetime) -> Data:
    sid, number = row["statement__sid"], row["number"]
    address = api_url("edition", sid=sid, lang=row["language"], number=number)
    return {**_line(row, moment), "source": None, "change": row["change"], "api_url": address}


def _line(row: Data, moment: datetime) -> Data:
    return {
        "time": moment,
        "sid": row["statement__sid"],
        "language": row["language"],
        "edition": row["number"],
        "note": row["note"],
        "sha256": row["sha256"],
    }
