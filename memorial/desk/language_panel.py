"""The panel beside a statement's form: one line a language, and whether something can be published."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason
from memorial.languages.formats import language_here, language_name
from memorial.publishing.facts import Record
from memorial.publishing.models import Withdrawal
from memorial.publishing.progress import State, TextState, progress
from memorial.publishing.readiness import Readiness
from memorial.publishing.withdrawal import reasons_against
from memorial.statements.models import Statement
from memorial.translations.models import ReadyMark, Stage
from memorial.translations.ready import newest_ready

from .recent import called
from .record import worker

TO_PUBLISH = (State.DRAFT, State.CHANGED)
WORTH_SAYING = (Stage.IN_REVIEW, Stage.APPROVED)


@dataclass(frozen=True)
class Line:
    """One language of a statement, as the panel shows it."""

    state: TextState
    known_as: str
    by: str
    may_change: bool
    is_original: bool
    public_address: str

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What is said of the text in a word or two, each with the value that it is the label of.

        Where the work on it stands is said while there is something to publish; a draft in review is no longer called
        a draft.
        """
        state, stage = self.state.state, self.state.stage
        published = (state.value, str(state.label))
        if state not in TO_PUBLISH or stage not in WORTH_SAYING:
            return [published]
        worked_on = (stage.value, str(stage.label))
        return [worked_on] if state == State.DRAFT else [published, worked_on]


def lines(request: HttpRequest, statement: Statement, states: list[TextState]) -> list[Line]:
    """The panel's lines: the original first, then the site's order."""
    told = withdrawals_told(statement, states)
    made = [
        Line(
            state=state,
            known_as=language_name(state.language.tag, language_here()),
            by=called(state.head.saved_by) if state.head else "",
            may_change=may(request.user, Action.CHANGE_TEXT, state.language.tag),
            is_original=state.language.tag == statement.original_language,
            public_address=public_address(statement, state, told),
        )
        for state in states
    ]
    return sorted(made, key=lambda line: not line.is_original)


def withdrawals_told(statement: Statement, states: list[TextState]) -> set[Withdrawal]:
    """The withdrawals that readers are told of in place of a text, or above it. One query where there is one."""
    if not any(state.withdrawn for state in states):
        return set()
    return set(Withdrawal.objects.public().filter(statement=statement).only("pk"))


def public_address(statement: Statement, state: TextState, told: set[Withdrawal]) -> str:
    """Where readers find this language of the statement, or its withdrawal; empty while they find neither."""
    if state.public_edition is None and state.withdrawn not in told:
        return ""
    return reverse("reading:statement", args=[state.language.tag, statement.sid, statement.slug])


def why_not_publish(request: HttpRequest, record: Record, states: list[TextState]) -> list[Reason]:
    """All reasons why nothing of this statement can be published now by this user; empty when something can."""
    if not any(state.head for state in states):
        return [Reason("no-text", _("Save a text first."))]
    waiting = [state.language.tag for state in states if state.state in (*TO_PUBLISH, State.WITHDRAWN)]
    if not waiting:
        return [Reason("unchanged", _("Everything that is saved is published already."))]
    allowed = [tag for tag in waiting if may(request.user, Action.PUBLISH, tag)]
    if not allowed:
        return [Reason("not-allowed", _("You may not publish. Ask a publisher."))]
    asked = Readiness(record.statement, allowed, record)
    reasons = [asked.reasons(tag) for tag in allowed]
    if not all(reasons):
        return []
    return list(dict.fromkeys(reason for several in reasons for reason in several))


def may_withdraw(request: HttpRequest, states: list[TextState]) -> bool:
    """Say whether this user can withdraw something of this statement."""
    by = worker(request)
    return any(state.edition and not reasons_against(state.edition, state.language.tag, by=by) for state in states)


def original_ready(statement: Statement, states: list[TextState]) -> ReadyMark | None:
    """Which revision of the original was marked as ready for translation last. At most one query."""
    originals = [state.text for state in states if state.language.tag == statement.original_language and state.head]
    return newest_ready(originals[0]) if originals and originals[0] else None


def panel(request: HttpRequest, statement: Statement) -> dict[str, Any]:
    """What the template of the panel needs, in a number of queries that does not grow with the languages."""
    record = Record.of(statement)
    states = progress(statement, record=record)
    return {
        "language_lines": lines(request, statement, states),
        "original_ready": original_ready(statement, states),
        "may_mark_ready": may(request.user, Action.MARK_READY, statement.original_language),
        "publish_reasons": why_not_publish(request, record, states),
        "may_withdraw": may_withdraw(request, states),
    }
