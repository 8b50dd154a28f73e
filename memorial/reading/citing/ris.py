"""RIS, the lines that reference managers exchange (Research Information Systems, format of 2011).

The issuer is the author and the institution. Readers of RIS take what stands before a comma for a family name, so the
author has none; the institution keeps it.
"""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from memorial.languages.formats import format_number

from .citation import Citation
from .words import in_one_line

MEDIA_TYPE = "application/x-research-info-systems"


def ris(citation: Citation) -> str:
    """Return the citation as one record of RIS: UTF-8, lines end with CR and LF."""
    lines = (f"{tag}  - {in_one_line(value)}\r\n" for tag, value in _lines(citation) if value)
    return "".join([*lines, "ER  - \r\n"])


def _lines(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    yield "ID", citation.key
    yield "AU", citation.issuer.replace(",", "")
    yield "TI", citation.title
    yield "PB", citation.issuer
    yield "PY", f"{citation.date.start.year:04d}"
    yield "DA", _date(citation)
    yield "M3", citation.kind_in_words
    yield "LA", citation.language
    yield "ET", str(citation.edition)
    yield "AN", citation.sid
    yield "DB", citation.archive
    yield "UR", citation.address
    if citation.translator:
        yield "A4", citation.translator.replace(",", "")
    yield from (("N1", note) for note in notes(citation))


def notes(citation: Citation) -> list[str]:
    """What no field of the usual formats holds, a sentence each, in the language of the text."""
    with translation.override(citation.language):
        found = [citation.standing]
        if citation.original_title:
            found.append(_("Title of the original: “%(original)s”.") % {"original": citation.original_title})
        if citation.person:
            values = {"person": citation.person, "role": citation.person_role}
            found.append(
                (_("Given by: %(person)s, %(role)s") if values["role"] else _("Given by: %(person)s")) % values
            )
        found.append(
            _("Edition %(number)s, published here on %(day)s.")
            % {
                "number": format_number(citation.edition, citation.language),
                "day": citation.published_in_words,
            }
        )
        found.append(_("Permanent address: %(address)s") % {"address": citation.permalink})
        found.append(f"SHA-256: {citation.sha256}")
    return found


def _date(citation: Citation) -> str:
    """``YYYY/MM/DD/other``, as far as it is stated; what the three numbers cannot say stands in words after them."""
    stated = citation.date
    start = stated.start
    parts = [f"{start.year:04d}", f"{start.month:02d}" if start.month else "", f"{start.day:02d}" if start.day else ""]
    is_plain = stated.end is None and not stated.is_approximate and not stated.is_uncertain
    return "/".join([*parts, "" if is_plain else citation.date_in_words.replace("/", "-")])
