"""The page “Publish ...”: what is ready, why the rest is not, and the moment from which readers see it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.models import Language
from memorial.publishing.facts import Record
from memorial.publishing.models import Edition
from memorial.publishing.progress import State, TextState, progress
from memorial.publishing.readiness import Readiness
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Revision

from .record import RecordAdmin, worker
from .titles import shown_title
from .workbench.found import statement_or_404, text_address


class MomentForm(forms.Form):
    """When: now, or at a moment in the future, in UTC; and what kind of change it is."""

    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[("now", gettext_lazy("At once")), ("later", gettext_lazy("At a later moment"))],
        widget=forms.RadioSelect,
        initial="now",
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Moment, in UTC"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M"),
    )
    change = forms.ChoiceField(
        label=gettext_lazy("Kind of change"),
        choices=[(value, label) for value, label in Edition.Change.choices if value != Edition.Change.FIRST],
        required=False,
        widget=forms.RadioSelect,
        initial=Edition.Change.UPDATE,
        help_text=gettext_lazy("For languages that have an edition already."),
    )

    def clean(self) -> dict[str, Any]:
        """A later moment is named, and lies in the future."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("when") == "later" and "at" not in self.errors:
            at: datetime | None = cleaned.get("at")
            if at is None:
                self.add_error("at", _("Name the moment."))
            else:
                cleaned["at"] = at = at.replace(tzinfo=UTC)
                if at <= timezone.now():
                    self.add_error("at", _("This moment has passed. Choose a later one, or publish at once."))
        elif cleaned.get("when") == "now":
            cleaned["at"] = None
        return cleaned


@dataclass(frozen=True)
class Candidate:
    """One language on the page: it can be ticked when there are no reasons against it."""

    state: TextState
    reasons: list[Reason]
    edit_address: str
    is_ticked: bool
    note: str

    @property
    def next_number(self) -> int:
        """The number that its edition will have."""
        return self.state.edition.number + 1 if self.state.edition else 1


def candidates(request: HttpRequest, record: Record, states: list[TextState]) -> list[Candidate]:
    """Every language that has a text, with all reasons why it cannot be published now."""
    statement = record.statement
    states = [state for state in states if state.head is not None]
    asked = Readiness(statement, [state.language.tag for state in states], record)
    found = []
    for state in states:
        tag = state.language.tag
        reasons = asked.reasons(tag)
        if not may(request.user, Action.PUBLISH, tag):
            reasons.append(Reason("not-allowed", _("You may not publish in this language. Ask a publisher.")))
        # Offered ticked: what waits for its readers. Where only other statements have changed, or publishing would end
        # a withdrawal, somebody has to want it.
        is_ticked = state.state in {State.DRAFT, State.CHANGED} and state.withdrawn is None
        if request.method == "POST":
            is_ticked = tag in request.POST.getlist("languages")
        found.append(
            Candidate(
                state, reasons, text_address(statement, tag), is_ticked and not reasons,
                request.POST.get(f"note-{tag}", ""),
            )
        )  # fmt: skip
    return sorted(found, key=lambda row: row.state.language.tag != statement.original_language)


def without_text(statement: Statement, states: list[TextState]) -> list[tuple[Language, str]]:
    """The site's other languages, each with the address at which its text can be entered."""
    empty = [state.language for state in states if state.head is None]
    return [(language, text_address(statement, language.tag)) for language in empty]


def _seen(request: HttpRequest, found: list[Candidate]) -> dict[str, Revision]:
    """The revisions that the page showed when it was opened: what was saved since is not published unread."""
    shown = {row.state.language.tag: request.POST.get(f"seen-{row.state.language.tag}", "") for row in found}
    keys = [int(pk) for pk in shown.values() if pk.isdigit()]
    revisions = Revision.objects.in_bulk(keys)
    return {tag: revisions[int(pk)] for tag, pk in shown.items() if pk.isdigit() and int(pk) in revisions}


def publish_page(desk: RecordAdmin, request: HttpRequest, *, pk: int) -> HttpResponse:
    """Show what can be published; publish what was ticked."""
    statement = statement_or_404(desk, request, pk)
    record = Record.of(statement)
    states = progress(statement, record=record)
    found = candidates(request, record, states)
    form = MomentForm(request.POST if request.method == "POST" else None, label_suffix="")
    errors: list[str] = []
    if request.method == "POST" and form.is_valid():
        # What was ticked is asked for, ready or not: the verb answers, and all its reasons are shown.
        asked = [row.state.language.tag for row in found if row.state.language.tag in request.POST.getlist("languages")]
        if not asked:
            errors.append(_("Tick one language at least."))
        else:
            try:
                editions = publish(
                    statement,
                    asked,
                    by=worker(request),
                    at=form.cleaned_data["at"],
                    note={tag: request.POST.get(f"note-{tag}", "").strip() for tag in asked},
                    change=form.cleaned_data["change"] or None,
                    seen=_seen(request, found),
                )
            except Refused as refused:
                errors += [str(reason) for reason in refused.reasons]
            else:
                messages.success(request, _said(editions, is_later=form.cleaned_data["at"] is not None))
                return HttpResponseRedirect(reverse("admin:statements_statement_change", args=[statement.pk]))
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Publish"),
        "opts": desk.model._meta,
        "statement": statement,
        "shown_title": shown_title(statement),
        "candidates": found,
        "without_text": without_text(statement, states),
        "can_publish": any(not row.reasons for row in found),
        "has_later_editions": any(not row.reasons and row.next_number > 1 for row in found),
        "form": form,
        "refusals": errors,
    }
    return TemplateResponse(request, "desk/publish.html", context, status=409 if errors else 200)


def _said(editions: list[Edition], *, is_later: bool) -> str:
    count = len(editions)
    if is_later:
        return ngettext(
            "%(count)d edition is sealed and appears at its moment.",
            "%(count)d editions are sealed and appear at their moment.",
            count,
        ) % {"count": count}
    return ngettext("%(count)d edition is public.", "%(count)d editions are public.", count) % {"count": count}
