"""The page on which a language is described anew."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.desk.page import desk_page
from memorial.desk.record import worker
from memorial.languages.amend import DESCRIPTION, amend_language
from memorial.languages.models import Language
from memorial.languages.preview import preview

from .description import DescriptionForm
from .found import language_or_404


class DescribeForm(DescriptionForm):
    """The description, and where the language stands among the others."""

    position = forms.IntegerField(
        label=gettext_lazy("Position"),
        min_value=0,
        max_value=32767,
        widget=forms.NumberInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy("Languages with a smaller number come first."),
    )

    def description(self) -> dict[str, Any]:
        """What the verb takes, of a form that is valid."""
        return {**super().description(), "position": self.cleaned_data["position"]}


def describe_page(request: HttpRequest, tag: str) -> HttpResponse:
    """Show the description of a language, and keep a new one."""
    by = worker(request)
    if not may(by, Action.CHANGE_LANGUAGE):
        raise PermissionDenied
    language = language_or_404(tag)
    initial = {name: getattr(language, name) for name in DESCRIPTION}
    form = DescribeForm(request.POST or None, initial=initial, tag=tag)
    refusals: list[str] = []
    is_looked_at = False
    if request.method == "POST" and form.is_valid():
        given = form.description()
        if request.POST.get("do") == "look":
            language, is_looked_at = Language(**{**_row(language), **given}), True
        else:
            try:
                amend_language(tag, by=by, **given)
            except Refused as refused:
                refusals = [str(reason) for reason in refused.reasons]
            else:
                messages.success(request, _("The description is kept. Readers see it in a few seconds."))
                return HttpResponseRedirect(reverse("admin:language_board", args=[tag]))
    context = {
        "language": language,
        "form": form,
        "preview": preview(language),
        "refusals": refusals,
        "is_looked_at": is_looked_at,
    }
    status = 409 if refusals else 422 if form.errors else 200
    return desk_page(request, "desk/languages/describe.html", context, title=_("Description"), status=status)


def _row(language: Language) -> dict[str, Any]:
    return {"tag": language.tag, "state": language.state}
