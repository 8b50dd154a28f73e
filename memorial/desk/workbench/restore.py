"""Bringing back an earlier revision of one text: first the difference to what is there now, then a yes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.desk.page import desk_page
from memorial.desk.record import RecordAdmin, worker
from memorial.desk.titles import shown_title, title_of_page
from memorial.languages.formats import format_number, language_here
from memorial.languages.labels import direction
from memorial.translations.models import Revision, Text
from memorial.translations.save import reasons_against_restoring, restore

from .changes import changes_between
from .difference import two_of, view_of
from .found import text_address, viewed_or_404


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
def restore_page(desk: RecordAdmin, request: HttpRequest, *, pk: int, language: str, number: int) -> HttpResponse:
    """Show what restoring revision ``number`` would change; restore it in this one language."""
    statement, text = viewed_or_404(desk, request, pk, language)
    user = worker(request)
    if not may(user, Action.CHANGE_TEXT, language):
        raise PermissionDenied
    head = _head(text)
    earlier, _current = two_of(text, number, head.number)
    earlier.text = text
    refusals: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            restore(earlier, seen=_seen(request, text), by=user)
        except Refused as refused:
            refusals = refused.reasons
        else:
            messages.success(request, _said(number))
            return HttpResponseRedirect(reverse("admin:statements_statement_text_history", args=[pk, language]))
    context = {
        "opts": desk.model._meta,
        "statement": statement,
        "shown_title": shown_title(statement),
        "language": language,
        "language_dir": direction(language),
        "head": head,
        "earlier": earlier,
        "changes": changes_between(head, earlier),
        "view": view_of(request),
        "text_address": text_address(statement, language),
        "reasons": reasons_against_restoring(earlier, by=user),
        "refusals": refusals,
    }
    title = title_of_page(
        _("Restore revision %(number)s of the text in %(language)s"),
        language,
        number=format_number(number, language_here()),
    )
    return desk_page(
        request,
        "desk/workbench/restore.html",
        context,
        title=title,
        status=409 if refusals else 200,
    )


def _head(text: Text) -> Revision:
    """The newest revision, as it was when the page was asked for."""
    if text.head is None:
        raise Http404("no text is saved in this language")
    return text.head


def _seen(request: HttpRequest, text: Text) -> Revision:
    """The revision that the page showed as the newest one. Raises Http404 where the form names none."""
    shown = request.POST.get("seen", "")
    revision = text.revisions.filter(number=int(shown)).first() if shown.isdecimal() and len(shown) < 10 else None
    if revision is None:
        raise Http404("the form names no revision of this text")
    return revision


def _said(number: int) -> str:
    message = _("Revision %(number)s is restored, as the newest revision. The ones between are kept.")
    return message % {"number": format_number(number, language_here())}
