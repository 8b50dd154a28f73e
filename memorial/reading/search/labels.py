"""The names of everything that statements refer to, in every language and every spelling, by one query."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Value

from memorial.languages.columns import column_name, languages
from memorial.languages.labels import Label
from memorial.reading.names import name_of
from memorial.statements.models import (
    Event,
    Issuer,
    IssuerSpelling,
    Occasion,
    Person,
    PersonSpelling,
    Place,
    PlaceSpelling,
)
from memorial.text.analysis import Token, analyse

MODELS: dict[str, Any] = {"issuer": Issuer, "place": Place, "person": Person, "occasion": Occasion, "event": Event}
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
        tags = languages()
        columns = [column_name("name", tag) for tag in tags]
        parts = [
            model.objects.order_by().values_list(_constant(kind), "pk", "slug", *columns)
            for kind, model in MODELS.items()
        ]
        padding = [_constant("") for _tag in tags[1:]]
        parts += [
            model.objects.order_by().values_list(
                _constant(f"{kind} spelling"), f"{kind}_id", "language", "spelling", *padding
            )
            for kind, model in SPELLINGS.items()
        ]
        found = cls()
        for kind, pk, slug, *names in parts[0].union(*parts[1:], all=True):
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


@lru_cache(maxsize=50_000)
def tokens_of(name: str, tag: str) -> tuple[Token, ...]:
    """Return the tokens of a name: names are few and asked for again and again."""
    return tuple(analyse(name, tag))


def _constant(text: str) -> Value:
    return Value(text, output_field=CharField())
