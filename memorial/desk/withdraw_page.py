"""The page “Withdraw”: what has been published, why it cannot be taken back, and what readers are told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext, pgettext

from memorial.accounts.models import User
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import languages
from memorial.languages.formats import own_name
from memorial.languages.labels import direction
from memorial.publishing.models import Edition, Withdrawal
from memorial.publishing.progress import State
from memorial.publishing.withdrawal import newest_editions, reasons_against, reasons_against_withdrawing, withdraw
from memorial.statements.models import Statement

from .record import RecordAdmin, worker
from .titles import shown_title
from .workbench.found import statement_or_404


class Leaves(models.TextChoices):
    """What of a withdrawn text is left for readers."""

    TEXT = "text", gettext_lazy("The text can still be read, under a notice")
    NOTHING = "nothing", gettext_lazy("Nothing of it can be read any more")


SEEN_BY_READERS = {
    Leaves.TEXT: gettext_lazy(
        "Readers who have the address see the date and your reason above the text; lists and searches leave it out."
    ),
    Leaves.NOTHING: gettext_lazy(
        "Readers who have the address see only the date and your reason; no edition of it can be opened. "
        "Attached files go with its last language."
    ),
}


class LeavesForm(forms.Form):
    """Whether the text can still be read."""

    leaves = forms.ChoiceField(
        label=gettext_lazy("What is left for readers"), choices=Leaves.choices, initial=Leaves.TEXT
    )

    def choices(self) -> list[tuple[Leaves, object, bool]]:
        """Each choice, what readers see of it, and whether it is chosen."""
        chosen = self["leaves"].value()
        return [(each, SEEN_BY_READERS[each], each == chosen) for each in Leaves]


@dataclass(frozen=True)
class Asked:
    """What was sent: the languages ticked, and of every language the words for readers and the edition seen."""

    tags: list[str] = field(default_factory=list)
    words: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, tags: list[str]) -> "Asked":
        """What was sent about these languages; an edition that was not shown counts as number 0."""
        sent = request.POST
        ticked = set(sent.getlist("languages"))
        seen = {tag: sent.get(f"seen-{tag}", "") for tag in tags}
        return cls(
            [tag for tag in tags if tag in ticked],
            {tag: sent.get(f"reason-{tag}", "") for tag in tags},
            {tag: int(number) if number.isdecimal() else 0 for tag, number in seen.items()},
        )


@dataclass(frozen=True)
class Published:
    """One language on the page. ``reasons`` are those against it, with those against what was just asked."""

    edition: Edition
    withdrawn: Withdrawal | None
    state: State
    name: str
    dir: str
    can_be_chosen: bool
    reasons: list[Reason]
    is_chosen: bool
    words: str


def published(
    newest: dict[str, Edition], asked: Asked, *, by: User, keeps_text: bool, is_refused: bool
) -> list[Published]:
    """Every language that has an edition."""
    found = []
    for tag, edition in newest.items():
        withdrawn: Withdrawal | None = edition.withdrawn  # type: ignore[attr-defined] # by newest_editions()
        against = reasons_against(edition, tag, by=by)
        is_chosen = tag in asked.tags
        reasons = against
        if is_refused and is_chosen:
            reasons = reasons_against_withdrawing(
                edition, tag, by=by, keeps_text=keeps_text, reason=asked.words[tag].strip(), seen=asked.seen[tag]
            )
        found.append(
            Published(
                edition, withdrawn, _state(edition, withdrawn), own_name(tag), direction(tag), not against, reasons,
                is_chosen and not against, asked.words.get(tag, ""),
            )
        )  # fmt: skip
    return found


def _state(edition: Edition, withdrawn: Withdrawal | None) -> State:
    if withdrawn is not None:
        return State.WITHDRAWN
    return State.SCHEDULED if edition.visible_from > timezone.now() else State.PUBLISHED


def _newest(statement: Statement) -> dict[str, Edition]:
    """The newest editions, the original's first, the others in the order of the site."""
    found = newest_editions(statement)
    order = dict.fromkeys([statement.original_language, *languages(), *found])
    return {tag: found[tag] for tag in order if tag in found}


def withdraw_page(desk: RecordAdmin, request: HttpRequest, *, pk: int) -> HttpResponse:
    """Show what has been published; withdraw what was chosen."""
    statement = statement_or_404(desk, request, pk)
    by = worker(request)
    is_sent = request.method == "POST"
    form = LeavesForm(request.POST if is_sent else None)
    newest = _newest(statement)
    asked = Asked.of(request, list(newest)) if is_sent else Asked()
    keeps_text, refusals = True, list[Reason]()
    if is_sent and form.is_valid():
        keeps_text = form.cleaned_data["leaves"] == Leaves.TEXT
        try:
            withdrawals = withdraw(
                statement, asked.tags, by=by, reason=asked.words, keeps_text=keeps_text, seen=asked.seen
            )
        except Refused as refused:
            refusals = list(refused.reasons)
            newest = _newest(statement)  # another may be the newest now
        else:
            messages.success(request, _said(len(withdrawals)))
            return HttpResponseRedirect(reverse("admin:statements_statement_change", args=[statement.pk]))
    rows = published(newest, asked, by=by, keeps_text=keeps_text, is_refused=bool(refusals))
    context = {
        **desk.admin_site.each_context(request),
        "title": pgettext("what has been published", "Withdraw"),
        "opts": desk.model._meta,
        "statement": statement,
        "shown_title": shown_title(statement),
        "published": rows,
        "can_withdraw": any(row.can_be_chosen for row in rows),
        "form": form,
        "refusals": refusals,
    }
    return TemplateResponse(request, "desk/withdraw.html", context, status=409 if refusals else 200)


def _said(count: int) -> str:
    return ngettext(
        "The text is withdrawn in %(count)d language.", "The text is withdrawn in %(count)d languages.", count
    ) % {"count": count}
