"""The workbench's page: the texts beside, the text being worked on, and what the press of a button answers."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.desk import text_form
from memorial.desk.record import RecordAdmin, worker
from memorial.languages.columns import languages
from memorial.translations.drafts import discard_draft
from memorial.translations.save import Conflict

from . import autosave, conflict
from .bench import Bench
from .buttons import Press, Typed, press
from .found import statement_or_404
from .shown import Shown, conflict_answer, workbench_answer


def text_page(desk: RecordAdmin, request: HttpRequest, *, pk: int, language: str) -> HttpResponse:
    """Show the source on one side and the text on the other; do what the pressed button says."""
    statement = statement_or_404(desk, request, pk)
    if language not in languages():
        raise Http404
    if not may(request.user, Action.VIEW_TEXT, language):
        raise PermissionDenied
    bench = Bench.of(request, statement, language, worker(request))
    if request.method == "POST":
        if not bench.may_change:
            raise PermissionDenied
        return _pressed(desk, request, bench)
    unsaved = autosave.unsaved(bench, is_restored="draft" in request.GET)
    form = text_form.TextFields(label_suffix="")
    text_form.show(form, language, bench.text, is_original=bench.is_original)
    if unsaved and unsaved.is_restored:
        form.initial.update(autosave.filled(unsaved.draft))
    return workbench_answer(desk, request, bench, Shown(form, unsaved=unsaved))


def _pressed(desk: RecordAdmin, request: HttpRequest, bench: Bench) -> HttpResponse:
    """Answer a POST: ``do`` says which button it was."""
    do: str = request.POST.get("do", Press.SAVE)
    fields: QueryDict = request.POST
    if do == "discard":
        discard_draft(bench.statement, bench.language, by=bench.by)
        messages.success(request, _("Your private draft is discarded."))
        return HttpResponseRedirect(_here(request, bench))
    if do == "show":
        return _beside(desk, request, bench)
    if do in ("merge", "merge-and-edit"):
        fields = conflict.merged(bench, request.POST)
    if do == "merge-and-edit":
        autosave.keep(bench, fields)
        return HttpResponseRedirect(_here(request, bench, is_draft=True))
    what = Press(do) if do in Press.values else Press.SAVE
    form = text_form.TextFields(fields, label_suffix="")
    if not form.is_valid() and what not in (Press.SEND_BACK, Press.CONFIRM):
        return workbench_answer(desk, request, bench, _typed(bench, form))
    typed = Typed(
        form.cleaned_data,
        base=bench.base(fields.get("based_on", ""), stays="keeps_base" in fields),
        message=fields.get("review_message", ""),
        note=fields.get("publish_note", ""),
    )
    try:
        said = press(bench, what, typed)
    except Refused as refused:
        return _refused(desk, request, bench, fields, refused)
    messages.success(request, said)
    if what in (Press.SEND_BACK, Press.CONFIRM):
        _keep_quietly(bench, fields)
    return HttpResponseRedirect(_here(request, bench))


def _beside(desk: RecordAdmin, request: HttpRequest, bench: Bench) -> HttpResponse:
    """Show other texts beside; what was typed is kept privately and comes back."""
    try:
        autosave.keep(bench, request.POST)
    except Refused as refused:
        return _refused(desk, request, bench, request.POST, refused)
    return HttpResponseRedirect(_here(request, bench, is_draft=True))


def _refused(
    desk: RecordAdmin, request: HttpRequest, bench: Bench, fields: QueryDict, refused: Refused
) -> HttpResponse:
    """The page as it was typed, with every reason; after a conflict, both texts. What was typed is kept besides."""
    _keep_quietly(bench, fields)
    fresh = Bench.of(request, bench.statement, bench.language, bench.by)
    found = conflict.after(fresh, refused, fields) if isinstance(refused, Conflict) else None
    if found is not None:
        reasons = [str(reason) for reason in refused.reasons]
        return conflict_answer(desk, request, fresh, found, fields=fields, reasons=reasons)
    form = text_form.TextFields(fields, label_suffix="")
    form.is_valid()
    for reason in refused.reasons:
        form.add_error(None, str(reason))
    return workbench_answer(desk, request, fresh, _typed(fresh, form))


def _typed(bench: Bench, form: text_form.TextFields) -> Shown:
    _keep_quietly(bench, form.data)
    return Shown(form, is_typed=True, status=HTTPStatus.OK)


def _keep_quietly(bench: Bench, fields: Any) -> None:
    """Keep what was typed, if it can be: the page that follows holds it in any case."""
    try:
        if any(fields.get(f"text_{name}") for name in ("title", "summary", "body")):
            autosave.keep(bench, fields)
    except Refused:
        return


def _here(request: HttpRequest, bench: Bench, *, is_draft: bool = False) -> str:
    """This page's address, with the texts that stand beside."""
    parts = {"source": bench.wanted_source, "third": bench.wanted_third, "draft": "1" if is_draft else ""}
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"{request.path}?{query}" if query else request.path
