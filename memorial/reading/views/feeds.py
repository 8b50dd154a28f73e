"""Feeds: what is new and what has changed, of the whole archive, an issuer, an occasion or an event."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from memorial.languages.labels import Label
from memorial.reading.addresses import absolute
from memorial.reading.feeds import entries
from memorial.reading.feeds.atom import Entry, Feed, write
from memorial.reading.feeds.identity import tag_uri
from memorial.reading.feeds.subject import Subject
from memorial.reading.page_cache.declared import kept
from memorial.reading.revalidation import revalidated

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


@kept()
@require_safe
def news(request: HttpRequest, lang: str, kind: str = "", slug: str = "") -> HttpResponse:
    """Give the newest statements; an entry keeps its id when the statement is published again."""
    subject = Subject.of(lang, kind, slug)
    subtitle = _("Statements, the last published first. Each entry is a statement in this language.")
    found = entries.news(subject)
    return _answer(request, subject, "feed", title=_title(subject.label), subtitle=subtitle, found=found)


@kept()
@require_safe
def changes(request: HttpRequest, lang: str, kind: str = "", slug: str = "") -> HttpResponse:
    """Give the newest editions and withdrawals: everything that readers could see change, and why."""
    subject = Subject.of(lang, kind, slug)
    title = _("%(title)s: all changes") % {"title": _title(subject.label)}
    subtitle = _("Every edition and every withdrawal, the newest first, with what readers are told about it.")
    return _answer(request, subject, "changes", title=title, subtitle=subtitle, found=entries.changes(subject))


def _title(label: Label | None) -> str:
    return f"{label.text} – {settings.SITE_NAME}" if label else str(settings.SITE_NAME)


def _answer(
    request: HttpRequest, subject: Subject, name: str, *, title: str, subtitle: str, found: list[Entry]
) -> HttpResponse:
    """Write the feed; a program that has these very bytes is told so without them."""
    feed = Feed(
        id=tag_uri("feed", subject.lang, subject.identity, name),
        title=title,
        subtitle=subtitle,
        lang=subject.lang,
        address=absolute(subject.path(name)),
        page=absolute(subject.path()),
        archive=settings.SITE_NAME,
        entries=found,
    )
    headers = {"Content-Language": subject.lang}
    return revalidated(request, HttpResponse(write(feed), content_type=CONTENT_TYPE, headers=headers))
