"""Writing everything that is in one language to a file, one JSON object a line, before it is deleted."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core import serializers
from django.db import connection, models
from django.utils import timezone

from .columns import column_name, table_columns, translated_models
from .models import Language

FORMAT = 1


def export_language(language: Language, owned: Iterable[models.QuerySet[models.Model]], path: Path) -> int:
    """Write the texts of ``language`` and the rows it owns to ``path``, safely on the disk, and return how many lines.

    The first line describes the language. Then a line is either ``{"model", "pk", "texts": {field: text}}``, the
    translated columns of one row that are not empty, or a whole row as Django's serializers write it.
    """
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for record in _records(language, owned):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def _records(language: Language, owned: Iterable[models.QuerySet[models.Model]]) -> Iterator[dict[str, Any]]:
    about = {field: getattr(language, field) for field in ("tag", "name_en", "name_own", "script", "direction")}
    yield {"format": FORMAT, "exported_at": timezone.now().isoformat(), "language": about}
    for model, bases in translated_models():
        yield from _texts(model, bases, language.tag)
    for rows in owned:
        for part in with_what_hangs_on_them(rows):
            yield from json.loads(serializers.serialize("json", part))


def _texts(model: type[models.Model], bases: tuple[str, ...], tag: str) -> Iterator[dict[str, Any]]:
    """The translated columns, by SQL of our own: the models of this process do not know them any more."""
    table, key = model._meta.db_table, model._meta.pk
    present = table_columns(connection, table)
    columns = {base: column_name(base, tag) for base in bases if column_name(base, tag) in present}
    if not columns or key is None or key.column is None:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in (key.column, *columns.values()))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {quote(table)} ORDER BY 1")  # noqa: S608 names of our own models
        while rows := cursor.fetchmany(500):
            for pk, *values in rows:
                texts = {base: text for base, text in zip(columns, values, strict=True) if text}
                if texts:
                    yield {"model": model._meta.label_lower, "pk": pk, "texts": texts}


def with_what_hangs_on_them(
    rows: models.QuerySet[models.Model], seen: frozenset[type[models.Model]] = frozenset()
) -> Iterator[models.QuerySet[models.Model]]:
    """Rows, and the rows that will be deleted with them (a text, and its revisions)."""
    yield rows
    for relation in rows.model._meta.related_objects:
        model: Any = relation.related_model
        if getattr(relation, "on_delete", None) is models.CASCADE and model not in seen | {rows.model}:
            hanging = model._base_manager.filter(**{f"{relation.field.name}__in": rows})
            yield from with_what_hangs_on_them(hanging, seen | {rows.model})
