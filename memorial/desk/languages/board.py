"""The launch board of a language, the page for its formats, and the buttons that show it to readers or hide it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.desk.page import desk_page
from memorial.desk.record import worker
from memorial.languages.amend import confirm_formats, confirmation, reasons_not_to_confirm, what_is_confirmed
from memorial.languages.enrol import retire_language
from memorial.languages.models import Language, LanguageChange
from memorial.languages.preview import preview
from memorial.publishing.launch import BoardLine, LaunchBoard, is_overridable, launch, reasons_not_to_launch

from .found import is_loaded, language_or_404, reloading

LAST_CHANGES = 12


def board_page(request: HttpRequest, tag: str) -> HttpResponse:
    """Show what a language has and needs; make it public, or retire it."""
    by = worker(request)
    if not may(by, Action.VIEW_TEXT):
        raise PermissionDenied
    language = language_or_404(tag)
    title = language.name_own
    if not is_loaded(tag):
        return reloading(request, language, title=title)
    refusals: list[str] = []
    reason = request.POST.get("reason", "").strip()
    if request.method == "POST":
        try:
            said = _moved(request, tag, reason)
        except Refused as refused:
            refusals = [str(each) for each in refused.reasons]
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("admin:language_board", args=[tag]))
    board = LaunchBoard.of(tag)
    reasons = reasons_not_to_launch(tag, by=by, board=board)
    is_public = board.language.state == Language.State.PUBLIC
    context: dict[str, Any] = {
        "language": board.language,
        "lines": [(line, _address(line, tag)) for line in board.lines],
        "is_complete": board.is_complete,
        "is_public": is_public,
        "reasons": [] if is_public else reasons,
        "may_override": is_overridable(reasons, board, by=by),
        "may_change": may(by, Action.CHANGE_LANGUAGE),
        "is_default": tag == settings.LANGUAGE_CODE,
        "changes": LanguageChange.objects.filter(language=tag).select_related("by")[:LAST_CHANGES],
        "links": _links(tag),
        "refusals": refusals,
        "reason": reason,
    }
    status = 409 if refusals else 200
    return desk_page(request, "desk/languages/board.html", context, title=title, status=status)


def formats_page(request: HttpRequest, tag: str) -> HttpResponse:
    """Show how a language writes dates and numbers and where it begins; keep a person's word that it is right."""
    by = worker(request)
    if not may(by, Action.VIEW_TEXT):
        raise PermissionDenied
    language = language_or_404(tag)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            confirm_formats(tag, by=by, seen=request.POST.get("seen", ""))
        except Refused as refused:
            refusals = [str(each) for each in refused.reasons]
        else:
            messages.success(request, _("Thank you: formats and direction are confirmed."))
            return HttpResponseRedirect(reverse("admin:language_board", args=[tag]))
    context = {
        "language": language,
        "preview": preview(language),
        "confirmed": confirmation(language),
        "seen": what_is_confirmed(language),
        "reasons": reasons_not_to_confirm(language, by=by),
        "may_change": may(by, Action.CHANGE_LANGUAGE),
        "refusals": refusals,
    }
    status = 409 if refusals else 200
    return desk_page(request, "desk/languages/formats.html", context, title=_("Formats and direction"), status=status)


def _moved(request: HttpRequest, tag: str, reason: str) -> str:
    by = worker(request)
    if request.POST.get("do") == "retire":
        retire_language(tag, by=by, note=reason)
        return _("The language is retired: readers no longer see it, and nothing is deleted.")
    launch(tag, by=by, reason=reason)
    return _("The language is public: readers see it now.")


def _address(line: BoardLine, tag: str) -> str:
    """Where the work of a line is done."""
    name = f"admin:{line.address_name}"
    return reverse(name, args=[tag]) if line.takes_tag else f"{reverse(name)}?language={tag}"


def _links(tag: str) -> list[tuple[str, str]]:
    """The other pages of the language."""
    return [
        (reverse("admin:language_describe", args=[tag]), _("Description")),
        (reverse("admin:language_formats", args=[tag]), _("Formats and direction")),
        (reverse("admin:language_team", args=[tag]), _("People")),
    ]
