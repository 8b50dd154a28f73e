"""The names of everything that statements refer to, in every language and every spelling, by one query."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from memorial.languages.columns import column_name, languages
from memorial.languages.labels import Label
from memorial.reading.names import name_of
from memorial.statements.labels import LABELS
from memorial.statements.models import IssuerSpelling, Person, PersonSpelling, PlaceSpelling

# Persons have no page, though they are found.
MODELS: dict[str, Any] = {**LABELS, "person": Person}
SPELLINGS: dict[str, Any] = {"issuer": IssuerSpelling, "place": PlaceSpelling, "person": PersonSpelling}

Key = tuple[str, int]


@dataclass(frozen=True)
class Labels:
    """Rows of labels by kind and key; spellings as (spelling, language or "")."""

    rows: dict[Key, Any] = field(default_factory=dict)
    by_slug: dict[tuple[str, str], int] = field(default_factory=dict)
    spellings: dict[Key, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls) -> "Labels":
        """Read them all. One query."""
        columns = [column_name("name", tag) for tag in languages()]
        quoted = [connection.ops.quote_name(column) for column in columns]
        padding = ["NULL"] * (len(columns) - 1)
        parts = [_select(kind, model, ["id", "slug", *quoted]) for kind, model in MODELS.items()] + [
            _select(f"{kind} spelling", model, [f"{kind}_id", "language", "spelling", *padding])
            for kind, model in SPELLINGS.items()
        ]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts))
            rows = cursor.fetchall()
        found = cls()
        for kind, pk, slug, *names in rows:
            if kind in MODELS:
                found.rows[kind, pk] = MODELS[kind].from_db("default", ["id", "slug", *columns], [pk, slug, *names])
                found.by_slug[kind, slug] = pk
            else:
                found.spellings[kind.removesuffix(" spelling"), pk].append((names[0], slug))
        return found

    def names(self, key: Key) -> Iterator[tuple[str, str]]:
        """Yield what one label is called, each name with its language ("" where that is not known)."""
        row = self.rows.get(key)
        if row is not None:
            for tag in languages():
                if name := getattr(row, column_name("name", tag)):
                    yield name, tag
        yield from self.spellings.get(key, ())

    def name(self, key: Key, lang: str) -> Label | None:
        """What one label is called on a page in ``lang``; None where there is no such label."""
        row = self.rows.get(key)
        return name_of(row, lang) if row is not None else None


def _select(kind: str, model: Any, columns: list[str]) -> str:
    # By hand: modeltranslation would change the order of columns.
    return f"SELECT '{kind}', {', '.join(columns)} FROM {model._meta.db_table}"  # noqa: S608 constants
