"""Makes an archive of imagined statements: true records, texts, revisions and sealed editions, and their index.

Statements are drawn and sealed part by part. SQLite is given rows, some parts a transaction; where there are many,
other processes make half of them and write the words of the index meanwhile. What was cut short is then a smaller true
archive whose index says that it is incomplete: ``rebuild_search`` completes it. PostgreSQL is given text by COPY, made
by other processes where there are many, in one transaction: what was cut short left nothing.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import column_name, languages
from memorial.publishing.models import Edition
from memorial.reading.models import PendingRebuild, SearchWord
from memorial.reading.search.index import need_rebuild
from memorial.reading.search.schema import backend
from memorial.statements.models import Event, Figure, Issuer, Occasion, Place, Source, Statement
from memorial.text.analysis import VERSION
from memorial.translations.models import Revision, Text

from . import copied, store
from .imagine import PART
from .parts import Rows, rows_of
from .plan import Plan
from .sources import WITH_WORDINGS, Carried
from .word_tables import WordsOfAll, forms
from .words import LANGUAGES, SLUG_PREFIX, Name, events, issuers, occasions, places

# From so many statements on, other processes draw and seal, and write the words of the index.
MANY = 5_000
AHEAD = 3  # parts that another process draws before they can be stored
# Parts that SQLite stores in one transaction: the pages of its indexes are written once for all of them.
TOGETHER = 20

EDITIONS = Edition._meta.db_table

#: Hears what is done, and of how many statements: "statements" or "words".
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Labels:
    """The rows that the statements refer to, by slug."""

    issuers: dict[str, Issuer]
    places: dict[str, Place]
    events: dict[str, Event]
    occasions: dict[str, Occasion]

    @property
    def keys(self) -> dict[str, int]:
        """Their keys: no two have the same slug."""
        return {
            slug: row.pk
            for rows in (self.issuers, self.places, self.events, self.occasions)
            for slug, row in rows.items()
        }


def reasons_against(tags: Sequence[str]) -> list[Reason]:
    """List why demonstration data cannot be made here, in these languages; empty when it can."""
    reasons = []
    if Statement.objects.exclude(issuer__slug__startswith=SLUG_PREFIX).exists():
        message = _("This database holds real statements. Demonstration data is never kept beside them: use another.")
        reasons.append(Reason("real-statements", message))
    elif Statement.objects.exists():
        message = _("This database holds demonstration data already. Start with an empty one.")
        reasons.append(Reason("demonstration-data", message))
    if unwritten := [tag for tag in tags if tag not in LANGUAGES]:
        message = _("There are no words for demonstration data in: %(languages)s.")
        reasons.append(Reason("no-words", message % {"languages": ", ".join(unwritten)}))
    if absent := [tag for tag in tags if tag not in languages()]:
        message = _("The site does not have these languages: %(languages)s. Add them first, or leave them out.")
        reasons.append(Reason("no-language", message % {"languages": ", ".join(absent)}))
    if not tags:
        reasons.append(Reason("no-language", _("Choose at least one language.")))
    return reasons


def make_demonstration(
    statements: int,
    *,
    seed: int,
    tags: Sequence[str],
    by: User,
    sealed_at: datetime | None = None,
    is_short: bool = False,
    progress: Progress = lambda what, done: None,
) -> int:
    """Make ``statements`` fictional statements with their editions; return the number of editions.

    The same seed, languages and ``sealed_at`` give the same ids, texts and hashes. ``progress`` hears of each part
    that is given to the database. Raises Refused.
    """
    tags = list(dict.fromkeys(tags))
    if reasons := reasons_against(tags):
        raise Refused(reasons)
    sealed_at = sealed_at or timezone.now().replace(microsecond=0)
    carried = Carried(seed, tags, by=by, sealed_at=sealed_at)
    is_copied = connection.vendor == "postgresql"
    # Other processes help where there are many, but not inside a transaction, which they could not see.
    is_many = statements >= MANY and not connection.in_atomic_block
    with store.loading(connection), transaction.atomic() if is_copied else nullcontext():
        was_incomplete = PendingRebuild.objects.exists()
        is_indexed = backend(connection).exists(connection)
        need_rebuild()
        with copied.without_indexes(connection) if is_copied and is_many else nullcontext():
            with transaction.atomic():
                labels = _make_labels(tags)
                plan = _plan(
                    Plan(
                        statements=statements, seed=seed, tags=tuple(tags), is_short=is_short, by=by.pk,
                        sealed_at=sealed_at, now=timezone.now(), is_copied=is_copied, is_indexed=is_indexed,
                        keys=labels.keys, first={Statement: store.free_key(Statement)},
                        analyser=0 if is_many and not is_copied else VERSION,
                    ),
                    carried,
                )  # fmt: skip
                editions = 0 if is_copied or not statements else _insert(plan, rows_of(plan, 0))
            editions += (_copied if is_copied else _inserted)(plan, is_many, progress)
        store.continue_keys(connection)
        with transaction.atomic():
            if statements:
                carried.seal(labels.issuers)
            if plan.is_indexed and not was_incomplete:
                PendingRebuild.objects.all().delete()
    store.count(connection)
    return editions


def _insert(plan: Plan, rows: Rows) -> int:
    """Store the rows of a part on SQLite, in the transaction that is open; return the number of its editions."""
    store.rows(connection, plan, rows)
    return len(rows.get(EDITIONS, ()))


def _inserted(plan: Plan, is_many: bool, progress: Progress) -> int:
    """Store all parts but the first, which is stored, and the words of all; return the number of editions."""
    editions = 0
    with WordsOfAll(plan, is_aside=is_many) as words, closing(_rows(plan, is_many)) as made:
        for start in range(0, len(plan.parts), TOGETHER):
            with transaction.atomic():
                for part in plan.parts[start : start + TOGETHER]:
                    editions += _insert(plan, next(made)) if part else 0
                    words.write(part)
                    progress("statements", min((part + 1) * PART, plan.statements))
        words.finish(partial(progress, "words"))
    return editions


def _rows(plan: Plan, is_many: bool) -> Generator[Rows]:
    """Yield the rows of all parts but the first, in order; of many, another process makes those of every other one.

    The process that stores them has then about as much to do as that one and the one that writes the words together.
    """
    if not is_many:
        yield from (rows_of(plan, part) for part in plan.parts[1:])
        return
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        theirs = deque(pool.submit(rows_of, plan, part) for part in plan.parts[1::2][:AHEAD])
        for part in plan.parts[1:]:
            if part % 2 == 0:
                yield rows_of(plan, part)
                continue
            rows = theirs.popleft().result()
            if part + 2 * AHEAD < plan.parts.stop:
                theirs.append(pool.submit(rows_of, plan, part + 2 * AHEAD))
            yield rows


def _copied(plan: Plan, is_many: bool, progress: Progress) -> int:
    """Store all parts and their words on PostgreSQL, in the transaction that is open; return the number of editions."""
    editions, readable = 0, dict[tuple[str, str], str]()
    for part, made in enumerate(copied.made(plan, plan.parts, is_many=is_many), start=1):
        copied.copy(connection, plan, made.texts)
        editions += made.editions
        readable = {**made.forms, **readable}
        progress("statements", min(part * PART, plan.statements))
    if plan.is_indexed:
        store.into(connection, SearchWord, ["channel", "form", "readable"], forms(readable))
    return editions


def _plan(plan: Plan, carried: Carried) -> Plan:
    """Return the plan with all keys; what sources carry by themselves is stored, since their statements name them."""
    first = [
        (imagined, Statement(pk=plan.first[Statement] + number, sid=imagined.sid))
        for number, imagined in plan.drawn(0)
        if number < WITH_WORDINGS
    ] if plan.statements else []  # fmt: skip
    relays = carried.relays(first)
    return replace(
        plan,
        relays={row.pk - plan.first[Statement]: relays[row.pk] for _imagined, row in first},
        first={model: store.free_key(model) for model in (Statement, Source, Figure, Text, Revision, Edition)},
    )


def _make_labels(tags: Sequence[str]) -> Labels:
    def rows(model: Any, names: Iterable[Name], facts: Callable[[Name], dict[str, Any]]) -> dict[str, Any]:
        there = {row.slug: row for row in model.objects.filter(slug__startswith=SLUG_PREFIX)}
        new = [
            model(slug=name.slug, **{column_name("name", tag): name.name[tag] for tag in tags}, **facts(name))
            for name in names
            if name.slug not in there
        ]
        return {**there, **{row.slug: row for row in model.objects.bulk_create(new)}}

    kept_places = rows(Place, places(), lambda name: dict(name.facts))
    kept_events = rows(Event, events(), lambda name: {"dated": name.facts["dated"]})
    for name in events():
        kept_events[name.slug].places.add(kept_places[name.facts["place"].slug])
    return Labels(
        rows(Issuer, issuers(), lambda name: dict(name.facts)),
        kept_places,
        kept_events,
        rows(Occasion, occasions(), lambda name: {**name.facts, "event": kept_events[name.facts["event"].slug]}),
    )
