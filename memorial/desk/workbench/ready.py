"""The page “Ready for translation”: an editor says that a text may be translated, and what its change means."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.desk.page import desk_page
from memorial.desk.record import RecordAdmin, worker
from memorial.desk.titles import shown_title, title_of_page
from memorial.languages.formats import format_number, language_here
from memorial.languages.labels import direction
from memorial.translations.models import Revision, Significance, Text
from memorial.translations.ready import mark_ready, newest_ready, reasons_against_marking

from .changes import changes_between
from .difference import two_of, view_of
from .found import text_address, viewed_or_404

WHAT_IT_MEANS: dict[int, str | Promise] = {
    Significance.WORDING: gettext_lazy("The same is said in other words. Translators look at it when they can."),
    Significance.MEANING: gettext_lazy("Something else is said. Readers of an older translation are told so."),
    Significance.URGENT: gettext_lazy("Translations must follow at once. Readers of an older one are told so."),
}


class ReadyForm(forms.Form):
    """What the change means for translations, and a note for translators."""

    significance = forms.TypedChoiceField(
        label=gettext_lazy("What the change means for translations"),
        choices=Significance.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the change means for translations.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note for translators"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "aria-describedby": "note-help"}),
        help_text=gettext_lazy("What has changed and why, in one or two sentences."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
def ready_page(desk: RecordAdmin, request: HttpRequest, *, pk: int, language: str) -> HttpResponse:
    """Show what has changed since translators were last told; mark the revision that was shown as ready."""
    statement, text = viewed_or_404(desk, request, pk, language)
    user = worker(request)
    if not may(user, Action.MARK_READY, language):
        raise PermissionDenied
    head: Revision = text.head  # type: ignore[assignment]  # only a text with a head is found
    head.text = text
    refusals: tuple[Reason, ...] = ()
    form = ReadyForm(request.POST if request.method == "POST" else None, label_suffix="", initial={"seen": head.number})
    if request.method == "POST" and form.is_valid():
        # What the editor has read is marked, though a newer revision may have been saved since.
        shown, _head = two_of(text, form.cleaned_data["seen"], head.number)
        shown.text = text
        try:
            mark_ready(shown, significance=form.cleaned_data["significance"], note=form.cleaned_data["note"], by=user)
        except Refused as refused:
            refusals = refused.reasons
        else:
            messages.success(request, _said(shown.number))
            return HttpResponseRedirect(reverse("admin:statements_statement_text_history", args=[pk, language]))
    mark = newest_ready(text)
    earlier = two_of(text, mark.revision.number, head.number)[0] if mark else None
    context: dict[str, Any] = {
        "opts": desk.model._meta,
        "statement": statement,
        "shown_title": shown_title(statement),
        "language": language,
        "language_dir": direction(language),
        "head": head,
        "mark": mark,
        "changes": changes_between(earlier, head) if earlier and earlier != head else None,
        "view": view_of(request),
        "form": form,
        "meanings": [(value, label, WHAT_IT_MEANS[value]) for value, label in Significance.choices],
        "chosen": str(form["significance"].value() or ""),
        "outdated": _made_outdated(text, head),
        "text_address": text_address(statement, language),
        "reasons": reasons_against_marking(head, significance=Significance.WORDING, by=user),
        "refusals": refusals,
    }
    title = title_of_page(_("Ready for translation: the text in %(language)s"), language)
    status = 409 if refusals else 200
    return desk_page(request, "desk/workbench/ready.html", context, title=title, status=status)


def _made_outdated(text: Text, head: Revision) -> list[Text]:
    """The translations whose newest revision was made from an older revision of ``text`` than ``head``."""
    made_from_it = Text.objects.filter(
        statement=text.statement_id, head__based_on__text=text.pk, head__based_on__number__lt=head.number
    )
    return list(made_from_it.with_significance().order_by("language"))


def _said(number: int) -> str:
    message = _("Revision %(number)s is ready for translation. Translators are shown what has changed.")
    return message % {"number": format_number(number, language_here())}
