"""Requests for languages: all of them, and one with what is happening to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.desk.page import desk_page
from memorial.desk.record import worker
from memorial.languages.models import Language, LanguageRequest
from memorial.languages.requests import (
    PATIENCE,
    approve_request,
    decline_request,
    language_of,
    reasons_not_to_approve,
    retry_request,
    standing,
)

from .found import LOOK_AGAIN, is_loaded

State = LanguageRequest.State
SHOWN = 100


class StepState(models.TextChoices):
    """Where a step on the way stands."""

    DONE = "done", gettext_lazy("done")
    NOW = "now", gettext_lazy("now")
    FAILED = "failed", gettext_lazy("failed")
    STOPPED = "stopped", gettext_lazy("declined")
    LATER = "later", gettext_lazy("to come")


@dataclass(frozen=True)
class Step:
    """One step from wish to work."""

    label: str
    state: StepState


@dataclass(frozen=True)
class Line:
    """A request with what has become of it."""

    request: LanguageRequest
    language: Language
    state: State


def requests_page(request: HttpRequest) -> HttpResponse:
    """List the requests, the open ones first."""
    _let_in(request)
    now, on_site = timezone.now(), set(Language.objects.values_list("tag", flat=True))
    rows = LanguageRequest.objects.select_related("requested_by", "decided_by")[:SHOWN]
    lines = [_line(row, standing(row, now, on_site=on_site)) for row in rows]
    still_open = {State.REQUESTED, State.ADDING, State.FAILED}
    context = {
        "open": [line for line in reversed(lines) if line.state in still_open],
        "closed": [line for line in lines if line.state not in still_open],
    }
    return desk_page(request, "desk/languages/requests.html", context, title=_("Requests for languages"))


@transaction.non_atomic_requests
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is happening to a request; approve it, decline it or try again."""
    _let_in(request)
    asked = get_object_or_404(LanguageRequest.objects.select_related("requested_by", "decided_by"), pk=pk)
    refusals: list[str] = []
    answer = request.POST.get("answer", "")
    if request.method == "POST":
        by, wanted = worker(request), request.POST.get("do")
        if not may(by, Action.ADD_LANGUAGE):
            raise PermissionDenied
        try:
            if wanted == "approve":
                approve_request(asked, by=by)
            elif wanted == "retry":
                retry_request(asked, by=by)
            else:
                decline_request(asked, answer=answer, by=by)
                messages.success(request, _("The request is declined, and your answer is kept."))
        except Refused as refused:
            refusals = [str(reason) for reason in refused.reasons]
            asked.refresh_from_db()
        else:
            return HttpResponseRedirect(reverse("admin:language_request", args=[asked.pk]))
    return _shown(request, asked, refusals, answer)


def _shown(request: HttpRequest, asked: LanguageRequest, refusals: list[str], answer: str) -> HttpResponse:
    now = timezone.now()
    state = standing(asked, now)
    is_ready = state == State.ADDED and is_loaded(asked.language)
    is_late = state == State.ADDED and not is_ready and not _is_recent(asked, now)
    is_moving = state == State.ADDING or (state == State.ADDED and not is_ready and not is_late)
    may_decide = may(worker(request), Action.ADD_LANGUAGE)
    is_open = state in {State.REQUESTED, State.FAILED}
    line = _line(asked, state)
    context: dict[str, Any] = {
        "asked": asked,
        "line": line,
        "steps": steps(state, is_ready=is_ready),
        "is_ready": is_ready,
        "is_late": is_late,
        "is_moving": is_moving,
        "has_died": state == State.FAILED and asked.state == State.ADDING,
        "may_decide": may_decide and is_open,
        "reasons": reasons_not_to_approve(asked, by=worker(request), now=now) if may_decide and is_open else [],
        "refusals": refusals,
        "answer": answer,
        "look_again": LOOK_AGAIN,
    }
    title = _("%(language)s: request for a language") % {"language": line.language.name_own}
    response = desk_page(request, "desk/languages/request.html", context, title=title, status=409 if refusals else 200)
    if is_moving and not refusals:
        # A header, since it works without JavaScript and asks nothing of the page's policy.
        response["Refresh"] = f"{LOOK_AGAIN}; url={request.path}"
    return response


def steps(state: State, *, is_ready: bool) -> list[Step]:
    """The way from wish to work, and how far a request has come on it."""
    done, now, later = StepState.DONE, StepState.NOW, StepState.LATER
    ways = {
        State.REQUESTED: [done, now, later, later, later],
        State.DECLINED: [done, StepState.STOPPED, later, later, later],
        State.ADDING: [done, done, now, later, later],
        State.FAILED: [done, done, StepState.FAILED, later, later],
        State.ADDED: [done, done, done, done, done] if is_ready else [done, done, done, now, later],
    }
    labels = [
        _("The language is asked for."),
        _("Somebody who manages languages approves it."),
        _("Its columns are added to the tables, all or none."),
        _("The servers reload, one after the other; nobody notices."),
        _("Translators can work in it."),
    ]
    return [Step(label, step) for label, step in zip(labels, ways[state], strict=True)]


def _is_recent(asked: LanguageRequest, now: datetime) -> bool:
    return asked.decided_at is not None and now - asked.decided_at < PATIENCE


def _line(row: LanguageRequest, state: State) -> Line:
    return Line(row, language_of(row), state)


def _let_in(request: HttpRequest) -> None:
    if not may(worker(request), Action.REQUEST_LANGUAGE):
        raise PermissionDenied
