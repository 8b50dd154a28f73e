"""unAPI (revision 1): by the ids on a page, reference managers fetch each statement in a format that they know.

They prefer it to the ``meta`` elements of a page, and it works on lists. An id is ``sid:language:number``.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from django.http import Http404

from memorial.reading import editions as found
from memorial.statements.fields import SID_ALPHABET

from .cited import Cited
from .formats import BIBTEX, CSL, RIS, Format

# By the names under which reference managers look for them.
FORMATS: dict[str, Format] = {"ris": RIS, "bibtex": BIBTEX, "csl": CSL}
MEDIA_TYPE = "application/xml; charset=utf-8"
_ID = re.compile(rf"([{SID_ALPHABET}]{{8}}):([a-z0-9-]{{2,35}}):([1-9][0-9]{{0,5}})", re.ASCII)


def cited(identifier: str) -> Cited:
    """Return the released edition with this id. Raises Http404. Two queries."""
    match = _ID.fullmatch(identifier)
    if match is None:
        raise Http404("this is no id of an edition")
    editions = found.find(match[1])
    row = editions.numbered(match[2], int(match[3]))
    if row is None:
        raise Http404("no such edition has been released")
    return Cited.read(row, editions, is_by_number=True)


def listing(identifier: str = "", formats: Iterable[tuple[str, Format]] = FORMATS.items()) -> str:
    """Return the list of formats, of one edition or of all."""
    about = f" id={quoteattr(identifier)}" if identifier else ""
    lines = "".join(f'<format name="{name}" type="{each.media_type}"/>\n' for name, each in formats)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<formats{about}>\n{lines}</formats>\n'
