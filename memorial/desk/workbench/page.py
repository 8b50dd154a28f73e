"""A text in a language that is not the original's, beside the text it is made from."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.desk import text_form
from memorial.desk.record import worker
from memorial.desk.titles import shown_title
from memorial.languages.columns import languages
from memorial.languages.formats import language_name, own_name
from memorial.languages.labels import direction
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Text
from memorial.translations.save import Conflict

from .found import statement_or_404

if TYPE_CHECKING:
    from memorial.desk.statements import StatementAdmin


def text_page(desk: "StatementAdmin", request: HttpRequest, *, pk: int, language: str) -> HttpResponse:
    """Show the source on one side and the text on the other; save it."""
    statement = statement_or_404(desk, request, pk)
    if language not in languages():
        raise Http404
    if not may(request.user, Action.VIEW_TEXT, language):
        raise PermissionDenied
    may_change = may(request.user, Action.CHANGE_TEXT, language)
    texts = {
        text.language: text
        for text in Text.objects.filter(statement=statement).select_related("head", "head__saved_by", "head__based_on")
    }
    source = _source(request, statement, language, texts)
    text = texts.get(language)
    context: dict[str, Any] = {}
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        form = text_form.TextFields(request.POST, label_suffix="")
        if form.is_valid():
            try:
                text_form.save(
                    form.cleaned_data, statement, language, by=worker(request), based_on=_shown(request, source)
                )
            except Refused as refused:
                form, context = _refused(request, refused)
            else:
                messages.success(request, _("The text is saved."))
                return HttpResponseRedirect(request.get_full_path())
    else:
        form = text_form.TextFields(label_suffix="")
    text_form.show(form, language, text, is_original=language == statement.original_language)
    head = text.head if text else None
    context |= {
        **desk.admin_site.each_context(request),
        "title": _("Text in %(language)s") % {"language": language_name(language, get_language() or "")},
        "opts": desk.model._meta,
        "statement": statement,
        "shown_title": shown_title(statement),
        "form": form,
        "media": form.media,
        "language": language,
        "language_dir": direction(language),
        "language_own": own_name(language),
        "may_change": may_change,
        "head": head,
        "source": source,
        "source_dir": direction(source.language) if source else "",
        "sources": [(tag, own_name(tag)) for tag in texts if tag != language and texts[tag].head],
        "is_outdated": text is not None and text.outdated_by is not None,
    }  # fmt: skip
    return TemplateResponse(request, "desk/text.html", context, status=409 if "theirs" in context else 200)


def _refused(request: HttpRequest, refused: Refused) -> tuple[text_form.TextFields, dict[str, Any]]:
    """The form as it was typed, with every reason; after a conflict, on what the colleague saved meanwhile."""
    typed = request.POST.copy()
    context: dict[str, Any] = {}
    if isinstance(refused, Conflict):
        typed["text_seen"] = str(refused.theirs.pk) if refused.theirs else ""
        context["theirs"] = refused.theirs
    form = text_form.TextFields(typed, label_suffix="")
    form.is_valid()
    for reason in refused.reasons:
        form.add_error(None, str(reason))
    return form, context


def _source(request: HttpRequest, statement: Statement, language: str, texts: dict[str, Text]) -> Text | None:
    """The text shown beside: the one asked for, else the one this was made from, else the original's."""
    wanted = request.GET.get("source", "")
    text = texts.get(language)
    made_from = text.head.based_on.text_id if text and text.head and text.head.based_on else None
    by_id = {row.pk: tag for tag, row in texts.items()}
    for tag in (wanted, by_id.get(made_from or 0), statement.original_language, *texts):
        if tag and tag != language and tag in texts and texts[tag].head:
            return texts[tag]
    return None


def _shown(request: HttpRequest, source: Text | None) -> Revision | None:
    """The source's revision that the form showed: what the translator really read, though a newer one may be saved."""
    if source is None:
        return None
    shown = request.POST.get("based_on", "")
    revision = source.revisions.filter(pk=int(shown)).first() if shown.isdigit() else None
    return revision or source.head
