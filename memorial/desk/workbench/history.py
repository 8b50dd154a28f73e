"""Every saved state of one text, newest first: who, when, from what, and what was done about it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from memorial.accounts.permission import Action, may
from memorial.desk.page import desk_page
from memorial.desk.recent import called
from memorial.desk.record import RecordAdmin, worker
from memorial.desk.titles import shown_title, title_of_page
from memorial.languages.columns import languages
from memorial.languages.labels import direction
from memorial.publishing.models import Edition
from memorial.translations.models import ReadyMark, ReviewStep, Revision, Text
from memorial.translations.review import submitted_revision

from .found import statement_or_404, text_address

A_PAGE = 25


@dataclass(frozen=True)
class Line:
    """One revision in the list."""

    revision: Revision
    by: str
    steps: list[ReviewStep]
    ready: ReadyMark | None
    editions: list[Edition]
    is_head: bool
    is_first: bool
    before: int


@method_decorator(require_safe)
def history_page(desk: RecordAdmin, request: HttpRequest, *, pk: int, language: str) -> HttpResponse:
    """List the revisions of a text; any two can be compared, and an earlier one restored."""
    statement = statement_or_404(desk, request, pk)
    if language not in languages():
        raise Http404
    user = worker(request)
    if not may(user, Action.VIEW_TEXT, language):
        raise PermissionDenied
    text = Text.objects.filter(statement=statement, language=language).with_heads().with_stage().first()
    page = Paginator(_revisions(text), A_PAGE).get_page(request.GET.get("page"))
    lines = [_line(revision, text) for revision in page]
    submitted = submitted_revision(text) if text else None
    context = {
        "opts": desk.model._meta,
        "statement": statement,
        "shown_title": shown_title(statement),
        "language": language,
        "language_dir": direction(language),
        "text": text,
        "text_address": text_address(statement, language),
        "page": page,
        "lines": lines,
        "submitted": submitted,
        "may_change": may(user, Action.CHANGE_TEXT, language),
        "may_mark_ready": may(user, Action.MARK_READY, language),
    }
    title = title_of_page(_("History of the text in %(language)s"), language)
    return desk_page(request, "desk/workbench/history.html", context, title=title)


def _revisions(text: Text | None) -> QuerySet[Revision]:
    """The revisions of a text without their words, newest first, with all that is said of each."""
    editions = Edition.objects.without_words().with_withdrawal().order_by("number")
    steps = ReviewStep.objects.select_related("by").order_by("pk")
    return (
        Revision.objects.filter(text=text)
        .defer("summary", "body")
        .select_related("saved_by", "based_on__text", "ready__by")
        .prefetch_related(Prefetch("editions", editions), Prefetch("steps", steps))
        .order_by("-number")
    )


def _line(revision: Revision, text: Text | None) -> Line:
    return Line(
        revision=revision,
        by=called(revision.saved_by),
        steps=list(revision.steps.all()),
        ready=getattr(revision, "ready", None),
        editions=list(revision.editions.all()),
        is_head=text is not None and revision.pk == text.head_id,
        is_first=revision.number == 1,
        before=revision.number - 1,
    )
