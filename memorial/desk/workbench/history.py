"""Every saved state of one text, newest first, with the editions made from them."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action, may
from memorial.desk.titles import shown_title
from memorial.languages.columns import languages
from memorial.languages.formats import language_name
from memorial.languages.labels import direction
from memorial.translations.models import Revision

from .found import statement_or_404

if TYPE_CHECKING:
    from memorial.desk.statements import StatementAdmin


def history_page(desk: "StatementAdmin", request: HttpRequest, *, pk: int, language: str) -> HttpResponse:
    """List the revisions of a text; each opens to what it said."""
    statement = statement_or_404(desk, request, pk)
    if language not in languages():
        raise Http404
    if not may(request.user, Action.VIEW_TEXT, language):
        raise PermissionDenied
    revisions = (
        Revision.objects.filter(text__statement=statement, text__language=language)
        .select_related("saved_by", "based_on__text")
        .prefetch_related("editions")
        .order_by("-number")
    )
    context = {
        **desk.admin_site.each_context(request),
        "title": _("History of the text in %(language)s") % {"language": language_name(language, get_language() or "")},
        "opts": desk.model._meta,
        "statement": statement,
        "shown_title": shown_title(statement),
        "language": language,
        "language_dir": direction(language),
        "page": Paginator(revisions, 25).get_page(request.GET.get("page")),
    }
    return TemplateResponse(request, "desk/text_history.html", context)
