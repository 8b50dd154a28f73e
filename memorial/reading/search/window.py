"""The newest part of what matches, within which hits are ranked and counted: how both databases are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from .schema import backend
from .sequence import lowest_on

#: Hits beyond these are not looked at.
MOST_HITS = 1_000
MOST_ROWS = 4_000
TABLE = "reading_searchentry"
COLUMNS = (
    "sequence", "edition_id", "statement_id", "language", "kind", "issuer_id", "occasion_id", "events", "places",
    "original_language", "has_figures", "earliest", "latest",
)  # fmt: skip


class Row(NamedTuple):
    """One entry that matches."""

    sequence: int
    edition_id: int
    statement_id: int
    language: str
    kind: str
    issuer_id: int
    occasion_id: int | None
    events: str
    places: str
    original_language: str
    has_figures: bool
    earliest: date
    latest: date


@dataclass(frozen=True)
class Conditions:
    """What an entry must be beside having the words: visible, in one of the languages, of the dates that are asked."""

    now: datetime
    languages: Sequence[str]
    issued_from: date | None = None
    issued_to: date | None = None
    available: str = ""

    def sql(self, sequence: str) -> tuple[str, list[Any]]:
        """Return the conditions on an entry ``e``; ``sequence`` is its column that the search goes through."""
        ops = connection.ops
        visible, params = visible_sql("e", self.now)
        parts = [visible, f"e.language IN ({', '.join(['%s'] * len(self.languages)) or 'NULL'})"]
        params = [*params, *self.languages]
        if self.issued_to:
            parts.append(f"{sequence} >= %s")
            params.append(lowest_on(self.issued_to))
        if self.issued_from:
            parts.append("e.latest >= %s")
            params.append(ops.adapt_datefield_value(self.issued_from))
        if self.available:
            other, moments = visible_sql("o", self.now)
            of_it = f"o.statement_id = e.statement_id AND o.language = %s AND {other}"
            parts.append(f"EXISTS (SELECT 1 FROM {TABLE} o WHERE {of_it})")  # noqa: S608 constants
            params += [self.available, *moments]
        return " AND ".join(parts), params


def visible_sql(alias: str, now: datetime) -> tuple[str, list[Any]]:
    """Return the condition that an entry is visible now: what ``Edition.objects.visible`` says of its edition.

    Its language is asked for elsewhere.
    """
    moment = connection.ops.adapt_datetimefield_value(now)
    sql = f"{alias}.visible_from <= %s AND ({alias}.visible_until IS NULL OR {alias}.visible_until > %s)"
    return sql, [moment, moment]


def newest(expression: str, conditions: Conditions) -> tuple[list[Row], bool]:
    """Return the newest entries that match, and whether there are more. One query.

    ``expression`` is one of the backend, or "" for all entries. At most ``MOST_HITS`` statements.
    """
    sql, params = select(", ".join(f"e.{name}" for name in COLUMNS), expression, conditions)
    rows: list[Row] = []
    statements: set[int] = set()
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, MOST_ROWS + 1])
        for row in (Row(*raw) for raw in iter(cursor.fetchone, None)):
            # SQLite finds the next one only when it is asked for: here the search ends.
            if len(rows) == MOST_ROWS or (len(statements) == MOST_HITS and row.statement_id not in statements):
                return rows, True
            statements.add(row.statement_id)
            rows.append(row)
    return rows, False


def tiers(expressions: Sequence[str], conditions: Conditions, last: int) -> dict[int, int]:
    """Return, by edition, the number of the first of the expressions that it matches. One query.

    ``last`` is the highest sequence that is of interest.
    """
    parts, params = [], []
    there = backend(connection)
    for number, expression in enumerate(expressions):
        sql, values = select(f"{number}, e.edition_id", expression, conditions, f"{there.SEQUENCE} <= %s", [last])
        parts.append(f"SELECT * FROM ({sql}) AS tier_{number}")  # noqa: S608 made here
        params += [*values, MOST_ROWS]
    found: dict[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        for number, edition in cursor.fetchall():
            found[edition] = min(number, found.get(edition, number))
    return found


def any_of(expressions: Sequence[str], conditions: Conditions) -> set[int]:
    """Return the places of those expressions that anything visible matches. One query."""
    parts, params = [], []
    for number, expression in enumerate(expressions):
        sql, values = select(str(number), expression, conditions)
        parts.append(f"SELECT * FROM ({sql}) AS word_{number}")  # noqa: S608 made here
        params += [*values, 1]
    if not parts:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return {row[0] for row in cursor.fetchall()}


def languages_of(statements: Sequence[int], conditions: Conditions) -> list[tuple[str, int]]:
    """Return in how many of the statements each language of the conditions can be read. One query."""
    where, params = conditions.sql("e.sequence")
    sql = (
        f"SELECT e.language, COUNT(*) FROM {TABLE} e WHERE e.statement_id IN ({', '.join(['%s'] * len(statements))}) "  # noqa: S608 constants
        f"AND {where} GROUP BY e.language"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*statements, *params])
        return [(language, count) for language, count in cursor.fetchall()]


def select(
    columns: str, expression: str, conditions: Conditions, also: str = "", values: Sequence[Any] = ()
) -> tuple[str, list[Any]]:
    """Return a query for entries, the newest first, and its parameters but the last one: how many at most."""
    there = backend(connection)
    sequence = there.SEQUENCE if expression else "e.sequence"
    where, params = conditions.sql(sequence)
    if expression:
        where, params = f"{there.MATCHES} AND {where}", [expression, *params]
    if also:
        where, params = f"{where} AND {also}", [*params, *values]
    table = there.FROM if expression else f"{TABLE} e"
    return f"SELECT {columns} FROM {table} WHERE {where} ORDER BY {sequence} LIMIT %s", params  # noqa: S608 constants
