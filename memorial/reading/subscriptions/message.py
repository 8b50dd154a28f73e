"""The messages: plain text, complete, in the language that was chosen, with the words that changed."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from memorial.languages.formats import format_number
from memorial.languages.labels import direction
from memorial.publishing.models import Edition
from memorial.reading.addresses import absolute, of_statement
from memorial.reading.models import Subscription
from memorial.reading.paths import path_to
from memorial.reading.withdrawn import TakenBack
from memorial.reading.wording import kind_heading

from .words_changed import words_changed

MOST_NAMED = 30


def of_question(subscription: Subscription, about: str) -> EmailMessage:
    """Return the one message that is sent unasked for: did you ask for messages?"""
    with translation.override(subscription.language):
        subject = _("%(site)s: please confirm that you want messages") % {"site": settings.SITE_NAME}
        context = {"about": about, "frequency": subscription.get_frequency_display()}
        return _message(subscription, subject, "question", context)


def of_news(
    subscription: Subscription,
    editions: Sequence[Edition],
    withdrawals: Sequence[TakenBack] = (),
    *,
    connection: Any = None,
) -> EmailMessage:
    """Return the message about ``editions`` and ``withdrawals``.

    A query an edition that is not a first one, for what it replaced.
    """
    lang = subscription.language
    with translation.override(lang):
        named = editions[:MOST_NAMED]
        if len(editions) == 1:
            subject = editions[0].title
        elif not editions and len(withdrawals) == 1:
            subject = withdrawals[0].heading
        elif not editions:
            subject = _("%(site)s: texts have been withdrawn") % {"site": settings.SITE_NAME}
        else:
            number = {"number": format_number(len(named), lang), "site": settings.SITE_NAME}
            subject = (
                ngettext("%(site)s: %(number)s publication", "%(site)s: %(number)s publications", len(named)) % number
            )
        context = {
            "editions": [_told(edition) for edition in named],
            "withdrawals": withdrawals[:MOST_NAMED],
            "has_more": max(len(editions), len(withdrawals)) > MOST_NAMED,
        }
        return _message(subscription, subject, "news", context, connection)


def _told(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition,
        "issuer": edition.facts["issuer"]["name"],
        "kind": kind_heading(edition.kind),
        "address": absolute(of_statement(edition)),
        "own_address": absolute(of_statement(edition, "edition", number=edition.number)),
        "changes": words_changed(edition),
    }


def _message(
    subscription: Subscription, subject: str, name: str, context: dict[str, Any], connection: Any = None
) -> EmailMessage:
    here = absolute(path_to("subscription", lang=subscription.language, token=subscription.token))
    at_once = absolute(path_to("unsubscribe", token=subscription.token))
    lang = subscription.language
    values = {**context, "site": settings.SITE_NAME, "lang": lang, "manage": here, "site_url": settings.SITE_URL}
    body = str(render_to_string(f"reading/mail/{name}.txt", values))
    headers = {"Content-Language": lang, "Auto-Submitted": "auto-generated"}
    if name == "news":
        # RFC 8058: a mail program may leave in its reader's name by one POST, without opening a page.
        headers |= {"List-Unsubscribe": f"<{at_once}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    if direction(lang) == "rtl":
        lines = body.split("\n")
        body = "\n".join(line if not line or line.startswith("http") else f"\u200f{line}" for line in lines)
    one_line = " ".join(subject.split())
    return EmailMessage(
        one_line, body, settings.DEFAULT_FROM_EMAIL, [subscription.email], headers=headers, connection=connection
    )
