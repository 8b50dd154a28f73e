"""The desk's first page: what waits for whoever has come in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.desk.recent import recent_statements
from memorial.desk.record import worker
from memorial.languages.columns import languages
from memorial.languages.formats import own_name
from memorial.languages.labels import direction
from memorial.languages.models import Language, LanguageRequest
from memorial.publishing import work
from memorial.publishing.grid import CellState, Grid

from .asked import grid_address
from .coming import coming
from .listed import Listed, listed, of_approved, of_draft
from .standing import standings


def first_page(request: HttpRequest) -> dict[str, Any]:
    """What the template of the first page shows: lists that concern this person, each by one query or two."""
    user = worker(request)
    mine = work.languages_of(user)
    reviewing = work.Reviewing.read()
    is_editor = may(user, Action.CHANGE_RECORD)
    lists = _lists(user, mine, reviewing)
    requests = _requests(user)
    return {
        **lists,
        "requests": requests,
        "prepared": _prepared(user),
        "to_come": [(tag, own_name(tag), direction(tag)) for tag in work.languages_to_come(user)],
        "writes_somewhere": bool(mine),
        "reviews_somewhere": any(
            rule != Language.Review.NONE and may(user, Action.REVIEW_TEXT, tag) for tag, rule in reviewing.rules.items()
        ),
        "is_all_done": not any(lists.values()) and not requests,
        "coming": coming(mine, languages()),
        "standings": standings(Grid(tuple(mine))) if mine else [],
        "recent": recent_statements() if is_editor else None,
    }


def _lists(user: User, mine: list[str], reviewing: work.Reviewing) -> dict[str, Listed]:
    private = work.kept_privately(user)
    drafts = [of_draft(draft) for draft in private]
    return {
        "sent_back": listed(work.sent_back_to(user)),
        "kept_privately": Listed(drafts, len(drafts)),
        "to_review": listed(
            work.to_review(user, reviewing),
            address=grid_address(language=reviewing.approves(user), state=CellState.IN_REVIEW.value),
        ),
        "stuck": listed(work.stuck(user, reviewing)),
        "outdated": listed(work.outdated(mine), address=grid_address(language=mine, outdated=True)),
        "drafts": listed(work.drafts_of(user)),
        "in_review": listed(work.sent_by(user)),
        "approved": listed(work.approved_for(user), as_line=of_approved),
    }


def _requests(user: User) -> list[tuple[LanguageRequest, str, str]]:
    """The languages that are asked for, each with its name and address, for whoever decides. One query, or none."""
    if not may(user, Action.ADD_LANGUAGE):
        return []
    states = LanguageRequest.State
    waiting = LanguageRequest.objects.filter(state__in=[states.REQUESTED, states.FAILED])
    return [
        (each, each.name_own or own_name(each.language), reverse("admin:language_request", args=[each.pk]))
        for each in waiting.select_related("requested_by").order_by("requested_at", "pk")
    ]


def _prepared(user: User) -> list[tuple[Language, str, str]]:
    """The languages that are being prepared, each with its direction and its board, for who works on it. One query."""
    return [
        (row, direction(row.tag), reverse("admin:language_board", args=[row.tag]))
        for row in Language.objects.filter(state=Language.State.PREPARING)
        if may(user, Action.LAUNCH_LANGUAGE, row.tag) or may(user, Action.CHANGE_PHRASE, row.tag)
    ]
