"""Which records a question is answered with: statements that readers see, and those that they saw before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from memorial.api.publicity import Publicity
from memorial.publishing.models import Edition, EditionQuerySet, Withdrawal, WithdrawalQuerySet
from memorial.statements.models import Event, Issuer, Occasion, Statement

from .asked import OaiError, Question

PART = 100
# A longer list is not counted: the protocol leaves it to us, and harvesters follow tokens to the end anyway.
MOST_COUNTED = 1_000
TEXT = (
    "pk", "statement", "statement__sid", "statement__slug", "language", "number", "title", "summary", "kind", "dated",
    "issuer__slug", "occasion__slug", "facts__statement", "facts__issuer", "facts__occasion", "facts__events",
    "facts__places", "facts__sources", "facts__text", "facts__related",
)  # fmt: skip
Sealed = dict[str, Any]


@dataclass(frozen=True)
class Record:
    """One statement for harvesters; ``texts`` are its newest editions, and none where nothing is public any more."""

    sid: str
    changed: datetime
    sets: Sequence[str]
    texts: Sequence[Sealed]

    @property
    def is_deleted(self) -> bool:
        """Whether it has been withdrawn in every language that it could be read in, or the language been hidden."""
        return not self.texts


@dataclass(frozen=True)
class Part:
    """One part of a list; ``token`` is empty on the last, and None where the list has only one.

    ``size`` is that of the whole list, None where it is longer than what is counted.
    """

    records: Sequence[Record]
    token: str | None
    cursor: int
    size: int | None


@dataclass
class Harvest:
    """The archive at one moment."""

    now: datetime = field(default_factory=timezone.now)
    publicity: Publicity = field(default_factory=Publicity.now)

    @property
    def seen(self) -> EditionQuerySet:
        """Every edition that readers see or saw. Its words go to nobody: only its dates and what it belongs to."""
        return Edition.objects.filter(self.publicity.seen(self.now)).not_called_off()

    @property
    def withdrawals(self) -> WithdrawalQuerySet:
        """Those that readers are told of."""
        return Withdrawal.objects.public()

    def part(self, question: Question) -> Part:
        """Return the part of the list that is asked for. Raises OaiError. Six queries at most."""
        rows = self._chosen(question)
        size = rows[: MOST_COUNTED + 1].count() if question.size is None else question.size
        is_counted = 0 < size <= MOST_COUNTED
        keys = list(rows.filter(pk__gt=question.after).order_by("pk").values_list("pk", flat=True)[: PART + 1])
        if not keys:
            raise OaiError("noRecordsMatch", "No record matches.")
        shown = keys[:PART]
        token = None
        if len(keys) > PART:
            given = question.cursor + PART
            # What is released during a harvest makes the list longer than it was when it was counted.
            size = max(size, given + 1) if is_counted else 0
            token = question.token(after=shown[-1], cursor=given, size=size)
        elif question.cursor:
            token = ""
        return Part(self.records(shown), token, question.cursor, size if is_counted else None)

    def record(self, sid: str) -> Record:
        """Return one record. Raises OaiError where there never was one."""
        key = Statement.objects.filter(self._is_seen(), sid=sid).values_list("pk", flat=True).first() if sid else None
        if key is None:
            raise OaiError("idDoesNotExist", "No record has this identifier.")
        return self.records([key])[0]

    def records(self, keys: Sequence[int]) -> list[Record]:
        """Return the records of statements, in their order. Four queries."""
        texts: dict[int, list[Sealed]] = defaultdict(list)
        visible = Edition.objects.visible(self.now).filter(statement__in=keys)
        for row in visible.order_by("language").values(*TEXT):
            texts[row["statement"]].append(row)
        history: dict[int, list[Sealed]] = defaultdict(list)
        columns = ("pk", "statement", "statement__sid", "language", "visible_from", "issuer__slug", "occasion__slug")
        for row in self.seen.filter(statement__in=keys).order_by("pk").values(*columns):
            history[row["statement"]].append(row)
        moments: dict[int, list[datetime]] = defaultdict(list)
        withdrawn = self.withdrawals.filter(statement__in=keys).values_list("statement", "language", "withdrawn_at")
        for key, language, at in withdrawn.order_by():
            moments[key].append(self.publicity.moment(language, at))
        events: dict[int, list[str]] = defaultdict(list)
        links = Edition.events.through.objects.filter(edition__statement__in=keys).order_by("event__slug")
        for edition, slug in links.values_list("edition", "event__slug"):
            events[edition].append(slug)
        return [self._record(texts[key], history[key], moments[key], events) for key in keys]

    def first_moment(self) -> datetime:
        """Return a moment before which no record changed. One query."""
        return self.seen.order_by("visible_from").values_list("visible_from", flat=True).first() or self.now

    def _record(
        self, texts: list[Sealed], history: list[Sealed], withdrawn: list[datetime], events: dict[int, list[str]]
    ) -> Record:
        appeared = (self.publicity.moment(row["language"], row["visible_from"]) for row in history)
        changed = max([*appeared, *withdrawn])
        sets = {"issuer", "language"}
        for row in texts or history:
            sets |= {f"issuer:{row['issuer__slug']}", f"language:{row['language']}"}
            if row["occasion__slug"]:
                sets |= {"occasion", f"occasion:{row['occasion__slug']}"}
            for slug in events[row["pk"]]:
                sets |= {"event", f"event:{slug}"}
        return Record(history[0]["statement__sid"], changed, sorted(sets), texts)

    def _is_seen(self, *conditions: Q) -> Exists:
        return Exists(self.seen.filter(*conditions, statement=OuterRef("pk")))

    def _chosen(self, question: Question) -> "QuerySet[Statement]":
        rows: QuerySet[Statement] = Statement.objects.filter(self._is_seen())
        if since := question.since:
            # A language that was launched since brings its withdrawals with its editions.
            withdrawn = Q(pk__in=self._withdrawn_since(since).values("statement"))
            rows = rows.filter(Q(self._is_seen(self.publicity.since(since))) | withdrawn)
        if until := question.until:
            # Datestamps are written in whole seconds: the second that is named belongs to what is asked for.
            after = until + timedelta(seconds=1)
            is_withdrawn = Exists(self._withdrawn_since(after).filter(statement=OuterRef("pk")))
            rows = rows.filter(~self._is_seen(self.publicity.since(after)), ~is_withdrawn)
        if question["set"]:
            rows = rows.filter(self._in_set(question["set"]))
        return rows

    def _withdrawn_since(self, moment: datetime) -> WithdrawalQuerySet:
        """The withdrawals at ``moment`` or later."""
        return self.withdrawals.filter(withdrawn_at__gte=moment).order_by()

    def _in_set(self, spec: str) -> Q:
        """The condition on statements in a set: what is public decides; of deleted records, what was."""
        condition = _membership(spec)
        visible = Edition.objects.visible(self.now).filter(statement=OuterRef("pk"))
        return Q(Exists(visible.filter(condition))) | Q(~Exists(visible) & Q(self._is_seen(condition)))


_SETS: Final[dict[str, str]] = {
    "issuer": "issuer__slug",
    "occasion": "occasion__slug",
    "event": "events__slug",
    "language": "language",
}


def _membership(spec: str) -> Q:
    """The condition on editions that put their statement into a set; one that nobody has for a set that is not."""
    kind, _, name = spec.partition(":")
    if kind not in _SETS or not spec.isascii() or not spec.isprintable() or spec.endswith(":"):
        return Q(pk__in=[])
    if name:
        return Q(**{_SETS[kind]: name})
    return Q(**{f"{_SETS[kind]}__isnull": False})


def sets(harvest: Harvest) -> list[tuple[str, Any]]:
    """Return each set of the archive with the label that names it, or its language's tag. Three queries."""
    visible = Edition.objects.visible(harvest.now)
    found: list[tuple[str, Any]] = []
    for kind, model, column in (
        ("issuer", Issuer, "issuer"), ("occasion", Occasion, "occasion"), ("event", Event, "events"),
    ):  # fmt: skip
        found.append((kind, None))
        rows = model.objects.filter(Exists(visible.filter(**{column: OuterRef("pk")}))).order_by("slug")
        found += [(f"{kind}:{row.slug}", row) for row in rows]
    found.append(("language", None))
    found += [(f"language:{tag}", tag) for tag in harvest.publicity.public]
    return found
