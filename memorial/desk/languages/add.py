"""The page “Add a language”: found in CLDR or described by hand, looked at, and then added or asked for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.desk.page import desk_page
from memorial.desk.record import worker
from memorial.languages.catalogue import Entry, Found, catalogue, search
from memorial.languages.columns import languages
from memorial.languages.enrol import described
from memorial.languages.formats import language_here, language_name
from memorial.languages.models import Language, LanguageRequest
from memorial.languages.preview import preview
from memorial.languages.requests import (
    add_language,
    open_requests,
    reasons_not_to_add,
    reasons_not_to_request,
    request_language,
)
from memorial.languages.tags import BCP47

from .description import PLAIN, DescriptionForm


class AddForm(DescriptionForm):
    """The description, the tag before it and the reason after it."""

    tag = forms.CharField(
        label=gettext_lazy("Tag"),
        max_length=20,
        validators=[BCP47],
        widget=forms.TextInput(attrs={**PLAIN, "dir": "ltr"}),
        help_text=gettext_lazy("Part of every address in this language (BCP 47), such as “fa” or “pt-br”. It stays."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this language"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("Who needs it, and who will translate. Colleagues read it."),
    )


@transaction.non_atomic_requests
def add_page(request: HttpRequest) -> HttpResponse:
    """Search, describe, look, and then ask for a language or add it."""
    by = worker(request)
    if not (may(by, Action.REQUEST_LANGUAGE) or may(by, Action.ADD_LANGUAGE)):
        raise PermissionDenied
    if request.method == "POST":
        return _described(request)
    query, tag = request.GET.get("q", "").strip()[:80], request.GET.get("tag", "").strip().lower()[:20]
    context: dict[str, Any] = {"query": query}
    if tag or "by-hand" in request.GET:
        initial = initial_description(tag)
        context["form"] = AddForm(initial=initial, tag=tag)
        if not _reason_about_tag(tag):
            language = described(tag)
            context |= {"preview": preview(language), "reasons": _reasons(request, language)}
    elif query:
        context |= {"is_search": True, "found": _found(query), "typed_tag": _typed_tag(query)}
    return _page(request, context)


def initial_description(tag: str) -> dict[str, Any]:
    """What the form begins with: what CLDR or our own table says, and nothing where both are silent."""
    entry = _entry(tag)
    known = described(tag) if tag and not _reason_about_tag(tag) else None
    is_known = entry is not None or (known is not None and tag not in {known.name_en, known.name_own})
    own = known.name_own if known and is_known else ""
    return {
        "tag": tag,
        # Where CLDR has no own name it gives the English one: better to ask.
        "name_own": "" if known and own == known.name_en and tag.split("-", maxsplit=1)[0] != "en" else own,
        "name_en": known.name_en if known and is_known else "",
        "script": known.script if known else "",
        "direction": known.direction if known else Language.Direction.LTR,
        "review": Language.Review.REVIEWER,
    }


def _described(request: HttpRequest) -> HttpResponse:
    by = worker(request)
    form = AddForm(request.POST, tag=request.POST.get("tag", "").strip().lower()[:20])
    if not form.is_valid():
        return _page(request, {"form": form}, status=422)
    tag, given = form.cleaned_data["tag"], form.description()
    language = described(tag, **given)
    wanted = request.POST.get("do")
    context: dict[str, Any] = {"form": form, "preview": preview(language)}
    if wanted not in {"add", "request"}:
        return _page(request, {**context, "reasons": _reasons(request, language), "is_looked_at": True})
    verb = add_language if wanted == "add" else request_language
    try:
        asked = verb(tag, by=by, reason=form.cleaned_data["reason"], **given)
    except Refused as refused:
        return _page(request, {**context, "refusals": refused.reasons}, status=409)
    if asked.state == LanguageRequest.State.REQUESTED:
        messages.success(request, _("Your request is kept. Whoever manages languages sees it."))
    return HttpResponseRedirect(reverse("admin:language_request", args=[asked.pk]))


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    by = worker(request)
    around = {
        "may_add": may(by, Action.ADD_LANGUAGE),
        "open_requests": open_requests().count(),
        "site_languages": [(tag, language_name(tag, language_here())) for tag in languages()],
    }
    return desk_page(
        request, "desk/languages/add.html", {**around, **context}, title=_("Add a language"), status=status
    )


def _reasons(request: HttpRequest, language: Language) -> list[Reason]:
    """Why the buttons below would refuse, told before they are pressed; the names are still being typed."""
    by = worker(request)
    ask = reasons_not_to_add if may(by, Action.ADD_LANGUAGE) else reasons_not_to_request
    return [reason for reason in ask(language, by=by) if reason.code != "name"]


def _found(query: str) -> list[Found]:
    on_site = set(Language.objects.values_list("tag", flat=True))
    return search(query, names_in=tuple(languages()), on_site=on_site)


def _entry(tag: str) -> Entry | None:
    return next((entry for entry in catalogue(tuple(languages())) if entry.tag == tag), None)


def _typed_tag(query: str) -> str:
    """What was typed, where it could be a tag that the catalogue lacks."""
    tag = query.lower()
    return tag if not _reason_about_tag(tag) and _entry(tag) is None else ""


def _reason_about_tag(tag: str) -> bool:
    """Whether a tag is not written like one."""
    return BCP47.regex.fullmatch(tag) is None  # type: ignore[union-attr]
