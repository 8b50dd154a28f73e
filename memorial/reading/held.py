"""How much is held of each issuer and year: counted once, kept, and then counted only where something changed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Substr
from django.utils import timezone

from memorial.languages.columns import languages
from memorial.languages.models import Language
from memorial.publishing.models import Edition, Withdrawal

from . import kept_held
from .kept_held import Counts, Held, Key, State

#: What is sealed last may be seen before what was sealed a moment earlier: so many are looked at again.
_AGAIN = 50
#: Beyond so many issuers and years, everything is counted.
_MOST_KEYS = 200


def _now() -> State:
    """Read what the counts follow from. One query."""
    sealed = Edition.objects.order_by("-pk")
    withdrawn = Withdrawal.objects.order_by("-pk")
    come = Edition.objects.filter(visible_from__lte=timezone.now()).order_by("-visible_from")
    rows = list(
        Language.objects.public().order_by("tag").values_list(
            "tag", Subquery(sealed.values("pk")[:1]), Subquery(sealed.values("sha256")[:1]),
            Subquery(come.values("visible_from")[:1]), Coalesce(Subquery(withdrawn.values("pk")[:1]), 0),
        )
    )  # fmt: skip
    return State(tuple(row[0] for row in rows), *rows[0][1:]) if rows else State()


@dataclass
class _Kept:
    """The counts of this process."""

    state: State = field(default_factory=State)
    counts: Counts = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


_kept = _Kept()


def kept_counts() -> Counts:
    """Return what is held of each issuer and year. One query until something changes, then six more at most."""
    state = _now()
    with _kept.lock:
        if state != _kept.state:
            if _kept.state.key is None:
                _kept.state, _kept.counts = kept_held.read()
            changed = _changed(_kept.state, state)
            if changed is None:
                _kept.counts = _counted(Q())
            elif changed:
                of_them = Q()
                for issuer, year in changed:
                    of_them |= Q(issuer=issuer, earliest__range=(date(year, 1, 1), date(year, 12, 31)))
                others = {key: held for key, held in _kept.counts.items() if key not in changed}
                _kept.counts = {**others, **_counted(of_them)}
            _kept.state = state
            kept_held.write(state, _kept.counts)
        return _kept.counts


def _changed(before: State, after: State) -> Collection[Key] | None:
    """The issuers and years of every statement that may have changed between two states; None: count all."""
    if before.tags != after.tags or before.key is None or before.moment is None or after.moment is None:
        return None
    if not Edition.objects.filter(pk=before.key, sha256=before.sha256).exists():
        return None  # another database
    new = Q(pk__gt=before.key - _AGAIN) | Q(visible_from__gt=before.moment, visible_from__lte=after.moment)
    changed: list[QuerySet[Any]] = [Edition.objects.filter(new)]
    if after.withdrawal > before.withdrawal:
        changed.append(Withdrawal.objects.filter(pk__gt=before.withdrawal - _AGAIN))
    keys: set[Key] = set()
    for each in changed:
        of_statements = Edition.objects.filter(statement__in=each.order_by().values("statement"))
        rows = _by_year(of_statements).values_list("issuer_id", "year").distinct()
        keys |= {(issuer, int(year)) for issuer, year in rows[: _MOST_KEYS + 1]}
    return keys if len(keys) <= _MOST_KEYS else None


def _counted(condition: Q) -> dict[Key, tuple[int, Sequence[Held]]]:
    """Count the visible statements that meet a condition, and their texts. Two queries."""
    rows = _by_year(Edition.objects.filter(condition).visible())
    texts = defaultdict(list)
    for issuer, year, language, full, extract, summary in rows.values_list("issuer_id", "year", "language").annotate(
        **{extent: Count("pk", filter=Q(completeness=extent)) for extent in ("full", "extract", "summary")}
    ):
        texts[issuer, int(year)].append(Held(language, full, extract, summary))
    places = {tag: place for place, tag in enumerate(languages())}
    found: dict[Key, tuple[int, Sequence[Held]]] = {}
    for issuer, year, count in rows.values_list("issuer_id", "year").annotate(count=Count("statement", distinct=True)):
        held = texts[issuer, int(year)]
        found[issuer, int(year)] = count, sorted(held, key=lambda each: places.get(each.language, len(places)))
    return found


def _by_year(rows: Any) -> Any:
    # As text: SQLite would call Python for each row to learn a year.
    return rows.order_by().annotate(year=Substr(Cast("earliest", CharField()), 1, 4))
