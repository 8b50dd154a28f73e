"""Tables for spreadsheets: comma-separated values (RFC 4180) in UTF-8."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

CSV = "text/csv; charset=utf-8; header=present"
# With one of these first, a cell is a formula to a spreadsheet (OWASP, "CSV Injection"), behind spaces too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return a table as a file to download. None is an empty cell; no cell of text can begin a formula.

    ``filename`` is plain ASCII, such as a slug with ``.csv``. The first bytes are those of the header: no byte order
    mark, which programs would read as a part of the first column's name.
    """
    response = HttpResponse(content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    writer = csv.writer(response, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return response


def cell(value: Any) -> Any:
    """Return a value as it may stand in a cell: text that would begin a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" \u00a0\n").startswith(_FORMULA):
        return f"'{value}"
    return value
