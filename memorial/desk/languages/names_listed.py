"""Which names stand on a sheet: all kinds of rows that languages call something, filtered, counted and paged."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from modeltranslation.utils import resolution_order

from memorial.languages.columns import column_name
from memorial.publishing.in_use import is_on_public_pages
from memorial.statements.models import Event, EventName, Issuer, Occasion, Place
from memorial.statements.names import Named, name_bases
from memorial.text.folding import folded

# In the order of the sheet. The code of a kind stands in addresses and in the names of fields.
KINDS: dict[str, type[Any]] = {
    "issuer": Issuer, "occasion": Occasion, "event": Event, "name-in-use": EventName, "place": Place,
}  # fmt: skip
Key = tuple[str, int]


@dataclass(frozen=True)
class Wanted:
    """What of the names is asked for."""

    tag: str
    beside: str
    kind: str = ""
    only: frozenset[str] = frozenset()  # of "missing" and "used"
    query: str = ""

    @property
    def kinds(self) -> dict[str, type[Any]]:
        """The kind asked for, else all."""
        return {code: model for code, model in KINDS.items() if self.kind in ("", code)}


@dataclass(frozen=True)
class KindCount:
    """How many names of a kind there are in a language."""

    code: str
    total: int
    missing: int


def keys_of(wanted: Wanted) -> list[Key]:
    """The rows asked for, all kinds in order. One query a kind, whatever the number of rows."""
    found: list[Key] = []
    wanted_words = folded(wanted.query)
    for code, model in wanted.kinds.items():
        rows = model.objects.all()
        if "missing" in wanted.only:
            rows = rows.filter(_is_missing(model, wanted.tag))
        if "used" in wanted.only:
            rows = rows.filter(is_on_public_pages(model))
        looked_in = _looked_in(model, wanted) if wanted.query else []
        for pk, *texts in rows.values_list("pk", *looked_in):
            if wanted_words in folded(" ".join(text or "" for text in texts)):
                found.append((code, pk))
    return found


def rows_of(keys: Iterable[Key], tag: str, beside: str) -> list[tuple[str, Named, bool]]:
    """The rows of these keys in their order, each with its kind and whether public pages show it. One query a kind.

    Only the columns of the two languages and of the fallbacks of the first are loaded.
    """
    wanted = list(keys)
    rows: dict[Key, Named] = {}
    for code, model in KINDS.items():
        pks = [pk for kind, pk in wanted if kind == code]
        if not pks:
            continue
        related = {"related": ["event"]} if model is EventName else {}
        is_used = ExpressionWrapper(is_on_public_pages(model), output_field=BooleanField())
        for row in (
            model.objects.in_language(tag, keep=[beside], **related).annotate(is_used=is_used).filter(pk__in=pks)
        ):
            rows[code, row.pk] = row
    return [(key[0], rows[key], bool(getattr(rows[key], "is_used", False))) for key in wanted if key in rows]


def counts(tag: str) -> list[KindCount]:
    """How many names there are of each kind, and how many a language lacks. One query a kind."""
    found = []
    for code, model in KINDS.items():
        numbers = model.objects.aggregate(total=Count("pk"), missing=Count("pk", filter=_is_missing(model, tag)))
        found.append(KindCount(code, numbers["total"], numbers["missing"]))
    return found


def _is_missing(model: type[Any], tag: str) -> Q:
    column = column_name(name_bases(model)[0], tag)
    return Q(**{f"{column}__isnull": True}) | Q(**{column: ""})


def _looked_in(model: type[Any], wanted: Wanted) -> list[str]:
    """The columns in which a name is found: of both languages and what readers get instead, and the address."""
    tags = dict.fromkeys([wanted.tag, wanted.beside, *resolution_order(wanted.tag)])
    columns = [column_name(name_bases(model)[0], tag) for tag in tags if tag]
    return [*columns, *(("name", "event__slug") if model is EventName else ("slug",))]
