"""The panel beside a statement's form: one line a language, and whether something can be published."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason
from memorial.languages.formats import language_name, own_name
from memorial.languages.labels import direction
from memorial.publishing.progress import TextState, progress
from memorial.publishing.readiness import readiness
from memorial.statements.models import Statement

from .recent import called

STATES = {
    "missing": gettext_lazy("no text"),
    "draft": gettext_lazy("draft"),
    "published": gettext_lazy("public"),
    "changed": gettext_lazy("public, changed since"),
    "scheduled": gettext_lazy("scheduled"),
}
TO_PUBLISH = ("draft", "changed")


@dataclass(frozen=True)
class Line:
    """One language of a statement, as the panel shows it."""

    state: TextState
    name: str
    dir: str
    known_as: str
    words: str
    by: str
    may_change: bool
    is_original: bool
    public_address: str


def lines(request: HttpRequest, statement: Statement, states: list[TextState]) -> list[Line]:
    """The panel's lines: the original first, then the site's order."""
    made = [
        Line(
            state=state,
            name=own_name(state.language),
            dir=direction(state.language),
            known_as=language_name(state.language, get_language() or ""),
            words=str(STATES.get(state.state, state.state)),
            by=called(state.head.saved_by) if state.head else "",
            may_change=may(request.user, Action.CHANGE_TEXT, state.language),
            is_original=state.language == statement.original_language,
            public_address=public_address(statement, state),
        )
        for state in states
    ]
    return sorted(made, key=lambda line: not line.is_original)


def public_address(statement: Statement, state: TextState) -> str:
    """Where readers find this language of the statement; empty while they cannot."""
    if state.edition is None or state.state not in ("published", "changed"):
        return ""
    try:
        return reverse("reading:statement", args=[state.language, statement.sid, statement.slug])
    except NoReverseMatch:
        return ""


def why_not_publish(request: HttpRequest, statement: Statement, states: list[TextState]) -> list[Reason]:
    """All reasons why nothing of this statement can be published now by this user; empty when something can."""
    waiting = [state.language for state in states if state.state in TO_PUBLISH]
    if not any(state.head for state in states):
        return [Reason("no_text", _("Save a text first."))]
    if not waiting:
        return [Reason("nothing_new", _("Everything that is saved is published already."))]
    allowed = [tag for tag in waiting if may(request.user, Action.PUBLISH, tag)]
    if not allowed:
        return [Reason("not_allowed", _("You may not publish: ask a publisher."))]
    if allowed == [statement.original_language]:
        return readiness(statement, statement.original_language)
    return []


def panel(request: HttpRequest, statement: Statement) -> dict[str, Any]:
    """What the template of the panel needs."""
    states = progress(statement)
    return {
        "language_lines": lines(request, statement, states),
        "publish_reasons": why_not_publish(request, statement, states),
    }
