"""What somebody gets who presses a button after their session has ended: everything they typed, and a way back in."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.desk.record import RecordAdmin
from memorial.languages.columns import languages
from memorial.languages.formats import in_words
from memorial.languages.labels import direction
from memorial.statements.models import Statement

from .autosave import keep
from .bench import Bench

# What goes on being sent while somebody logs in again.
KEPT = (
    "text_title", "text_summary", "text_body", "text_origin", "text_completeness", "text_credit", "text_seen",
    "based_on",
)  # fmt: skip


@method_decorator(sensitive_post_parameters("password"))
def logged_out_page(desk: RecordAdmin, request: HttpRequest, *, pk: int, language: str) -> HttpResponse:
    """Hold what was typed; after logging in, keep it as that person's private draft and go back to the workbench.

    Nobody is logged in here, so the page says nothing about the statement, not even whether it exists.
    """
    form_class = desk.admin_site.login_form
    is_answer = request.POST.get("do") == "log-in"
    form = form_class(request, request.POST if is_answer else None)  # type: ignore[misc]
    if is_answer and form.is_valid():
        user = form.get_user()
        if isinstance(user, User) and may(user, Action.CHANGE_TEXT, language) and language in languages():
            return _back(request, user, pk, language)
        form.add_error(None, _("You may not change texts in %(language)s.") % {"language": in_words(language)})
    context = {
        "site_header": desk.admin_site.site_header,
        "site_title": desk.admin_site.site_title,
        "title": _("You have been logged out"),
        "form": form,
        "kept": [(name, request.POST[name]) for name in KEPT if name in request.POST],
        "text_title": request.POST.get("text_title", ""),
        "text_summary": request.POST.get("text_summary", ""),
        "text_body": request.POST.get("text_body", ""),
        "language": language if language in languages() else "",
        "language_dir": direction(language) if language in languages() else "auto",
        "is_popup": False,
    }
    return TemplateResponse(request, "desk/workbench/logged_out.html", context, status=401)


def _back(request: HttpRequest, user: User, pk: int, language: str) -> HttpResponse:
    statement = Statement.objects.filter(pk=pk).first()
    if statement is None:
        raise Http404
    login(request, user)
    here = reverse("admin:statements_statement_text", args=[pk, language])
    try:
        keep(Bench.of(request, statement, language, user), request.POST)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
        return HttpResponseRedirect(here)
    messages.success(request, _("You are logged in again. What you typed is kept privately and not saved yet."))
    return HttpResponseRedirect(f"{here}?draft=1")
