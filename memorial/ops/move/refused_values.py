"""Values that SQLite keeps and PostgreSQL has no place for, found before they are sent, by row and column."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from memorial.accounts.refusal import Reason

from .tables import Row, fields_of

NUL, HALF = "\0", re.compile("[\ud800-\udfff]")
# What a row as text has where a value may be one that is refused.
SUSPICIOUS = ("\\u0000", "NaN", "Infinity")


class Refusals:
    """The rows that a database cannot take, with the reasons. SQLite takes all that PostgreSQL has."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.found: list[str] = []

    def reasons(self, named: int) -> list[Reason]:
        """A reason for each of the first ``named``, and how many more there are."""
        reasons = [Reason("refused-row", line) for line in self.found[:named]]
        if more := len(self.found) - named:
            reasons += [Reason("refused-rows", f"... and {more} more.")] if more > 0 else []
        return reasons

    def of(self, model: type[models.Model]) -> Callable[[Row, str], bool]:
        """Return what notes and refuses rows of one table; it is given a row, and the row as text."""
        if self.connection.vendor != "postgresql":
            return lambda row, text: False
        fields = fields_of(model)
        limits = [(place, limit) for place, field in enumerate(fields) for limit in _limits(field, self.connection)]

        def is_refused(row: Row, text: str) -> bool:
            found = [(place, why) for place, limit in limits if (why := limit(row[place]))]
            if _is_suspicious(text):
                found += [(place, why) for place, value in enumerate(row) for why in set(_wrong_in(value))]
            for place, why in found:
                self.found.append(f"{model._meta.db_table} {row[0]}, {fields[place].column}: {why}")
            return bool(found)

        return is_refused


def _is_suspicious(text: str) -> bool:
    """A quick look at a whole row: one that is suspected is looked at value by value."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return any(sign in text for sign in SUSPICIOUS)


def _limits(field: Any, connection: BaseDatabaseWrapper) -> Iterator[Callable[[Any], str | None]]:
    """What SQLite does not ask of the values of a column."""
    length = getattr(field, "max_length", None)
    if length and isinstance(field, models.CharField):
        yield (
            lambda value: (
                f"{len(value)} characters, and {length} are allowed" if value and len(value) > length else None
            )
        )
    if isinstance(field, models.IntegerField):
        low, high = connection.ops.integer_field_range(field.get_internal_type())
        if low is not None and high is not None:
            yield lambda value: None if value is None or low <= value <= high else f"{value} is too small or too great"
    if not field.null and not isinstance(field, models.JSONField):
        yield lambda value: "there is no value" if value is None else None


def _wrong_in(value: Any) -> Iterator[str]:
    """What PostgreSQL refuses in a text, or anywhere in a value of JSON."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _wrong_in(key)
            yield from _wrong_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _wrong_in(each)
    elif isinstance(value, str):
        if NUL in value:
            yield "a NUL character (U+0000)"
        if HALF.search(value):
            yield "half of a character (a lone surrogate)"
    elif isinstance(value, float) and json.dumps(value) in {"NaN", "Infinity", "-Infinity"}:
        yield f"{value}, which is no number of JSON"
