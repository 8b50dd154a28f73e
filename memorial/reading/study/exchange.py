"""Two texts side by side as files: tab-separated values, and TMX 1.4b (LISA OSCAR, 2005) for translators' tools."""

import csv
from collections.abc import Iterator
from datetime import UTC
from io import StringIO

from django.conf import settings
from lxml import etree

from memorial.reading.addresses import absolute, permalink
from memorial.reading.tables import cell
from memorial.text.block import Block
from memorial.text.characters import without_invisible

from .parallel import Reading, Side

_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'


def rows(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Yield what both texts say under each name: title, summary, then the blocks by their keys; ``""`` for nothing."""
    one, two = reading.first.edition, reading.second.edition
    yield "title", one.title, two.title
    if one.summary or two.summary:
        yield "summary", one.summary, two.summary
    for row in reading.rows:
        yield row.key, _plain(row.left), _plain(row.right)


def tsv(reading: Reading) -> str:
    """Write one line for each block: its key, and its plain text in both languages; UTF-8, lines end with LF.

    A cell that a spreadsheet would take for a formula begins with an apostrophe. A line break is a space.
    """
    written = StringIO()
    writer = csv.writer(written, dialect="excel-tab", lineterminator="\n")
    writer.writerow(["paragraph", reading.first.lang, reading.second.lang])
    writer.writerows([_cell(text) for text in row] for row in rows(reading))
    return written.getvalue()


def tmx(reading: Reading) -> bytes:
    """Write a translation memory: one unit for each block that both texts have, with its key."""
    sid = reading.first.edition.statement.sid
    root = etree.Element("tmx", version="1.4")
    about = {"creationtool": "memorial", "creationtoolversion": "1", "segtype": "paragraph", "o-tmf": "memorial"}
    about |= {"adminlang": "en", "srclang": reading.first.lang, "datatype": "plaintext"}
    header = etree.SubElement(root, "header", about)
    etree.SubElement(header, "note").text = _seg(f"{settings.SITE_NAME}: {absolute(permalink(sid))}")
    for side in reading.sides:
        _prop(header, f"x-edition-{side.lang}", side.address_of_edition)
        _prop(header, f"x-sha256-{side.lang}", side.edition.sha256)
        _prop(header, f"x-origin-{side.lang}", f"{side.edition.origin}, {side.edition.completeness}")
    body = etree.SubElement(root, "body")
    for key, first, second in rows(reading):
        if first and second:
            unit = etree.SubElement(body, "tu", tuid=f"{sid}-{key or len(body) + 1}")
            for side, text in zip(reading.sides, (first, second), strict=True):
                _variant(unit, side, text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True, doctype=_DOCTYPE)


def _variant(unit: etree._Element, side: Side, text: str) -> None:
    moment = side.edition.sealed_at.astimezone(UTC)
    variant = etree.SubElement(unit, "tuv", {_XML: side.lang}, creationdate=f"{moment:%Y%m%dT%H%M%SZ}")
    etree.SubElement(variant, "seg").text = _seg(text)


def _prop(header: etree._Element, kind: str, text: str) -> None:
    etree.SubElement(header, "prop", type=kind).text = _seg(text)


def _plain(found: tuple[Block, ...]) -> str:
    return " ".join(block.text.replace("\n", " ") for block in found)


def _cell(text: str) -> str:
    return str(cell(" ".join(text.split())))


def _seg(text: str) -> str:
    return without_invisible(text)
