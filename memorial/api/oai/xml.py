"""The answers of the protocol as XML."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from lxml import etree

from .asked import OaiError, Question, expiry, identifier, written
from .dublin_core import DC, FORMATS, TERMS, elements
from .harvest import Part, Record

OAI: Final = "http://www.openarchives.org/OAI/2.0/"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
OAI_IDENTIFIER: Final = "http://www.openarchives.org/OAI/2.0/oai-identifier"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 cannot hold (production 2, Char).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Element = Any


def _own(namespace: str) -> Any:
    """The prefixes of an element that is in ``namespace`` itself."""
    return {None: namespace, "xsi": XSI}


def clean(text: object) -> str:
    """Return text without the characters that no XML document can hold."""
    return _NOT_XML.sub("", str(text))


def child(parent: Element, name: str, text: object = "", namespace: str = OAI, **attributes: str) -> Element:
    """Add an element with its text and attributes; return it."""
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    for key, value in attributes.items():
        element.set(key, clean(value))
    element.text = clean(text) or None
    return element


def document(base_url: str, now: datetime, question: Question | None) -> Element:
    """Begin an answer; the question is repeated in it unless it could not be understood."""
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap=_own(OAI))
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")
    child(root, "responseDate", written(now))
    asked = {"verb": question.verb, **question.arguments} if question else {}
    child(root, "request", base_url, **asked)
    return root


def add_error(root: Element, error: OaiError) -> None:
    """Add an error of the protocol."""
    child(root, "error", error.message, code=error.code)


def add_header(parent: Element, record: Record) -> None:
    """Add what every record has: its identifier, when it last changed, its sets, and whether it is deleted."""
    header = child(parent, "header", **({"status": "deleted"} if record.is_deleted else {}))
    child(header, "identifier", identifier(record.sid))
    child(header, "datestamp", written(record.changed))
    for spec in record.sets:
        child(header, "setSpec", spec)


def add_record(parent: Element, record: Record, prefix: str) -> None:
    """Add a record with its description; of a deleted one, the header alone."""
    found = child(parent, "record")
    add_header(found, record)
    if record.is_deleted:
        return
    there = FORMATS[prefix]
    namespace, short, container = there.container
    prefixes = {short: namespace, "dc": DC, "dcterms": TERMS, "xsi": XSI}
    place = etree.SubElement(child(found, "metadata"), f"{{{namespace}}}{container}", nsmap=prefixes)
    place.set(f"{{{XSI}}}schemaLocation", f"{there.namespace} {there.schema}")
    for own, (name, text, lang) in elements(record, prefix):
        element = child(place, name, text, own)
        if lang:
            element.set(LANG, lang)


def add_token(parent: Element, part: Part) -> None:
    """Add the token of the next part; an empty one ends a list that had several."""
    if part.token is None:
        return
    attributes = {"cursor": str(part.cursor)}
    if part.size is not None:
        attributes["completeListSize"] = str(max(part.size, part.cursor + len(part.records)))
    if part.token:
        attributes["expirationDate"] = written(expiry())
    child(parent, "resumptionToken", part.token, **attributes)


def add_identifier_scheme(parent: Element, **parts: str) -> None:
    """Say how identifiers are made (the OAI identifier format)."""
    place = etree.SubElement(
        child(parent, "description"), f"{{{OAI_IDENTIFIER}}}oai-identifier", nsmap=_own(OAI_IDENTIFIER)
    )
    schema = "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"
    place.set(f"{{{XSI}}}schemaLocation", f"{OAI_IDENTIFIER} {schema}")
    for name, text in parts.items():
        child(place, name, text, OAI_IDENTIFIER)


def add_sets(parent: Element, named: Iterable[tuple[str, str]]) -> None:
    """Add the sets with their names."""
    for spec, name in named:
        found = child(parent, "set")
        child(found, "setSpec", spec)
        child(found, "setName", name)


def as_bytes(root: Element) -> bytes:
    """Return the answer in UTF-8."""
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return found
