"""The statements that a language must have before it is made public: which they are, and which of them are ready."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.desk.page import desk_page
from memorial.desk.record import worker
from memorial.desk.titles import shown_title
from memorial.desk.workbench.found import text_address
from memorial.languages.labels import Label, label
from memorial.languages.models import Language
from memorial.publishing.models import MustHave
from memorial.publishing.must_have import editions_in, release_requirement, require, required_statements
from memorial.statements.models import Occasion, Statement


class ChooseForm(forms.Form):
    """A statement by its permanent id, or an occasion with all its statements."""

    sid = forms.CharField(
        label=gettext_lazy("Statement"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Its permanent id of eight characters, or its public address."),
    )
    occasion = forms.ModelChoiceField(
        label=gettext_lazy("All statements on an occasion"), queryset=Occasion.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field: Any = self.fields["occasion"]
        field.queryset = Occasion.objects.order_by("month", "day", "slug")
        field.label_from_instance = lambda occasion: label(occasion, "name").text or occasion.slug

    def clean(self) -> dict[str, Any]:
        """Find the statement; one of both is named."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = cleaned.get("sid", "").strip()
        if typed:
            known = Statement.objects.filter(sid__in=[part.lower() for part in typed.split("/") if part]).first()
            if known is None:
                self.add_error("sid", _("There is no statement with this id."))
            cleaned["statement"] = known
        elif not cleaned.get("occasion") and not self.errors:
            self.add_error("sid", _("Name a statement, or choose an occasion."))
        return cleaned


@dataclass(frozen=True)
class Required:
    """One statement that must be ready: its title, the edition there is, and where it is written."""

    statement: Statement
    title: Label
    edition_number: int | None
    address: str


def must_have_page(request: HttpRequest) -> HttpResponse:
    """List what a language must have, with what is ready in the language of the query; choose and release."""
    by = worker(request)
    if not may(by, Action.VIEW_RECORD):
        raise PermissionDenied
    rows = list(Language.objects.with_columns())
    chosen = next((row for row in rows if row.tag == request.GET.get("language")), None)
    form = ChooseForm(request.POST if request.POST.get("do") == "require" else None)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            said = _changed(request, form)
        except Refused as refused:
            refusals = [str(reason) for reason in refused.reasons]
        else:
            if said:
                messages.success(request, said)
                return HttpResponseRedirect(request.get_full_path())
    choices = MustHave.objects.select_related("statement", "occasion", "chosen_by").order_by("chosen_at")
    context = {
        "language": chosen,
        "languages": rows,
        "required": _required(chosen),
        "choices": [(choice, _called(choice)) for choice in choices],
        "form": form,
        "may_choose": may(by, Action.CHANGE_RECORD),
        "refusals": refusals,
    }
    status = 409 if refusals else 422 if form.errors else 200
    title = _("Statements that must be ready")
    return desk_page(request, "desk/languages/must_have.html", context, title=title, status=status)


def _changed(request: HttpRequest, form: ChooseForm) -> str:
    """Do what was asked for and say so; nothing where the form was not filled in."""
    by = worker(request)
    if request.POST.get("do") == "release":
        choice = MustHave.objects.filter(pk=_number(request.POST.get("choice", ""))).first()
        chosen = (choice.statement, choice.occasion) if choice else ()
        for target in filter(None, chosen):
            release_requirement(target, by=by)
        return _("It is no longer asked for.")
    if not form.is_valid():
        return ""
    for target in (form.cleaned_data.get("statement"), form.cleaned_data.get("occasion")):
        if target is not None:
            require(target, by=by)
    return _("Every new language is asked for it from now on.")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _required(language: Language | None) -> list[Required]:
    statements = list(required_statements())
    numbers = editions_in(language.tag, statements) if language else {}
    return [
        Required(
            each,
            shown_title(each),
            numbers.get(each.pk),
            text_address(each, language.tag if language else each.original_language),
        )
        for each in statements
    ]


def _called(choice: MustHave) -> Label:
    return shown_title(choice.statement) if choice.statement else label(choice.occasion, "name")
