"""The private draft: kept while somebody types, shown when they come back; never a revision, never anybody else's."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.desk.record import RecordAdmin, worker
from memorial.languages.columns import languages
from memorial.languages.formats import language_here
from memorial.translations.drafts import draft_of, keep_draft
from memorial.translations.models import PrivateDraft

from .bench import Bench
from .changes import Changes, changes_between
from .found import statement_or_404

_FACTS = ("origin", "completeness", "credit")


@dataclass(frozen=True)
class Unsaved:
    """A private draft on the page: what differs in it from the saved text, and whether it stands in the form."""

    draft: PrivateDraft
    is_restored: bool
    is_on_older: bool
    changes: Changes


def draft_page(desk: RecordAdmin, request: HttpRequest, *, pk: int, language: str) -> HttpResponse:
    """Keep what was typed (POST, JSON); or (GET) hand out a fresh token to somebody who has logged in again."""
    statement = statement_or_404(desk, request, pk)
    if language not in languages():
        raise Http404
    by = worker(request)
    if not may(by, Action.CHANGE_TEXT, language):
        return _answer({"why": _("You may not change this text.")}, status=403)
    if request.method != "POST":
        return _answer({"token": get_token(request)})
    try:
        typed = json.loads(request.body)
        words = {name: str(typed[name]) for name in ("title", "summary", "body")}
        facts = {name: str(typed[name]) for name in _FACTS if name in typed}
        seen, based_on = str(typed.get("seen") or ""), str(typed.get("based_on") or "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _answer({"why": _("What was sent could not be read.")}, status=400)
    bench = Bench.of(request, statement, language, by)
    try:
        kept = _keep(bench, words, facts, seen=seen, based_on=based_on)
    except Refused as refused:
        return _answer({"why": " ".join(str(reason) for reason in refused.reasons)}, status=422)
    is_behind = bench.head is not None and str(bench.head.pk) != seen
    return _answer({"kept_at": kept.typed_at.isoformat(), "saved_since": is_behind})


def keep(bench: Bench, fields: Any) -> PrivateDraft:
    """Keep what came in a form, whether it could be saved or not. Raises Refused where it is too long."""
    words = {name: fields.get(f"text_{name}", "") for name in ("title", "summary", "body")}
    facts = {name: fields[f"text_{name}"] for name in _FACTS if f"text_{name}" in fields}
    return _keep(bench, words, facts, seen=fields.get("text_seen", ""), based_on=fields.get("based_on", ""))


def _keep(bench: Bench, words: dict[str, str], facts: dict[str, str], *, seen: str, based_on: str) -> PrivateDraft:
    head, base = bench.revision(seen), bench.revision(based_on)
    return keep_draft(
        bench.statement,
        bench.language,
        by=bench.by,
        **words,
        facts=facts,
        seen=head if head and head.text.language == bench.language else None,
        based_on=base if base and base.text.language != bench.language else None,
    )


def unsaved(bench: Bench, *, is_restored: bool) -> Unsaved | None:
    """What this person typed and did not save; None when there is nothing that differs from the saved text."""
    draft = draft_of(bench.statement, bench.language, bench.by) if bench.may_change else None
    if draft is None:
        return None
    head = bench.head
    return Unsaved(
        draft,
        is_restored,
        is_on_older=draft.seen_id != (head.pk if head else None),
        changes=changes_between(head, draft),
    )


def filled(draft: PrivateDraft) -> dict[str, Any]:
    """The form's fields as the draft has them."""
    return {
        "text_title": draft.title,
        "text_summary": draft.summary,
        "text_body": draft.body,
        "text_seen": draft.seen_id,
        **{f"text_{name}": value for name, value in draft.facts.items() if name in _FACTS},
    }


def logged_out_answer(desk: RecordAdmin, request: HttpRequest, *, pk: int, language: str) -> HttpResponse:
    """Say to a script whose user's session has ended that it has."""
    return _answer({"why": _("You have been logged out.")}, status=401)


def _answer(values: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return JsonResponse(values, status=status, headers={"Content-Language": language_here()})
