"""Who works in one language: seen by all who work in it, changed by those who manage its team."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts.models import Grant, Role, User
from memorial.accounts.refusal import Refused
from memorial.accounts.team import (
    change_role,
    grant_role,
    may_see_team,
    reasons_against_withdrawing,
    roles_to_grant,
    team_of,
    withdraw_role,
)
from memorial.desk.page import desk_page
from memorial.desk.record import worker
from memorial.desk.titles import title_of_page
from memorial.languages.models import Language

# What each role may do, for somebody who has to choose one; those below have the rights of those above.
MEANINGS = {
    Role.CONTRIBUTOR: gettext_lazy("writes texts and sends them to review"),
    Role.TRANSLATOR: gettext_lazy("writes texts, and translates names and the words of the pages"),
    Role.REVIEWER: gettext_lazy("approves what others wrote, or sends it back"),
    Role.LEAD: gettext_lazy("says who works in this language, and makes it public when its board is complete"),
}


class AddForm(forms.Form):
    """Somebody by user name, and the role to give."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=gettext_lazy("Accounts are made by administrators."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"))

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]

    def clean_username(self) -> User:
        """The person of this name."""
        person = User.objects.filter(username=self.cleaned_data["username"].strip()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this user name. An administrator can make an account."))
        return person


@dataclass(frozen=True)
class Member:
    """One line of the page: somebody's role, and whether the user of the page may change it."""

    grant: Grant
    is_own: bool
    may_change: bool


def team_page(request: HttpRequest, *, language: str) -> HttpResponse:
    """Show who works in a language; grant, change and withdraw roles in it."""
    by = worker(request)
    row = get_object_or_404(Language.objects.with_columns(), pk=language)
    if not may_see_team(by, row.tag):
        raise PermissionDenied
    roles = roles_to_grant(row.tag, by=by)
    form = AddForm(roles=roles)
    refused: list[str] = []
    if request.method == "POST":
        if not roles:
            raise PermissionDenied
        if request.POST.get("do") == "add":
            form = AddForm(request.POST, roles=roles)
        try:
            done = _act(request, row, form, by)
        except Refused as answer:
            refused = [str(reason) for reason in answer.reasons]
        else:
            if done:
                messages.success(request, done)
                return HttpResponseRedirect(request.path)
    context = {
        "language": row,
        "members": [
            Member(grant, grant.user_id == by.pk, bool(roles) and not reasons_against_withdrawing(grant, by=by))
            for grant in team_of(row.tag)
        ],
        "may_manage": bool(roles),
        "roles": roles,
        "meanings": [(role.label, MEANINGS[role]) for role in MEANINGS],
        "form": form,
        "refusals": refused,
    }
    title = title_of_page(_("Who works in %(language)s"), row.tag)
    status = 409 if refused else 200
    return desk_page(request, "desk/languages/team.html", context, title=title, status=status)


def _act(request: HttpRequest, language: Language, form: AddForm, by: User) -> str:
    """Do what was asked for and return what to say; nothing, when the form has to be filled anew. Raises Refused."""
    if form.is_bound:
        if not form.is_valid():
            return ""
        person = form.cleaned_data["username"]
        grant = grant_role(person, form.cleaned_data["role"], language.tag, by=by)
        return _("%(person)s is now: %(role)s.") % {"person": person, "role": grant.get_role_display()}
    pk = request.POST.get("grant", "")
    grant = get_object_or_404(
        Grant.objects.select_related("user"), pk=pk if pk.isdecimal() and len(pk) < 19 else 0, language=language.tag
    )
    if request.POST.get("do") == "withdraw":
        role = grant.get_role_display()
        withdraw_role(grant, by=by)
        return _("%(person)s is no longer: %(role)s.") % {"person": grant.user, "role": role}
    grant = change_role(grant, request.POST.get("role", ""), by=by)
    return _("%(person)s is now: %(role)s.") % {"person": grant.user, "role": grant.get_role_display()}
