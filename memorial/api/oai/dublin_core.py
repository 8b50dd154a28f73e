"""A statement in simple Dublin Core, only from what was sealed: each text in its language."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from memorial.reading.addresses import absolute, permalink

from .harvest import Record, Sealed

Line = tuple[str, str, str]


def elements(record: Record, address: str) -> list[Line]:
    """Return the elements: name, text, and the language of the text where it has one. None is repeated."""
    return [line for line in dict.fromkeys(_elements(record, address)) if line[1]]


def _elements(record: Record, address: str) -> Iterator[Line]:
    texts = record.texts
    yield from (("title", text["title"], text["language"]) for text in texts)
    for text in texts:
        yield "creator", *_named(text["facts__issuer"])
        yield "creator", text["facts__statement"]["person"], ""
    for text in texts:
        yield from (("subject", *_named(about)) for about in (text["facts__occasion"], *text["facts__events"]) if about)
    yield from (("description", text["summary"], text["language"]) for text in texts)
    yield "publisher", settings.SITE_NAME, ""
    yield from (("contributor", text["facts__text"]["credit"], "") for text in texts)
    yield from (("date", text["dated"], "") for text in texts)
    yield "type", "Text", ""
    yield from (("type", text["kind"], "") for text in texts)
    yield "format", "text/html", ""
    yield "identifier", address, ""
    yield from (("identifier", _page(text), "") for text in texts)
    yield from (("source", _source(source), "") for text in texts for source in text["facts__sources"])
    yield from (("language", text["language"], "") for text in texts)
    yield from (
        ("relation", absolute(permalink(other["sid"])), "") for text in texts for other in text["facts__related"]
    )
    yield from (("coverage", *_named(place)) for text in texts for place in text["facts__places"])


def _source(source: dict[str, Any]) -> str:
    return ", ".join(part for part in (source["publisher"], source["url"]) if part)


def _named(label: dict[str, Any]) -> tuple[str, str]:
    return label["name"], label["lang"]


def _page(text: Sealed) -> str:
    named = {"lang": text["language"], "sid": text["statement__sid"], "slug": text["statement__slug"]}
    return absolute(reverse("reading:statement", kwargs=named))
