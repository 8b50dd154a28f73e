"""The difference between any two revisions of a text, part by part."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from memorial.accounts.permission import Action, may
from memorial.desk.page import desk_page
from memorial.desk.record import RecordAdmin, worker
from memorial.desk.titles import shown_title, title_of_page
from memorial.languages.labels import direction
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Text

from .changes import changes_between
from .found import text_address, viewed_or_404

VIEWS = ("sides", "marked")


def difference_address(statement: Statement, language: str, old: int, new: int) -> str:
    """Where the difference from revision ``old`` to revision ``new`` of a text is shown."""
    return reverse("admin:statements_statement_text_difference", args=[statement.pk, language, old, new])


def view_of(request: HttpRequest) -> str:
    """How changes are shown: both sides beside each other, or one text with what changed marked in it."""
    asked = request.GET.get("view", "")
    return asked if asked in VIEWS else VIEWS[0]


@method_decorator(require_safe)
def chosen_difference(desk: RecordAdmin, request: HttpRequest, *, pk: int, language: str) -> HttpResponse:
    """Go from the two revisions chosen in the history to their difference."""
    statement, text = viewed_or_404(desk, request, pk, language)
    old, new = (request.GET.get(name, "") for name in ("old", "new"))
    if not all(number.isdecimal() and len(number) < 10 for number in (old, new)):
        raise Http404("two revisions are named by their numbers")
    if int(old) == int(new):
        messages.warning(request, _("Choose two different revisions."))
        return HttpResponseRedirect(reverse("admin:statements_statement_text_history", args=[pk, language]))
    return HttpResponseRedirect(difference_address(statement, text.language, *sorted((int(old), int(new)))))


@method_decorator(require_safe)
def difference_page(
    desk: RecordAdmin, request: HttpRequest, *, pk: int, language: str, old: int, new: int
) -> HttpResponse:
    """Show what has changed from revision ``old`` to revision ``new``; an earlier one always stands first."""
    statement, text = viewed_or_404(desk, request, pk, language)
    revisions = two_of(text, old, new)
    if old > new:
        asked = request.GET.urlencode()
        return HttpResponseRedirect(difference_address(statement, language, new, old) + (f"?{asked}" if asked else ""))
    is_restorable = old != text.head.number and may(worker(request), Action.CHANGE_TEXT, language)  # type: ignore[union-attr]
    context = {
        "opts": desk.model._meta,
        "statement": statement,
        "shown_title": shown_title(statement),
        "language": language,
        "language_dir": direction(language),
        "changes": changes_between(*revisions),
        "view": view_of(request),
        "text_address": text_address(statement, language),
        "is_restorable": is_restorable,
    }
    title = title_of_page(_("What changed in the text in %(language)s"), language)
    return desk_page(request, "desk/workbench/text_difference.html", context, title=title)


def two_of(text: Text, old: int, new: int) -> tuple[Revision, Revision]:
    """Two revisions of a text, by one query. Raises Http404 where it does not have both."""
    numbers = [number for number in (old, new) if number < 10**9]  # an address can hold more than a database
    kept = text.revisions.filter(number__in=numbers).select_related("saved_by", "based_on__text")
    found = {revision.number: revision for revision in kept}
    if {old, new} - found.keys():
        raise Http404("the text has no revision of this number")
    return found[old], found[new]
