"""Makes an archive of imagined statements: true records, texts, revisions and sealed editions, and their index.

Statements are drawn and sealed part by part, and all is one transaction: what is cut short leaves nothing. Where there
are many, tables are filled before they have indexes, and other processes help: for SQLite one writes beside the
database what does not hold texts; for PostgreSQL they make the text that it is given by COPY. Who else uses the
database meanwhile waits; on SQLite no longer than its connection is patient.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import column_name, languages
from memorial.publishing.models import Edition
from memorial.reading.search.index import need_rebuild
from memorial.reading.search.schema import backend
from memorial.statements.models import Event, Figure, Issuer, Occasion, Place, Source, Statement
from memorial.translations.models import Revision, Text

from . import copied, indexes, store
from .aside import FORM_COLUMNS, FORMS, Aside, forms
from .imagine import PART
from .indexed import Indexed
from .parts import BESIDE, EDITION, NARROW, WRITTEN, columns, rows_of
from .plan import Plan
from .sources import WITH_WORDINGS, Carried
from .words import LANGUAGES, SLUG_PREFIX, Name, events, issuers, occasions, places

# From so many statements on, other processes help, and indexes are made at the end.
MANY = 5_000

#: Hears what is done, and of how many statements: "statements", "words", "indexes" or "taken over".
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
    # Not inside a transaction that is open already: other processes could not see it, and a part of it is costly.
    is_many = statements >= MANY and not connection.in_atomic_block

    def indexing(done: int, of: int) -> None:
        progress("indexes", statements * done // of)

    with store.loading(connection, statements * len(tags)), transaction.atomic():
        is_indexed = backend(connection).exists(connection)
        with copied.without_indexes(connection, indexing) if is_copied and is_many else nullcontext():
            labels = _make_labels(tags)
            plan = _plan(
                Plan(
                    statements=statements, seed=seed, tags=tuple(tags), is_short=is_short, by=by.pk,
                    sealed_at=sealed_at, now=timezone.now(), is_copied=is_copied, is_indexed=is_indexed,
                    keys=labels.keys, first={Statement: store.free_key(Statement)},
                ),
                carried,
            )  # fmt: skip
            if is_copied:
                editions = _copied(plan, is_many, progress)
            else:
                editions = _stored_by_two(plan, progress, indexing) if is_many else _stored(plan, progress)
        store.continue_keys(connection)
        if statements:
            carried.seal(labels.issuers)
        if not is_indexed:
            need_rebuild()
    store.count(connection)
    return editions


def _stored(plan: Plan, progress: Progress) -> int:
    """Store all parts on SQLite, in the transaction that is open; return the number of editions."""
    editions, indexed, database = 0, Indexed(), connection.connection
    for part in plan.parts:
        made = rows_of(plan, part, indexed)
        store.part(database, plan, made)
        editions += len(made[EDITION])
        progress("statements", min((part + 1) * PART, plan.statements))
    store.rows(database, FORMS, FORM_COLUMNS, forms(indexed.readable))
    return editions


def _stored_by_two(plan: Plan, progress: Progress, indexing: Callable[[int, int], None]) -> int:
    """Do the same with the help of another process: it writes what this one does not, about as much of it."""
    editions, indexed, database = 0, Indexed(), connection.connection
    with Aside(plan, database, Path(f"{connection.settings_dict['NAME']}.aside")) as aside:
        with indexes.without(connection, indexes.of_sqlite(connection, "index", NARROW), indexing):
            for part in plan.parts:
                made = rows_of(plan, part, indexed, WRITTEN)
                store.part(database, plan, made)
                editions += len(made[EDITION])
                progress("statements", min((part + 1) * PART, plan.statements))
        with indexes.without(connection, indexes.of_sqlite(connection, "trigger", BESIDE)):
            aside.take_over(progress)
    return editions


def _copied(plan: Plan, is_many: bool, progress: Progress) -> int:
    """Store all parts and their words on PostgreSQL, in the transaction that is open; return the number of editions."""
    editions, readable = 0, dict[tuple[str, str], str]()
    for part, made in enumerate(copied.made(plan, plan.parts, is_many=is_many), start=1):
        copied.copy(connection, columns(plan), made.texts)
        editions += made.editions
        readable = {**made.forms, **readable}
        progress("statements", min(part * PART, plan.statements))
    copied.copy(connection, {FORMS: FORM_COLUMNS}, {FORMS: copied.as_text(forms(readable))})
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
