"""Writing the index: with each publication, and anew."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from memorial.publishing.models import Edition
from memorial.reading.models import PendingRebuild, SearchEntry
from memorial.statements.models import Statement
from memorial.text.analysis import VERSION

from . import words
from .document import Document, document_of
from .schema import backend
from .sequence import MOST_TIMES, sequence_of

BATCH = 200


@dataclass(frozen=True)
class Moment:
    """From when until when an edition is the visible one of its statement and language."""

    visible_from: datetime
    until: datetime | None


def write(editions: Iterable[Edition]) -> None:
    """Put what has just been sealed into the index, in the transaction that seals it; take out what it replaces.

    Where there is no place for words, nothing is written but that a rebuild is needed: publishing goes on.
    """
    editions = list(editions)
    if not editions:
        return
    if not backend(connection).exists(connection):
        need_rebuild()
        return
    with transaction.atomic(savepoint=False):
        _write(editions)


def take_out(editions: Iterable[Edition]) -> None:
    """Take what is withdrawn out of the index, in the transaction that withdraws it."""
    SearchEntry.objects.filter(edition__in=[edition.pk for edition in editions]).delete()


def need_rebuild() -> None:
    """Note that the index does not hold everything."""
    if not PendingRebuild.objects.exists():
        PendingRebuild.objects.create()


def outdated(now: datetime | None = None) -> QuerySet[Edition]:
    """The editions that are visible, or will be, and are not in the index as this analyser would put them."""
    now = now or timezone.now()
    current = SearchEntry.objects.filter(edition=OuterRef("pk"), analyser=VERSION)
    later = Edition.objects.filter(
        statement=OuterRef("statement"),
        language=OuterRef("language"),
        number__gt=OuterRef("number"),
        visible_from__lte=now,
    )
    return Edition.objects.filter(~Exists(current), ~Exists(later)).not_withdrawn()


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None, *, only_outdated: bool = True) -> int:
    """Bring the whole index up to date, batch by batch, while the site goes on; return how many entries were written.

    Each batch is a transaction of its own: what was cut short goes on where it stopped. With ``only_outdated`` False
    everything is thrown away first; until the end, searches find what is there again. ``progress`` hears (done, total).
    """
    there = backend(connection)
    if not only_outdated or not there.exists(connection):
        clear()
    need_rebuild()
    SearchEntry.objects.filter(visible_until__lte=timezone.now()).delete()
    waiting = outdated()
    total, done, last = waiting.count(), 0, 0
    progress(done, total)
    while batch := list(waiting.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            editions = list(Edition.objects.filter(pk__in=batch).defer("canonical", "revision"))
            _wait_for_publications(editions)
            _write(editions)
        last, done = batch[-1], done + len(batch)
        progress(done, total)
    PendingRebuild.objects.all().delete()
    there.refresh(connection)
    return done


def clear() -> None:
    """Throw the index away, and make a place for another."""
    with transaction.atomic():
        need_rebuild()
        SearchEntry.objects.all().delete()
        words.forget()
        backend(connection).create(connection)


def _wait_for_publications(editions: Iterable[Edition]) -> None:
    """Hold the lock of publishing: else this would write an entry that a publication is about to replace."""
    statements = {edition.statement_id for edition in editions}
    list(Statement.objects.select_for_update(no_key=True).filter(pk__in=statements).order_by("pk").only("pk"))


def _write(editions: Sequence[Edition]) -> None:
    """Write the entries of those editions that are, or will be, visible; mend the entries beside them.

    At most nine queries and one for each entry that waits to be replaced, whatever the number of editions.
    """
    now = timezone.now()
    moments = _moments({edition.statement_id for edition in editions})
    over = [pk for pk, moment in moments.items() if moment.until is not None and moment.until <= now]
    SearchEntry.objects.filter(pk__in=over).delete()
    for pk, moment in moments.items():
        if moment.until is not None and moment.until > now:
            SearchEntry.objects.filter(pk=pk).update(visible_until=moment.until)
    gone = set(over)
    _write_entries([edition for edition in editions if edition.pk not in gone], moments)


def _moments(statements: Collection[int]) -> dict[int, Moment]:
    """The moments of every edition of some statements. One query."""
    rows = Edition.objects.filter(statement__in=statements).order_by("statement", "language", "-number")
    found: dict[int, Moment] = {}
    after: dict[tuple[int, str], datetime] = {}
    for pk, statement, language, visible_from in rows.values_list("pk", "statement_id", "language", "visible_from"):
        until = after.get((statement, language))
        found[pk] = Moment(visible_from, until)
        after[statement, language] = min(visible_from, until) if until else visible_from
    return found


def _write_entries(editions: Sequence[Edition], moments: dict[int, Moment]) -> None:
    if not editions:
        return
    there = backend(connection)
    events = _linked(Edition.events.through, "event_id", editions)
    places = _linked(Edition.places.through, "place_id", editions)
    sequences = _free_sequences(editions)
    documents: list[tuple[int, Document]] = []
    entries = []
    for edition in editions:
        named = events[edition.pk], places[edition.pk]
        documents.append((sequences[edition.pk], document_of(edition, *named)))
        entries.append(_entry(edition, sequences[edition.pk], moments[edition.pk], *named))
    fields = [field.name for field in SearchEntry._meta.concrete_fields if not field.primary_key]
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["edition"], update_fields=fields, batch_size=BATCH
    )
    there.write(connection, documents)
    words.remember(document for _sequence, document in documents)


def _entry(
    edition: Edition, sequence: int, moment: Moment, events: Sequence[int], places: Sequence[int]
) -> SearchEntry:
    return SearchEntry(
        edition_id=edition.pk,
        analyser=VERSION,
        sequence=sequence,
        statement_id=edition.statement_id,
        language=edition.language,
        visible_from=moment.visible_from,
        visible_until=moment.until,
        kind=edition.kind,
        issuer_id=edition.issuer_id,
        occasion_id=edition.occasion_id,
        events=" ".join(map(str, events)),
        places=" ".join(map(str, places)),
        original_language=edition.facts["statement"]["original_language"],
        has_figures=bool(edition.facts.get("figures")),
        earliest=edition.earliest,
        latest=edition.latest,
    )


def _linked(through: type, name: str, editions: Sequence[Edition]) -> dict[int, list[int]]:
    """The keys of what editions are linked with, by edition. One query."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = through.objects.filter(edition__in=[edition.pk for edition in editions])  # type: ignore[attr-defined]
    for edition, linked in rows.order_by("edition_id", name).values_list("edition_id", name):
        found[edition].append(linked)
    return found


def _free_sequences(editions: Sequence[Edition]) -> dict[int, int]:
    """A sequence for each edition that no words have yet, not even those of an entry that is gone."""
    found = {edition.pk: sequence_of(edition.earliest, edition.pk) for edition in editions}
    for _time in range(MOST_TIMES):
        taken = backend(connection).taken(connection, list(found.values()))
        if not taken:
            return found
        found = {pk: one + 1 if one in taken else one for pk, one in found.items()}
    raise RuntimeError("These entries have been written too often: run “manage.py rebuild_search --all”.")
