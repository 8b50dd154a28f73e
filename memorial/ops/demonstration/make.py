"""Stores imagined statements as true records, texts, revisions and sealed editions, many at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Subquery, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import column_name, languages
from memorial.publishing.facts import Record
from memorial.publishing.models import Edition
from memorial.publishing.seal import seal
from memorial.publishing.sealing_figures import seal_figures
from memorial.publishing.signals import editions_sealed, editions_sealing
from memorial.statements.models import Event, Figure, Issuer, Occasion, Place, Source, Statement
from memorial.text.dates import parse
from memorial.translations.models import Revision, Text

from .imagine import FIGURES_BLOCK, ImaginedStatement, imagine
from .sources import Carried
from .words import LANGUAGES, SLUG_PREFIX, Name, events, issuers, occasions, places, words

BATCH = 500


@dataclass(frozen=True)
class Labels:
    """The rows that the statements refer to, by slug."""

    issuers: dict[str, Issuer]
    places: dict[str, Place]
    events: dict[str, Event]
    occasions: dict[str, Occasion]


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
    progress: Callable[[int], None] = lambda made: None,
) -> int:
    """Make ``statements`` fictional statements with their editions; return the number of editions.

    The same seed, languages and ``sealed_at`` give the same ids, texts and hashes. ``progress`` is called with the
    number made so far after each batch, which is a transaction of its own. Raises Refused.
    """
    tags = list(dict.fromkeys(tags))
    if reasons := reasons_against(tags):
        raise Refused(reasons)
    sealed_at = sealed_at or timezone.now().replace(microsecond=0)
    with transaction.atomic():
        labels = _make_labels(tags)
    waiting = imagine(statements, seed=seed, tags=tags)
    made = editions = 0
    while batch := list(islice(waiting, BATCH)):
        with transaction.atomic():
            carried = None if made else Carried(seed, tags, by=by, sealed_at=sealed_at)
            editions += len(_make_batch(batch, labels, carried, by=by, sealed_at=sealed_at))
            if carried is not None:
                carried.seal(batch[0], labels.issuers)
        made += len(batch)
        progress(made)
    return editions


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


def _make_batch(
    batch: Sequence[ImaginedStatement], labels: Labels, carried: Carried | None, *, by: User, sealed_at: datetime
) -> list[Edition]:
    """Store one batch, table by table, and seal it; ``carried`` adds further sources to the first of all batches."""
    statements = Statement.objects.bulk_create([_statement(imagined, labels, by) for imagined in batch])
    pairs = list(zip(batch, statements, strict=True))
    _link(Statement.events, [(row, labels.events[imagined.event.slug]) for imagined, row in pairs])
    _link(Statement.places, [(row, labels.places[place.slug]) for imagined, row in pairs for place in imagined.places])
    prefetch_related_objects(statements, "events", "places")
    sources = Source.objects.bulk_create([_source(imagined, row) for imagined, row in pairs])
    figures = Figure.objects.bulk_create(
        [figure for imagined, row in pairs for figure in _figures(imagined, row, labels)]
    )
    relays = carried.relays(pairs) if carried else {}
    records = {
        row.pk: Record(row, [source, *relays.get(row.pk, [])], list(figures[2 * place : 2 * place + 2]), [], [])
        for place, (row, source) in enumerate(zip(statements, sources, strict=True))
    }
    texts = {
        (text.statement_id, text.language): text
        for text in Text.objects.bulk_create(
            [
                Text(statement=row, language=tag, origin=_origin(imagined, tag), completeness=Text.Completeness.FULL)
                for imagined, row in pairs
                for tag in imagined.texts
            ]
        )
    }
    editions: list[Edition] = []
    for number in (1, 2):
        again = [(imagined, row) for imagined, row in pairs if len(imagined.visible) >= number]
        editions += _seal_editions(again, records, texts, number, by=by, sealed_at=sealed_at)
    newest = Revision.objects.filter(text=OuterRef("pk")).order_by("-number").values("pk")[:1]
    Text.objects.filter(statement__in=statements).update(head=Subquery(newest))
    seal_figures(editions)
    editions_sealing.send(Edition, editions=editions)
    transaction.on_commit(lambda: editions_sealed.send(Edition, editions=editions))
    return editions


def _statement(imagined: ImaginedStatement, labels: Labels, by: User) -> Statement:
    heads = {
        column_name(base, tag): getattr(text, base)
        for tag, text in imagined.texts.items()
        for base in ("title", "summary")
    }
    stated = parse(imagined.dated)
    return Statement(
        sid=imagined.sid,
        slug=imagined.slug,
        issuer=labels.issuers[imagined.issuer.slug],
        kind=imagined.kind,
        occasion=labels.occasions[imagined.occasion.slug],
        dated=imagined.dated,
        earliest=stated.earliest,
        latest=stated.latest,
        issued=imagined.dated,
        original_language=imagined.original,
        last_block=max(text.bodies[0].count("data-key=") for text in imagined.texts.values()),
        created_by=by,
        **heads,
    )


def _source(imagined: ImaginedStatement, statement: Statement) -> Source:
    return Source(
        ref=imagined.ref,
        statement=statement,
        publisher="example.org",
        url=f"https://example.org/{imagined.slug}",
        language=imagined.original,
        published=imagined.day.isoformat(),
        what=Source.What.RELAY_FULL,
    )


def _figures(imagined: ImaginedStatement, statement: Statement, labels: Labels) -> list[Figure]:
    """Two figures: the injured and the missing."""
    return [
        Figure(
            fid=fid,
            statement=statement,
            claimant=labels.issuers[imagined.claimant.slug],
            event=labels.events[imagined.event.slug],
            measure=measure,
            minimum=number,
            block=FIGURES_BLOCK,
            claimed=imagined.dated,
            **{column_name("described", tag): words()["counted"][measure][tag] for tag in imagined.texts},
        )
        for fid, (measure, number) in zip(
            imagined.fids, (("injured", imagined.injured), ("missing", imagined.missing)), strict=True
        )
    ]


def _origin(imagined: ImaginedStatement, tag: str) -> str:
    return Text.Origin.ISSUED if tag == imagined.original else Text.Origin.ARCHIVE


def _seal_editions(
    pairs: Sequence[tuple[ImaginedStatement, Statement]],
    records: dict[int, Record],
    texts: dict[tuple[int, str], Text],
    number: int,
    *,
    by: User,
    sealed_at: datetime,
) -> list[Edition]:
    """Save revision ``number`` of every text, originals first, and seal each as edition ``number``."""
    originals = _save(
        [(imagined, row, imagined.original) for imagined, row in pairs], texts, {}, number, by=by, saved_at=sealed_at
    )
    for (statement, _tag), revision in originals.items():
        records[statement].first_editions[revision.pk] = number
    translated = [(imagined, row, tag) for imagined, row in pairs for tag in imagined.texts if tag != imagined.original]
    bases = {statement: revision for (statement, _tag), revision in originals.items()}
    revisions = {**originals, **_save(translated, texts, bases, number, by=by, saved_at=sealed_at)}
    editions = Edition.objects.bulk_create(
        [
            seal(
                records[row.pk],
                texts[row.pk, tag],
                revisions[row.pk, tag],
                number=number,
                change=Edition.Change.FIRST if number == 1 else Edition.Change.UPDATE,
                note="" if number == 1 else words()["note"][tag],
                visible_from=imagined.visible[number - 1],
                sealed_at=sealed_at,
                by=by,
            )
            for imagined, row in pairs
            for tag in imagined.texts
        ]
    )
    for relation in ("events", "places"):
        _link(
            getattr(Edition, relation),
            [(edition, thing) for edition in editions for thing in getattr(edition.statement, relation).all()],
        )
    return editions


def _save(
    texts_to_save: Sequence[tuple[ImaginedStatement, Statement, str]],
    texts: dict[tuple[int, str], Text],
    bases: dict[int, Revision],
    number: int,
    *,
    by: User,
    saved_at: datetime,
) -> dict[tuple[int, str], Revision]:
    """Save one revision of each of these texts; ``bases`` holds what translations are made from, by statement."""
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                text=texts[row.pk, tag],
                number=number,
                title=imagined.texts[tag].title,
                summary=imagined.texts[tag].summary,
                body=imagined.texts[tag].bodies[number - 1],
                based_on=bases.get(row.pk),
                saved_at=saved_at,
                saved_by=by,
            )
            for imagined, row, tag in texts_to_save
        ]
    )
    keys = [(row.pk, tag) for _imagined, row, tag in texts_to_save]
    return dict(zip(keys, revisions, strict=True))


def _link(relation: Any, pairs: Iterable[tuple[models.Model, models.Model]]) -> None:
    """Store many rows of a many-to-many relation at once."""
    field = relation.field
    through = relation.through
    names = field.m2m_field_name(), field.m2m_reverse_field_name()
    through.objects.bulk_create([through(**{names[0]: row, names[1]: thing}) for row, thing in pairs])
