"""The phrases of a language as a PO file: taken out, and brought in with a report of what was not taken."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action
from memorial.accounts.refusal import Reason, Refused
from memorial.desk.page import desk_page
from memorial.desk.record import worker
from memorial.languages.phrases.exchange import from_po, to_po

from .sheet import asked_language

LARGEST = 2 * 1024 * 1024


def phrases_file(request: HttpRequest, tag: str) -> HttpResponse:
    """Give out everything that a language says, as a PO file."""
    language = asked_language(request, tag, to_change=Action.CHANGE_PHRASE)
    answer = HttpResponse(to_po(language.tag), content_type="text/x-gettext-translation; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{language.tag}.po"'
    return answer


def phrases_upload(request: HttpRequest, tag: str) -> HttpResponse:
    """Take in a PO file, and report by line what was saved, what was the same, and what was refused and why."""
    language = asked_language(request, tag, to_change=Action.CHANGE_PHRASE)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:phrases", args=[tag]))
    file = request.FILES.get("file")
    reasons = _reasons_against_file(file)
    report = None
    if file is not None and not reasons:
        try:
            report = from_po(tag, file.read(), by=worker(request))
        except Refused as refused:
            reasons = list(refused.reasons)
    context: dict[str, Any] = {"language": language, "report": report, "reasons": reasons, "file": file}
    title = _("Phrases in %(language)s from a file") % {"language": language.in_sentence}
    return desk_page(
        request, "desk/languages/phrases_report.html", context, title=title, status=422 if reasons else 200
    )


def _reasons_against_file(file: Any) -> list[Reason]:
    if file is None:
        return [Reason("no-file", _("Choose a PO file."))]
    if file.size > LARGEST:
        message = _("The file has %(size)d kB; the largest that is taken has %(limit)d kB.")
        return [Reason("too-large", message % {"size": file.size // 1024, "limit": LARGEST // 1024})]
    if file.size == 0:
        return [Reason("empty", _("The file is empty."))]
    return []
