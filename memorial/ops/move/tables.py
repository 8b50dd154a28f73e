"""What is moved: the tables of the site's models, their columns, and their rows as Python sees them, in one order."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.models import F
from django.db.models.functions import Collate
from django.utils import timezone

from memorial.languages.columns import AnyField, table_columns

Row = tuple[Any, ...]
BATCH = 1000
#: Sessions end with the move; the index for search is made out of editions.
LEFT_BEHIND = {
    "sessions.session",
    "reading.searchentry",
    "reading.searchword",
    "reading.pendingrebuild",
    "reading.sitechange",
    "reading.servingmachine",
}
#: What databases and Django keep of their own beside the tables of models.
OF_THE_DATABASE = ("sqlite_", "django_migrations", "reading_search_words")


def site_models() -> list[type[models.Model]]:
    """Every model with a table of its own, the tables between two models too."""
    found = apps.get_models(include_auto_created=True)
    own = [model for model in found if model._meta.managed and not model._meta.proxy]
    return sorted(own, key=lambda model: model._meta.db_table)


def moved_models() -> list[type[models.Model]]:
    """The models whose rows are moved, by the names of their tables."""
    return [model for model in site_models() if model._meta.label_lower not in LEFT_BEHIND]


def fields_of(model: type[models.Model]) -> list[AnyField]:
    """The fields that have a column, in one order, the primary key first."""
    return sorted(model._meta.concrete_fields, key=lambda field: (not field.primary_key, field.attname))


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns of ``fields_of``."""
    return [str(field.column) for field in fields_of(model)]


def rows_of(model: type[models.Model], using: str) -> Iterator[Row]:
    """All rows, by their keys, each with the values of ``fields_of``; read in batches, in a transaction of the caller.

    Not by the model's manager, which speaks of one language: by every column as it is stored.
    """
    key: Any = F("pk")
    if isinstance(_root(model._meta.pk), models.CharField) and connections[using].vendor == "postgresql":
        key = Collate("pk", "C")  # SQLite sorts by bytes, PostgreSQL otherwise by the rules of a language
    rows: models.QuerySet[Any] = models.QuerySet(model, using=using).order_by(key)
    return rows.values_list(*(field.attname for field in fields_of(model))).iterator(chunk_size=BATCH)


def count_of(model: type[models.Model], using: str) -> int:
    """How many rows there are."""
    return models.QuerySet(model, using=using).count()


def foreign_tables(using: str) -> list[str]:
    """Tables that no model of this site has."""
    own = {model._meta.db_table for model in site_models()}
    names = set(connections[using].introspection.table_names()) - own
    return sorted(name for name in names if not name.startswith(OF_THE_DATABASE))


def differing_columns(using: str) -> list[str]:
    """Each ``table.column`` that is in the models and not in the database, or the other way round."""
    differing, tables = [], set(connections[using].introspection.table_names())
    for model in moved_models():
        table = model._meta.db_table
        stored = table_columns(connections[using], table) if table in tables else set()
        differing += [f"{table}.{name}" for name in sorted(stored ^ set(columns_of(model)))]
    return differing


def as_text(row: Sequence[Any]) -> str:
    """A row in one form, the same from both databases: what digests are made of."""
    return _encode(row)


class Digest:
    """SHA-256 of the rows of one table, and their number."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def add(self, text: str) -> None:
        """Take the next row, as ``as_text`` has it."""
        self.rows += 1
        self._hash.update(text.encode("utf-8", "surrogatepass") + b"\n")

    @property
    def value(self) -> str:
        """The digest of what was taken until now."""
        return self._hash.hexdigest()

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Digest":
        """The digest of some rows."""
        digest = cls()
        for row in rows:
            digest.add(as_text(row))
        return digest


def _plain(value: Any) -> Any:
    """What JSON has no word for."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if timezone.is_aware(value) else value).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    if isinstance(value, (Decimal, timedelta)):
        return str(value)
    raise TypeError(f"{type(value)} has no form in a digest")


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode


def _root(field: Any) -> AnyField:
    """The field at the end of a chain of keys."""
    while field.remote_field is not None:
        field = field.target_field
    root: AnyField = field
    return root
