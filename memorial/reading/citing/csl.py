"""CSL-JSON, what citation processors take (Citation Style Language 1.0.2)."""

from typing import Any

from memorial.text.dates import StatedDay

from .citation import Citation
from .ris import notes

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def csl(citation: Citation) -> dict[str, Any]:
    """Return the citation as one item of CSL-JSON."""
    stated = citation.date
    issued: dict[str, Any] = {"date-parts": [_parts(day) for day in (stated.start, stated.end) if day]}
    if stated.is_approximate or stated.is_uncertain:
        issued["circa"] = True
    item = {
        "id": citation.key,
        "type": "report",
        "title": citation.title,
        "original-title": citation.original_title,
        "author": [{"literal": citation.issuer}],
        "publisher": citation.issuer,
        "translator": [{"literal": citation.translator}] if citation.translator else None,
        "genre": citation.kind_in_words,
        "issued": issued,
        "language": citation.language,
        "version": str(citation.edition),
        "archive": citation.archive,
        "archive_location": citation.permalink,
        "source": citation.archive,
        "URL": citation.address,
        "note": " ".join(notes(citation)),
    }
    return {name: value for name, value in item.items() if value}


def _parts(day: StatedDay) -> list[int]:
    return [part for part in (day.year, day.month, day.day) if part]
