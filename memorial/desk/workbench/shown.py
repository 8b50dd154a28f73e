"""What the templates of the workbench are given."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.desk import text_form
from memorial.desk.record import RecordAdmin
from memorial.desk.titles import shown_title, title_of_page
from memorial.languages.characters import characters
from memorial.languages.formats import own_name
from memorial.languages.labels import direction
from memorial.publishing.models import Edition
from memorial.publishing.withdrawal import reasons_against, with_their_withdrawals
from memorial.translations.models import ReviewStep, Revision, Stage
from memorial.translations.ready import outdated_chain
from memorial.translations.review import reviewers_of, submitted_revision, without_reviewer

from .autosave import Unsaved
from .bench import Bench
from .buttons import Press, buttons, may_send_back
from .conflict import Choices
from .layout import columns, word_count
from .outdated import outdated
from .words import script_words

# What the conflict page goes on sending beside the choices.
CARRIED = (
    "text_title", "text_summary", "text_body", "text_origin", "text_completeness", "text_credit", "based_on",
    "keeps_base", "source", "third",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """The form as it is to be shown; ``is_typed`` when it holds what was just sent and could not be saved."""

    form: text_form.TextFields
    unsaved: Unsaved | None = None
    is_typed: bool = False
    status: int = HTTPStatus.OK


def workbench_answer(desk: RecordAdmin, request: HttpRequest, bench: Bench, shown: Shown) -> HttpResponse:
    """The page itself."""
    editions = Edition.objects.filter(statement=bench.statement, language=bench.language).newest().with_withdrawal()
    newest = with_their_withdrawals(bench.statement, editions).get(bench.language)
    text_form.show_as(shown.form, bench.language)
    for field in shown.form.fields.values():
        field.widget.attrs["form"] = "workbench"  # they stand in the columns, not inside the form's element
    draft = shown.unsaved.draft if shown.unsaved and shown.unsaved.is_restored else None
    base = draft.based_on if draft and draft.based_on else bench.head.based_on if bench.head else None
    beside = columns(bench)
    context = {
        **_around(desk, request, bench),
        "form": shown.form,
        "media": shown.form.media,
        "unsaved": shown.unsaved,
        "may_write": bench.may_change and (shown.unsaved is None or shown.unsaved.is_restored),
        "is_typed": shown.is_typed,
        "columns": beside,
        "source": beside[0] if beside else None,
        "third": beside[1] if len(beside) > 1 else None,
        "others": [(tag, own_name(tag), direction(tag)) for tag in bench.others],
        "outdated": outdated(bench, base),
        "chain": outdated_chain(bench.source_text) if bench.source_text else [],
        "words": word_count(bench.head),
        "buttons": buttons(bench, newest) if bench.may_change else [],
        "needs_note": newest is not None,
        "withdrawn": newest.withdrawn if newest else None,  # type: ignore[attr-defined]
        "may_withdraw": newest is not None and not reasons_against(newest, bench.language, by=bench.by),
        "publish_note": request.POST.get("publish_note", ""),
        "review_message": request.POST.get("review_message", ""),
        "keeps_base": "keeps_base" in request.POST,
        "palette": characters(bench.language) if bench.may_change else [],
        "script_words": json.dumps(script_words(), ensure_ascii=False),
        "draft_address": reverse("admin:statements_statement_text_draft", args=[bench.statement.pk, bench.language]),
        "Press": Press,
        **_state(bench),
    }
    return TemplateResponse(request, "desk/workbench/page.html", context, status=shown.status)


def conflict_answer(
    desk: RecordAdmin,
    request: HttpRequest,
    bench: Bench,
    found: Choices,
    *,
    fields: QueryDict,
    reasons: list[str],
) -> HttpResponse:
    """Both texts and what they have in common, with a choice for each paragraph."""
    context = {
        **_around(desk, request, bench),
        "title": title_of_page(_("Two versions of the text in %(language)s"), bench.language),
        "found": found,
        "reasons": reasons,
        "carried": [(name, fields[name]) for name in CARRIED if name in fields],
        "here": request.get_full_path(),
    }
    return TemplateResponse(request, "desk/workbench/conflict.html", context, status=HTTPStatus.CONFLICT)


def _around(desk: RecordAdmin, request: HttpRequest, bench: Bench) -> dict[str, Any]:
    """What both pages begin with."""
    return {
        **desk.admin_site.each_context(request),
        "title": title_of_page(_("Text in %(language)s"), bench.language),
        "opts": desk.model._meta,
        "statement": bench.statement,
        "shown_title": shown_title(bench.statement),
        "language": bench.language,
        "language_dir": direction(bench.language),
        "language_own": own_name(bench.language),
        "is_original": bench.is_original,
        "may_change": bench.may_change,
        "head": bench.head,
    }


def _state(bench: Bench) -> dict[str, Any]:
    """Where the work stands, who did what last, and what the person should know about it."""
    step = bench.last_step
    is_of_head = step is not None and bench.head is not None and step.revision_id == bench.head.pk
    is_sent_back = step is not None and step.action == ReviewStep.Action.SENT_BACK
    is_waiting = bench.stage == Stage.IN_REVIEW and step is not None
    return {
        "stage": bench.stage,
        "step": step if is_of_head else None,
        "sent_back": step if is_sent_back else None,
        "nobody_reviews": is_waiting and step is not None and without_reviewer(bench.language, step.by),
        "reviewers": list(reviewers_of(bench.language)) if is_waiting else [],
        "sent_by_me": _sent_by_me(bench),
        "may_send_back": bench.may_change and may_send_back(bench),
    }


def _sent_by_me(bench: Bench) -> Revision | None:
    """What this person sent to review, when somebody else has approved it with changes."""
    step = bench.last_step
    if bench.text is None or bench.stage != Stage.APPROVED or step is None or step.by == bench.by:
        return None
    sent = submitted_revision(bench.text)
    return sent if sent is not None and sent != bench.head and sent.saved_by == bench.by else None
