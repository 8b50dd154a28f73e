"""A statement in Dublin Core, simple and qualified, only from what was sealed: each text in its language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from memorial.reading.addresses import absolute, permalink
from memorial.reading.paths import path_to

from .asked import written
from .harvest import Record, Sealed

# The name of an element, its text, and the language of the text where it has one.
Line = tuple[str, str, str]
DC: Final = "http://purl.org/dc/elements/1.1/"
TERMS: Final = "http://purl.org/dc/terms/"
OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
QUALIFIED: Final = "http://dspace.org/qualifieddc/"
# The terms by which an element is said more exactly.
_REFINED: Final = {"description": "abstract", "date": "created", "coverage": "spatial"}


@dataclass(frozen=True)
class Format:
    """One format of records: where its schema is, and the element that holds all others (namespace, prefix, name)."""

    schema: str
    namespace: str
    container: tuple[str, str, str]


FORMATS: Final = {
    "oai_dc": Format("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, (OAI_DC, "oai_dc", "dc")),
    # Qualified Dublin Core in the container that repositories have agreed on.
    "qdc": Format(
        "http://dublincore.org/schemas/xmls/qdc/2006/01/06/dcterms.xsd", TERMS, (QUALIFIED, "qdc", "qualifieddc")
    ),
}


def elements(record: Record, prefix: str) -> list[tuple[str, Line]]:
    """Return the elements in a format: the namespace of each, and its line. None is repeated or empty."""
    lines = [line for line in dict.fromkeys(_elements(record, absolute(permalink(record.sid)))) if line[1]]
    if prefix == "oai_dc":
        return [(DC, line) for line in lines]
    more = dict.fromkeys(("issued", text["facts__statement"]["issued"], "") for text in record.texts)
    refined = [
        (TERMS, (_REFINED[name], text, lang)) if name in _REFINED else (DC, (name, text, lang))
        for name, text, lang in lines
    ]
    return [*refined, *((TERMS, line) for line in more if line[1]), (TERMS, ("modified", written(record.changed), ""))]


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
    return absolute(path_to("statement", **named))
