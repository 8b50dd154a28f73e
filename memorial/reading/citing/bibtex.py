"""BibTeX, as BibTeX and biblatex both read it: one ``@techreport`` in UTF-8.

The issuer stands in two pairs of braces, so that nobody takes it for a person's name. ``date`` is EDTF, which biblatex
reads (ISO 8601-2); BibTeX itself takes ``year`` and ``month``.
"""

import re
from collections.abc import Iterator

from .citation import Citation
from .ris import notes
from .words import in_one_line

MEDIA_TYPE = "application/x-bibtex"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What TeX would read as a command. A brace becomes a command without one, so that those of the format always pair.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
}
_SPECIAL = re.compile("|".join(re.escape(letter) for letter in SPECIAL))


def bibtex(citation: Citation) -> str:
    """Return the citation as one entry of BibTeX."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(citation))
    return f"@techreport{{{citation.key},\n{fields}}}\n"


def escaped(text: str) -> str:
    """Return a text for a field: in one line, and with nothing in it that TeX would read as a command.

    Letters outside ASCII stay as they are: LaTeX reads UTF-8 since 2018, biblatex always has.
    """
    return _SPECIAL.sub(lambda match: SPECIAL[match.group()], in_one_line(text))


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    start = citation.date.start
    yield "author", f"{{{{{escaped(citation.issuer)}}}}}"
    yield "title", f"{{{{{escaped(citation.title)}}}}}"
    if citation.original_title:
        yield "origtitle", f"{{{{{escaped(citation.original_title)}}}}}"
    yield "institution", f"{{{{{escaped(citation.issuer)}}}}}"
    yield "type", f"{{{escaped(citation.kind_in_words)}}}"
    yield "year", f"{{{start.year:04d}}}"
    if start.month:
        yield "month", MONTHS[start.month - 1]
    if citation.date.time_of_day is None:
        yield "date", f"{{{citation.dated}}}"
    if citation.translator:
        yield "translator", f"{{{{{escaped(citation.translator)}}}}}"
    yield "language", f"{{{escaped(citation.language)}}}"
    yield "version", f"{{{citation.edition}}}"
    yield "library", f"{{{{{escaped(citation.archive)}}}}}"
    yield "url", f"{{{citation.address}}}"
    yield "note", f"{{{escaped(' '.join(notes(citation)))}}}"
