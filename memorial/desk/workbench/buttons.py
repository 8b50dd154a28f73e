"""The buttons of the workbench: which there are for whom, and what each does, in one transaction."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.desk import text_form
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.publishing.readiness import Readiness
from memorial.publishing.release import publish
from memorial.translations.models import Revision, Stage, Text
from memorial.translations.ready import confirm_current
from memorial.translations.review import approve, may_approve, reasons_against_sending_back, send_back, submit

from .bench import Bench

# Reasons against publishing that saving or approving may take away: they do not forbid the button beforehand.
_MAY_PASS = {"no-text", "no-title", "no-body", "no-base", "figure-paragraph", "unchanged", "not-approved"}


class Press(models.TextChoices):
    """What a button does."""

    SAVE = "save", gettext_lazy("Save draft")
    SUBMIT = "submit", gettext_lazy("Send to review")
    APPROVE = "approve", gettext_lazy("Approve")
    PUBLISH = "publish", gettext_lazy("Approve and publish now")
    SEND_BACK = "send-back", gettext_lazy("Send back")
    CONFIRM = "confirm", gettext_lazy("Nothing to change in my language")


@dataclass(frozen=True)
class Button:
    """One button; it cannot be pressed where there are ``reasons``."""

    press: Press
    label: str
    is_default: bool = False
    reasons: list[Reason] = field(default_factory=list)


@dataclass(frozen=True)
class Typed:
    """What came with the press of a button, beside the words themselves."""

    fields: dict[str, Any]
    base: Revision | None = None
    message: str = ""
    note: str = ""


def buttons(bench: Bench, newest: Edition | None) -> list[Button]:
    """The buttons under the text, for this person and by this language's rule; the last one is the usual one."""
    if not bench.may_change:
        return []
    text = bench.text or Text(statement=bench.statement, language=bench.language)
    approves = may_approve(text, bench.by)
    made = [Button(Press.SAVE, str(Press.SAVE.label), is_default=not is_reviewed(bench))]
    if is_reviewed(bench):
        made.append(Button(Press.SUBMIT, str(Press.SUBMIT.label), is_default=not approves))
    if approves:
        made.append(Button(Press.APPROVE, str(Press.APPROVE.label), is_default=is_reviewed(bench)))
    if may(bench.by, Action.PUBLISH, bench.language) and (approves or bench.stage == Stage.APPROVED):
        label = str(Press.PUBLISH.label) if approves else _("Publish now")
        asked = Readiness(bench.statement, [bench.language]).reasons(bench.language)
        made.append(Button(Press.PUBLISH, label, reasons=[why for why in asked if why.code not in _MAY_PASS]))
    return made


def is_reviewed(bench: Bench) -> bool:
    """Say whether the language's rule asks for a reviewer."""
    return bench.rule is not None and bench.rule.review != Language.Review.NONE


def may_send_back(bench: Bench) -> bool:
    """Say whether there is something to send back, and this person may."""
    return bench.text is not None and not reasons_against_sending_back(bench.text, by=bench.by)


def press(bench: Bench, what: Press, typed: Typed) -> str:
    """Do what the button says, wholly or not at all; return what to tell. Raises Refused, and Conflict."""
    with transaction.atomic():
        if what == Press.SEND_BACK:
            return _send_back(bench, typed)
        if what == Press.CONFIRM:
            confirm_current(bench.statement, bench.language, seen=_seen(bench, typed), by=bench.by)
            return _("The text counts as made from the newest source. Its words are as they were.")
        revision = text_form.save(typed.fields, bench.statement, bench.language, by=bench.by, based_on=typed.base)
        text = Text.objects.get(pk=revision.text_id)
        if what == Press.SUBMIT:
            submit(text, seen=revision, by=bench.by, message=typed.message)
            return _("The text is saved and sent to review.")
        if what == Press.APPROVE:
            approve(text, seen=revision, by=bench.by, message=typed.message)
            return _("The text is saved and approved.")
        if what == Press.PUBLISH:
            return _publish(bench, text, revision, typed)
    return _("The text is saved.")


def _publish(bench: Bench, text: Text, revision: Revision, typed: Typed) -> str:
    if text.stage != Stage.APPROVED:
        approve(text, seen=revision, by=bench.by)
    seen = {bench.language: revision}
    [edition] = publish(bench.statement, [bench.language], by=bench.by, note=typed.note, seen=seen)
    return _("The text is approved, and readers see it as edition %(number)d.") % {"number": edition.number}


def _send_back(bench: Bench, typed: Typed) -> str:
    seen = _seen(bench, typed)
    if bench.text is None:
        raise Refused([Reason("no-text", _("No text is saved yet."))])
    send_back(bench.text, seen=seen, message=typed.message, by=bench.by)
    return _("The text is sent back with your message.")


def _seen(bench: Bench, typed: Typed) -> Revision:
    """The revision that the page showed."""
    seen = bench.revision(str(typed.fields.get("text_seen") or ""))
    if seen is None or seen.text.language != bench.language:
        raise Refused([Reason("no-text", _("No text is saved yet."))])
    return seen
