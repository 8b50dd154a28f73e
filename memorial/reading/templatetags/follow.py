"""Ways to follow a subject: feeds, a calendar, messages by mail."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings

from memorial.reading.addresses import absolute
from memorial.reading.feeds.subject import Subject
from memorial.reading.paths import path_to

register = template.Library()


@register.inclusion_tag("components/feed_links.html")
def feed_links(lang: str, kind: str = "", slug: str = "") -> dict[str, Any]:
    """What the head of a page announces."""
    subject = Subject(lang, kind, slug)
    return {
        "feed": absolute(subject.path("feed")),
        "changes": absolute(subject.path("changes")),
        "calendar": absolute(_calendar(subject)) if kind == "occasion" else "",
    }


@register.inclusion_tag("components/follow.html")
def follow(lang: str, kind: str = "", slug: str = "") -> dict[str, Any]:
    """The same for people."""
    subject = Subject(lang, kind, slug)
    query = f"?{urlencode({kind: slug})}" if kind else ""
    return {
        "feed": subject.path("feed"),
        "changes": subject.path("changes"),
        "calendar": _calendar(subject) if kind == "occasion" else "",
        "mail": path_to("subscribe", lang=lang) + query if settings.MAIL_IS_ON else "",
    }


def _calendar(subject: Subject) -> str:
    return path_to("occasion_calendar", lang=subject.lang, slug=subject.slug)
