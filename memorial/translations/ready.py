"""Marking a revision as ready for translation: from then on, translations of an older one are outdated."""

from django.db import transaction
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.formats import in_words
from memorial.statements.models import Statement

from .models import ReadyMark, Revision, Significance, Stage, Text
from .review import approve, may_approve, submit
from .save import Conflict, save_text


def reasons_against_marking(revision: Revision, *, significance: int, by: User) -> list[Reason]:
    """Every reason why this revision cannot be marked as ready for translation. One query."""
    name = {"language": in_words(revision.text.language)}
    reasons = []
    if not may(by, Action.MARK_READY, revision.text.language):
        message = _("You may not mark texts in %(language)s as ready for translation.")
        reasons.append(Reason("not-allowed", message % name))
    if significance not in Significance.values:
        reasons.append(Reason("significance", _("Choose from the list what the change means for translations.")))
    newest = ReadyMark.objects.filter(revision__text=revision.text_id, revision__number__gte=revision.number).first()
    if newest is not None:
        message = _("This revision in %(language)s, or a newer one, is marked as ready already.")
        reasons.append(Reason("marked", message % name))
    return reasons


def mark_ready(revision: Revision, *, significance: int, note: str = "", by: User) -> ReadyMark:
    """Mark ``revision`` as ready for translation; translations of older ones are outdated by ``significance``.

    ``note`` tells translators what has changed. Raises Refused.
    """
    with transaction.atomic():
        Text.objects.select_for_update(no_key=True).only("pk").get(pk=revision.text_id)
        if reasons := reasons_against_marking(revision, significance=significance, by=by):
            raise Refused(reasons)
        return ReadyMark.objects.create(revision=revision, significance=significance, note=note.strip(), by=by)


def newest_ready(text: Text) -> ReadyMark | None:
    """The mark of the newest revision of this text that is ready for translation. One query."""
    marks = ReadyMark.objects.filter(revision__text=text.pk).select_related("revision", "by")
    return marks.order_by("-revision__number").first()


def marks_since(base: Revision) -> list[ReadyMark]:
    """The marks of what is ready and newer than ``base`` in its own text, oldest first. One query."""
    marks = ReadyMark.objects.filter(revision__text=base.text_id, revision__number__gt=base.number)
    return list(marks.select_related("revision", "by").order_by("revision__number"))


def source_to_show(text: Text) -> Revision | None:
    """What to translate from: the newest revision that is ready, else the newest. Up to two queries."""
    mark = newest_ready(text)
    return mark.revision if mark else text.head


def outdated_chain(text: Text) -> list[tuple[Text, Significance]]:
    """The texts that this one was made from and that have changed since, the nearest first, by how much each.

    A text is made from another, that one perhaps from a third: where the nearest is itself outdated, a page can say so.
    One query.
    """
    same = Text.objects.filter(statement=text.statement_id).with_heads().with_significance()
    texts = {each.pk: each for each in same}
    chain: list[tuple[Text, Significance]] = []
    current, met = texts.get(text.pk), set[int]()
    while current and current.head and current.head.based_on and current.pk not in met:
        met.add(current.pk)
        source = texts[current.head.based_on.text_id]
        if current.outdated_by:
            chain.append((source, current.outdated_by))
        current = source
    return chain


def reasons_against_confirming(statement: Statement, language: str, *, by: User) -> list[Reason]:
    """Every reason why ``by`` cannot say that nothing needs to change in this language. Up to two queries."""
    name = {"language": in_words(language)}
    reasons = []
    if not may(by, Action.CHANGE_TEXT, language):
        reasons.append(Reason("not-allowed", _("You may not change texts in %(language)s.") % name))
    text = Text.objects.with_heads().with_significance().filter(statement=statement, language=language).first()
    if text is None or text.head is None:
        reasons.append(Reason("no-text", _("There is no text in %(language)s yet.") % name))
    elif text.outdated_by is None:
        reasons.append(Reason("up-to-date", _("The text in %(language)s is up to date already.") % name))
    return reasons


def confirm_current(statement: Statement, language: str, *, seen: Revision, by: User) -> Revision:
    """Say that nothing needs to change in this language: the same words, made from the newest ready source.

    An approved text stays approved where ``by`` may approve it, else it goes to review, as does one that was there.
    Raises Refused, and Conflict where somebody saved this language since ``seen``.
    """
    with transaction.atomic():
        if reasons := reasons_against_confirming(statement, language, by=by):
            raise Refused(reasons)
        text = Text.objects.with_heads().get(statement=statement, language=language)
        stage, base = text.stage, seen.based_on
        if text.head != seen or base is None:
            raise Conflict(text.head, language)
        revision = save_text(
            statement, language, title=seen.title, summary=seen.summary, body=seen.body, seen=seen,
            based_on=marks_since(base)[-1].revision, by=by,
        )  # fmt: skip
        text = revision.text
        if stage == Stage.APPROVED and may_approve(text, by):
            approve(text, seen=revision, by=by)
        elif stage in (Stage.APPROVED, Stage.IN_REVIEW):
            submit(text, seen=revision, by=by)
    return revision
