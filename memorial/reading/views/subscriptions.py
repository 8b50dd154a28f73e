"""Asking for messages by mail, confirming, changing and leaving. No page here sets a cookie or knows a session.

The forms need no token against forgery: nothing is done in anybody's name but by the secret in the address, and a
wish entered for somebody else sends that person one question.
"""

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from memorial.accounts.address import address_of
from memorial.accounts.refusal import Reason, Refused
from memorial.reading.addresses import in_all_languages, public_languages
from memorial.reading.feeds.subject import Subject
from memorial.reading.models import Subscription
from memorial.reading.page import render_page
from memorial.reading.paths import path_to
from memorial.reading.redirects import SeeOther
from memorial.reading.subscriptions import ask as verbs
from memorial.reading.subscriptions import message
from memorial.reading.subscriptions.wish import About, pairs_of
from memorial.reading.without_files import without_files

logger = logging.getLogger(__name__)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_files
def subscribe(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the form, with the feeds first; take a wish and ask its owner by mail."""
    query = request.POST if request.method == "POST" else request.GET
    about = About.of(query, lang)
    reasons: list[Reason] = []
    if request.method == "POST":
        _refuse_foreign_forms(request)
        try:
            _take(request, about)
        except Refused as refused:
            reasons = list(refused.reasons)
        else:
            return SeeOther(path_to("subscribe_sent", lang=lang))
    elif about is None:
        raise Http404("nothing to follow")
    context = {
        "about": about,
        "about_in_words": _in_words(about),
        "feeds": _feeds(about, lang),
        "reasons": reasons,
        "given": {name: request.POST.get(name, "")[:254] for name in ("email", "language", "frequency")},
        "frequencies": Subscription.Frequency.choices,
        "languages": public_languages(request),
        "is_mail_on": settings.MAIL_IS_ON,
    }
    plain = path_to("subscribe", lang=lang)
    is_plain = request.method != "POST" and not request.GET
    return _page(
        request, lang, "subscribe", "subscribe", context,
        status=400 if reasons else 200, canonical=plain, is_indexed=is_plain,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest, lang: str) -> HttpResponse:
    """Say that a question is under way; the same whether the address is known already or not."""
    return _page(request, lang, "subscribe_sent", "subscribe_sent", {})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_files
def subscription(request: HttpRequest, lang: str, token: str) -> HttpResponse:
    """Show one subscription to whoever has its secret: confirm, change, end it. Only a button does anything."""
    row = Subscription.objects.filter(token=token).first()
    done = ""
    if request.method == "POST":
        _refuse_foreign_forms(request)
        done = request.POST.get("do", "")
        if done == "leave":
            verbs.leave(token)
        elif done == "leave-all":
            verbs.leave_all(token)
        elif done == "confirm":
            done = "confirmed" if verbs.confirm(token) else ""
        elif done == "change":
            try:
                done = "changed" if verbs.change(token, frequency=request.POST.get("frequency", "")) else ""
            except Refused:
                done = ""
        row = Subscription.objects.filter(token=token).first()
    about = About.of(pairs_of(row.query), lang) if row else None
    context = {
        "row": row,
        "done": done,
        "about_in_words": _in_words(about) if row else "",
        "frequencies": Subscription.Frequency.choices,
    }
    is_gone = row is None and not done.startswith("leave")
    return _page(
        request, lang, "subscription", "subscription", context, status=404 if is_gone else 200, kwargs={"token": token}
    )


@csrf_exempt
@never_cache
@require_POST
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Leave at once, as mail programs do in their reader's name (RFC 8058). Said again, it is as true."""
    verbs.leave(token)
    return HttpResponse("", content_type="text/plain; charset=utf-8")


def _take(request: HttpRequest, about: About | None) -> None:
    """Raises Refused, also where this site sends no mail."""
    if not settings.MAIL_IS_ON:
        raise Refused([Reason("no-mail", _("This site sends no e-mail. Follow it by its feeds."))])
    if request.POST.get("website"):  # left empty by people: they do not see it
        return
    posted = {name: request.POST.get(name, "").replace("\x00", "") for name in ("email", "language", "frequency")}
    asked = verbs.ask(
        posted["email"], about, language=posted["language"], frequency=posted["frequency"], client=address_of(request)
    )
    if asked is None:
        return
    try:
        message.of_question(asked, _in_words(about, is_quoted=False)).send()
    except (SMTPException, OSError) as error:
        verbs.leave(asked.token)
        logger.error("The mail server refused a question to a subscriber: %s", type(error).__name__)
        raise Refused(
            [Reason("mail-failed", _("The message could not be sent just now. Please try again later."))]
        ) from None


def _refuse_foreign_forms(request: HttpRequest) -> None:
    """A browser says from which site a form comes; one of another site is none of ours."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Http404("a form of another site")


def _feeds(about: About | None, lang: str) -> dict[str, str]:
    """The feeds of the one subject that is followed; of many at once, those of the whole archive."""
    kind, slug = next(iter(about.filters.items())) if about and len(about.filters) == 1 else ("", "")
    subject = Subject(lang, kind, slug)
    return {name: subject.path(name) for name in ("feed", "changes")}


def _in_words(about: About | None, *, is_quoted: bool = True) -> str:
    """What is followed. Words are not quoted to whom may not have written them: nobody sends their own by our mail."""
    if about is None:
        return _("something that is not here any more")
    parts = [label.text for label in about.labels.values()]
    if about.words:
        parts.append(
            _("“%(words)s”") % {"words": about.words}
            if is_quoted
            else _("Statements that a search of this archive finds")
        )
    return " · ".join(parts) or _("everything that is published")


def _page(
    request: HttpRequest,
    lang: str,
    name: str,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    kwargs: dict[str, Any] | None = None,
    canonical: str = "",
    is_indexed: bool = False,
) -> HttpResponse:
    response = render_page(
        request,
        f"reading/{template}.html",
        context,
        lang=lang,
        languages=in_all_languages(request, lang, name, **(kwargs or {})),
        section="follow",
        canonical=canonical,
        is_indexed=is_indexed,
        status=status,
    )
    # The address holds a secret, or a form's answer: it goes nowhere with a click.
    response["Referrer-Policy"] = "no-referrer"
    return response
