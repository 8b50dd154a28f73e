"""Publishing a source by itself: its own wording and its own figures, sealed for readers of every language."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.formats import format_datetime, language_here
from memorial.languages.models import Language
from memorial.statements.models import Source
from memorial.text.canonical import canonical_of_source, digest
from memorial.translations.models import Witness

from .models import Edition, SourceEdition
from .sealing_figures import seal_figures
from .signals import sources_sealed, sources_sealing
from .source_facts import NO_LANGUAGE, SourceRecord


def publish_source(
    source: Source, *, by: User, note: str = "", at: datetime | None = None, seen: str | None = None
) -> SourceEdition:
    """Seal the source's own wording and figures as its next edition, and return it.

    It becomes visible at ``at``, an aware moment in the future, or now. ``note`` tells readers what changed and is
    needed from edition 2 on. ``seen`` is the ``SourceRecord.fingerprint`` of what the publisher looked at: what was
    changed since is refused. Raises Refused with every reason.
    """
    if at is not None and timezone.is_naive(at):
        raise ValueError("The moment of publication needs a time zone.")
    note = note.strip()
    with transaction.atomic():
        # Two publishers take turns. (SQLite: the whole database does.)
        Source.objects.select_for_update(no_key=True).only("pk").get(pk=source.pk)
        now = timezone.now().replace(microsecond=0)
        record = SourceRecord.of(source)
        if reasons := reasons_against_publishing_source(record, by=by, note=note, at=at, now=now, seen=seen):
            raise Refused(reasons)
        edition = seal_source(record, note=note, visible_from=at or now, sealed_at=now, by=by)
        edition.save()
        editions = [edition]
        seal_figures(editions)
        sources_sealing.send(SourceEdition, editions=editions)
        transaction.on_commit(lambda: sources_sealed.send(SourceEdition, editions=editions))
    return edition


def reasons_against_publishing_source(
    source: Source | SourceRecord,
    *,
    by: User,
    note: str | None = None,
    at: datetime | None = None,
    now: datetime | None = None,
    seen: str | None = None,
) -> list[Reason]:
    """List every reason why ``source`` cannot be published by ``by``; empty: it can.

    ``note`` None: not asked about yet, as before the form is filled in. Up to six queries.
    """
    record = source if isinstance(source, SourceRecord) else SourceRecord.of(source)
    now = now or timezone.now()
    reasons = [*_permission(record, by), *_content(record), *_statement(record, at or now), *_labels(record)]
    reasons += _against_newest(record, note, at, now)
    if seen is not None and seen != record.fingerprint:
        message = _("The source has been changed since you looked at it. Read it again, then publish.")
        reasons.append(Reason("changed-since", message))
    return reasons


def _permission(record: SourceRecord, by: User) -> list[Reason]:
    """The right to publish, asked for in the source's own language: the wording that becomes public is in it."""
    if may(by, Action.PUBLISH, record.source.language):
        return []
    return [Reason("not-allowed", _("You may not publish this source. Ask a publisher."))]


def _content(record: SourceRecord) -> list[Reason]:
    witness, reasons = record.witness, []
    if not record.has_wording and not record.figures:
        message = _(
            "There is nothing to publish: the source has no wording of its own and no figures outside a statement. "
            "What it relays is named by the statement that it belongs to."
        )
        reasons.append(Reason("nothing", message))
    if witness is not None and not record.has_wording:
        reasons.append(Reason("no-body", _("The wording is empty. Enter it, or remove it.")))
    if witness is not None and record.source.language in NO_LANGUAGE:
        message = _("Say which language the source is in: its wording is shown and read aloud in that language.")
        reasons.append(Reason("language-unknown", message))
    if witness is not None and witness.completeness not in Witness.Completeness.values:
        reasons.append(Reason("completeness-unknown", _("Say whether the wording is full, an extract or a summary.")))
    if witness is not None and witness.completeness == Witness.Completeness.FULL and not witness.rights.strip():
        message = _("Say why this wording may be shown in full, or enter an extract.")
        reasons.append(Reason("no-rights", message))
    if witness is not None and record.source.statement is None:
        message = _("Say of which statement this is a wording: name the statement in the source's form.")
        reasons.append(Reason("no-statement", message))
    return reasons


def _statement(record: SourceRecord, moment: datetime) -> list[Reason]:
    """A source never shows readers that there is a statement before they can read it."""
    statement = record.source.statement
    if statement is None or Edition.objects.released(moment).filter(statement=statement).exists():
        return []
    message = _(
        "Readers cannot read the statement that this source belongs to at that moment. Publish the statement first."
    )
    return [Reason("statement-not-public", message)]


def _labels(record: SourceRecord) -> list[Reason]:
    """Whoever claims a figure, and the event it is about, has a name for readers."""
    labelled = [thing for figure in record.figures for thing in (figure.claimant, figure.event)]
    named = [each for figure in record.facts["figures"] for each in (figure["claimant"], figure["event"])]
    nameless = dict.fromkeys(thing for thing, facts in zip(labelled, named, strict=True) if not facts["name"])
    message = _("The %(kind)s “%(slug)s” has no name in any language. Enter one.")
    return [Reason("no-name", message % {"kind": thing._meta.verbose_name, "slug": thing.slug}) for thing in nameless]


def _against_newest(record: SourceRecord, note: str | None, at: datetime | None, now: datetime) -> list[Reason]:
    newest, reasons = record.newest, []
    if at is not None and at <= now:
        message = _("This moment is over: %(moment)s. Choose a later one, or publish now.")
        reasons.append(Reason("moment-over", message % {"moment": format_datetime(at, language_here())}))
    if newest is None:
        return reasons
    number = {"number": newest.number}
    if not record.is_changed:
        reasons.append(Reason("unchanged", _("Nothing has changed since edition %(number)d.") % number))
    if note == "":
        message = _("Tell readers in a note what has changed since edition %(number)d.")
        reasons.append(Reason("no-note", message % number))
    if (at or now) < newest.visible_from:
        message = _(
            "Edition %(number)d is sealed and becomes visible on %(moment)s. "
            "The next edition cannot come before it: choose that moment or a later one."
        )
        moment = format_datetime(newest.visible_from, language_here())
        # Known before the form is filled in, yet no reason against opening it: a later moment can be chosen there.
        if note is not None:
            reasons.append(Reason("before-newest", message % {**number, "moment": moment}))
    return reasons


def seal_source(
    record: SourceRecord,
    *,
    note: str,
    visible_from: datetime,
    sealed_at: datetime,
    by: User,
) -> SourceEdition:
    """Return the next edition of a source, not yet stored, by the one recipe that there is. One query."""
    source, newest, facts = record.source, record.newest, record.facts
    hashed: dict[str, Any] = {
        "number": newest.number + 1 if newest else 1,
        "language": source.language,
        "title": record.title,
        "body": record.body,
        "completeness": record.completeness,
        "note": note,
        "visible_from": visible_from,
        "sealed_at": sealed_at,
    }
    public = Language.objects.public().values_list("tag", flat=True)
    exact = canonical_of_source(facts, **hashed, languages=list(public))
    return SourceEdition(
        **hashed,
        source=source,
        statement=source.statement,
        sealed_by=by,
        facts=facts,
        canonical=exact,
        sha256=digest(exact),
    )
