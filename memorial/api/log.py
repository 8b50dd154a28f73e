"""The log: everything that was released or withdrawn, oldest first, one line each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Case, DateTimeField, Q, QuerySet, Value, When
from django.utils import timezone

from memorial.publishing.models import Edition, SourceEdition, Withdrawal

from . import asked, cursors
from .naming import Data, api_url, next_url
from .publicity import Publicity

# The order of lines of one moment: editions, editions that appeared with their language, sources, withdrawals,
# withdrawals that are told of with their language. Part of the cursor.
_APPEARED, _LAUNCHED, _SOURCE, _WITHDRAWN, _WITHDRAWN_BEFORE = range(5)
Key = tuple[datetime, int, int]
Keyed = tuple[Key, Data]
_START: Key = (datetime(1, 1, 2, tzinfo=UTC), 0, 0)


@dataclass(frozen=True)
class _Asked:
    """So many lines after one, as things are now."""

    after: Key
    limit: int
    now: datetime
    publicity: Publicity


def page(wish: asked.Page) -> Data:
    """One page of the log. A language made public later brings its lines at that moment. Seven queries at most."""
    after = _START
    if wish.cursor:
        moment, rank, key = cursors.read("log", wish.cursor)
        after = (datetime.fromisoformat(moment), rank, key)
    what = _Asked(after, wish.limit + 1, timezone.now(), Publicity.now())
    streams: list[Iterable[Keyed]] = [_editions(what), _sources(what), _withdrawals(what)]
    found = sorted((line for stream in streams for line in stream), key=lambda line: line[0])[: wish.limit + 1]
    shown = found[: wish.limit]
    last = shown[-1][0] if shown else after
    later = next_url("log", wish.params(), cursors.written("log", last)) if shown or wish.cursor else None
    return {
        "items": [line for _key, line in shown],
        "next": later if len(found) > wish.limit else None,
        "later": later,
    }


def _editions(what: _Asked) -> Iterator[Keyed]:
    """Editions. The line of one that was removed stays, but not its note: that may hold what had to go."""
    rows = Edition.objects.seen(what.now).with_removal()
    columns = ("number", "language", "note", "sha256", "change", "statement__sid", "is_removed")
    for key, row in _told(rows, "visible_from", columns, what, (_APPEARED, _LAUNCHED)):
        note = "" if row["is_removed"] else row["note"]
        yield key, {**_line(key, row), "change": row["change"], "note": note, "api_url": _address(row)}


def _sources(what: _Asked) -> Iterator[Keyed]:
    """Sources that were released by themselves."""
    rows = SourceEdition.objects.released(what.now)
    columns = ("number", "language", "note", "sha256", "statement__sid", "source__ref")
    for key, row in _at_their_own_moment(rows, "visible_from", columns, what, _SOURCE):
        change = Edition.Change.FIRST if row["number"] == 1 else Edition.Change.UPDATE
        yield key, {**_line(key, row), "source": row["source__ref"], "change": change}


def _withdrawals(what: _Asked) -> Iterator[Keyed]:
    """Withdrawals, with the newest edition that readers could see of what was withdrawn."""
    rows = Withdrawal.objects.public().with_edition("number", "sha256")
    columns = (
        "language", "reason", "keeps_text", "statement__sid", "edition_number", "edition_sha256", "is_removed",
    )  # fmt: skip
    for key, row in _told(rows, "withdrawn_at", columns, what, (_WITHDRAWN, _WITHDRAWN_BEFORE)):
        of_edition = {**row, "number": row["edition_number"], "sha256": row["edition_sha256"], "note": row["reason"]}
        change = "withdrawal" if row["keeps_text"] else "removal"
        yield key, {**_line(key, of_edition), "change": change, "api_url": _address(of_edition)}


def _told(
    rows: "QuerySet[Any]", moment: str, columns: Sequence[str], what: _Asked, ranks: tuple[int, int]
) -> Iterator[Keyed]:
    """Rows that are told of at a moment of their own, and those that waited for their language. Two queries."""
    launched, (own, waited) = what.publicity.launched, ranks
    with_their_language = Q(pk__in=[])
    for tag, since in launched.items():
        with_their_language |= Q(**{"language": tag, f"{moment}__lte": since})
    by_themselves = rows.exclude(with_their_language) if launched else rows
    yield from _at_their_own_moment(by_themselves, moment, columns, what, own)
    yield from _with_their_language(rows, moment, columns, what, waited)


def _at_their_own_moment(
    rows: "QuerySet[Any]", moment: str, columns: Sequence[str], what: _Asked, rank: int
) -> Iterator[Keyed]:
    """By the index of moments."""
    after, after_rank, after_key = what.after
    beyond = Q(**{f"{moment}__gte" if after_rank < rank else f"{moment}__gt": after})
    if after_rank == rank:
        beyond |= Q(**{moment: after, "pk__gt": after_key})
    for row in rows.filter(beyond).order_by(moment, "pk").values("pk", moment, *columns)[: what.limit]:
        yield (row[moment], rank, row["pk"]), row


def _with_their_language(
    rows: "QuerySet[Any]", moment: str, columns: Sequence[str], what: _Asked, rank: int
) -> Iterator[Keyed]:
    """Rows that were there before their language was made public, at that moment."""
    after, after_rank, after_key = what.after
    condition, whens = Q(pk__in=[]), []
    for tag, since in what.publicity.launched.items():
        if since < after:
            continue
        rest = Q(**{"language": tag, f"{moment}__lte": since})
        if since == after:
            rest &= Q(pk__gt=after_key) if after_rank == rank else Q(pk__in=[]) if after_rank > rank else Q()
        condition |= rest
        whens.append(When(language=tag, then=Value(since)))
    if not whens:
        return
    found = rows.filter(condition).annotate(told_at=Case(*whens, output_field=DateTimeField()))
    for row in found.order_by("told_at", "pk").values("pk", *columns)[: what.limit]:
        yield (what.publicity.launched[row["language"]], rank, row["pk"]), row


def _address(row: Data) -> str | None:
    """Where an edition can be read; None where it was removed."""
    if row["is_removed"]:
        return None
    return api_url("edition", sid=row["statement__sid"], lang=row["language"], number=row["number"])


def _line(key: Key, row: Data) -> Data:
    return {
        "time": key[0],
        "sid": row["statement__sid"],
        "source": None,
        "language": row["language"],
        "edition": row["number"],
        "note": row["note"],
        "sha256": row["sha256"],
        "api_url": None,
    }
