"""Publishing: heads of texts sealed as editions, in all chosen languages or in none."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.formats import format_datetime, in_words, language_here
from memorial.statements.models import Statement
from memorial.translations.models import Revision

from .facts import Record
from .models import Edition
from .readiness import Readiness, is_withdrawn
from .seal import seal
from .sealing_figures import seal_figures
from .signals import editions_sealed, editions_sealing


def publish(
    statement: Statement,
    languages: Iterable[str],
    *,
    by: User,
    at: datetime | None = None,
    note: str | Mapping[str, str] = "",
    change: str | None = None,
    seen: Mapping[str, Revision | None] | None = None,
) -> list[Edition]:
    """Seal the head of each language's text as its next edition; return the editions in the order of ``languages``.

    They become visible together: at ``at``, an aware moment in the future, or now. ``note`` tells readers what
    changed, in one text or one a language, and is needed from edition 2 on. ``change`` is by default ``first`` for
    edition 1 and ``update`` after it. ``seen`` names the revisions that the publisher looked at: a language whose
    text was saved since is refused.

    All languages or none. Raises Refused with every reason of every language.
    """
    tags = list(dict.fromkeys(languages))
    notes = {tag: (note if isinstance(note, str) else note.get(tag, "")).strip() for tag in tags}
    if at is not None and timezone.is_naive(at):
        raise ValueError("The moment of publication needs a time zone.")
    with transaction.atomic():
        # Two publishers, or a publisher and a translator who saves, take turns. (SQLite: the whole database does.)
        Statement.objects.select_for_update(no_key=True).only("pk").get(pk=statement.pk)
        now = timezone.now().replace(microsecond=0)
        moment = at or now
        record = Record.of(statement, moment)
        ready = Readiness(statement, tags, record)
        reasons = _general(tags, at, now)
        for tag in tags:
            reasons += _permission(tag, by) + ready.reasons(tag) + _against_newest(ready, tag, moment)
            reasons += _words_for_readers(ready, tag, notes[tag], change) + _since_seen(ready, tag, seen)
        if reasons:
            raise Refused(dict.fromkeys(reasons))
        sealed: dict[str, Edition] = {}
        for tag in _bases_first(ready, tags):
            sealed[tag] = _seal(record, ready, tag, by=by, moment=moment, now=now, note=notes[tag], change=change)
            record.first_editions.setdefault(sealed[tag].revision_id, sealed[tag].number)
        editions = [sealed[tag] for tag in tags]
        seal_figures(editions)
        editions_sealing.send(Edition, editions=editions)
        transaction.on_commit(lambda: editions_sealed.send(Edition, editions=editions))
    return editions


def _general(tags: list[str], at: datetime | None, now: datetime) -> list[Reason]:
    reasons = []
    if not tags:
        reasons.append(Reason("no-language", _("Choose at least one language to publish in.")))
    if at is not None and at <= now:
        message = _("This moment is over: %(moment)s. Choose a later one, or publish now.")
        reasons.append(Reason("moment-over", message % {"moment": _moment_in_words(at)}))
    return reasons


def _permission(tag: str, by: User) -> list[Reason]:
    if may(by, Action.PUBLISH, tag):
        return []
    return [Reason("not-allowed", _("You may not publish in %(language)s.") % {"language": in_words(tag)})]


def _against_newest(ready: Readiness, tag: str, moment: datetime) -> list[Reason]:
    """A later edition never becomes visible before an earlier one; one that is withdrawn never does at all."""
    newest = ready.newest.get(tag)
    if newest is None or moment >= newest.visible_from or is_withdrawn(newest):
        return []
    message = _(
        "Edition %(number)d in %(language)s is sealed and becomes visible on %(moment)s. "
        "The next edition cannot come before it: choose that moment or a later one."
    )
    moment_in_words = _moment_in_words(newest.visible_from)
    values = {"number": newest.number, "language": in_words(tag), "moment": moment_in_words}
    return [Reason("before-newest", message % values)]


def _words_for_readers(ready: Readiness, tag: str, note: str, change: str | None) -> list[Reason]:
    newest = ready.newest.get(tag)
    name = {"language": in_words(tag)}
    reasons = []
    if newest is not None and not note:
        message = _("Tell readers in a note what has changed in %(language)s since edition %(number)d.")
        reasons.append(Reason("no-note", message % {**name, "number": newest.number}))
    if change is not None and change not in Edition.Change.values:
        reasons.append(Reason("change-unknown", _("Choose the kind of change from the list.")))
    elif change is not None and (change == Edition.Change.FIRST) != (newest is None):
        message = (
            _("This is the first edition in %(language)s: there is nothing yet to correct or to update.")
            if newest is None
            else _("There already is a first edition in %(language)s: choose “correction” or “update”.")
        )
        reasons.append(Reason("change-kind", message % name))
    return reasons


def _since_seen(ready: Readiness, tag: str, seen: Mapping[str, Revision | None] | None) -> list[Reason]:
    text = ready.texts.get(tag)
    if seen is None or text is None or tag not in seen or seen[tag] == text.head:
        return []
    message = _("The text in %(language)s has been saved since you looked at it. Read it again, then publish.")
    return [Reason("saved-since", message % {"language": in_words(tag)})]


def _bases_first(ready: Readiness, tags: list[str]) -> list[str]:
    """The languages in an order in which an edition exists before those made from its text."""
    waiting, ordered = list(tags), list[str]()
    while waiting:
        free = [tag for tag in waiting if _base_language(ready, tag) not in set(waiting) - {tag}]
        ordered += free or waiting[:1]
        waiting = [tag for tag in waiting if tag not in ordered]
    return ordered


def _base_language(ready: Readiness, tag: str) -> str | None:
    head = ready.texts[tag].head
    return head.based_on.text.language if head and head.based_on else None


def _seal(
    record: Record,
    ready: Readiness,
    tag: str,
    *,
    by: User,
    moment: datetime,
    now: datetime,
    note: str,
    change: str | None,
) -> Edition:
    statement, text, newest = record.statement, ready.texts[tag], ready.newest.get(tag)
    revision = text.head
    assert revision is not None  # noqa: S101 asked by readiness
    edition = seal(
        record,
        text,
        revision,
        number=newest.number + 1 if newest else 1,
        change=change or (Edition.Change.UPDATE if newest else Edition.Change.FIRST),
        note=note,
        visible_from=moment,
        sealed_at=now,
        by=by,
    )
    edition.save()
    edition.events.set(statement.events.all())
    edition.places.set(statement.places.all())
    return edition


def _moment_in_words(moment: datetime) -> str:
    return format_datetime(moment, language_here())
