"""An archive of any size for benchmarks: the fictional one, its statements repeated under new ids by the database."""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from memorial.ops.archivist import archivist
from memorial.ops.demonstration.make import make_demonstration
from memorial.publishing.models import Edition
from memorial.reading.models import SearchEntry
from memorial.reading.search.document import document_of
from memorial.reading.search.schema import backend
from memorial.reading.search.sequence import sequence_of
from memorial.statements.models import Statement
from tests.benchmarks.sizes import LANGUAGES
from tests.reading.many import copy_of

#: How many statements are written one by one; the others repeat them.
PATTERNS = 2_000


def build(statements: int, say: Callable[[str], None]) -> None:
    """Fill an empty database with ``statements`` statements in four languages, and the index with them."""
    call_command("migrate", verbosity=0)
    patterns = min(PATTERNS, statements)
    make_demonstration(patterns, seed=1, tags=LANGUAGES, by=archivist())
    repeated = _Repeated()
    entries = list(SearchEntry.objects.select_related("edition"))
    documents = {
        entry.pk: document_of(entry.edition, map(int, entry.events.split()), map(int, entry.places.split()))
        for entry in entries
    }
    for again in range(1, statements // patterns):
        with transaction.atomic():
            repeated.store(again)
            copies = [
                copy_of(
                    entry,
                    edition_id=entry.pk + again * repeated.editions,
                    statement_id=entry.statement_id + again * repeated.statements,
                    sequence=sequence_of(entry.earliest, entry.pk + again * repeated.editions),
                )
                for entry in entries
            ]
            SearchEntry.objects.bulk_create(copies, batch_size=500)
            words = [(copy.sequence, documents[entry.pk]) for copy, entry in zip(copies, entries, strict=True)]
            backend(connection).write(connection, words)
        say(f"{(again + 1) * patterns} of {statements} statements")
    backend(connection).refresh(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Repeated:
    """The rows that are stored again and again, and by how much their ids are higher each time."""

    def __init__(self) -> None:
        self.statements, self.editions = _highest(Statement), _highest(Edition)
        self.linked = {through: _highest(through) for through in (Edition.events.through, Edition.places.through)}

    def store(self, again: int) -> None:
        """Store statements and editions under ids that are ``again`` times so much higher."""
        statement, edition = again * self.statements, again * self.editions
        last = "right('000' || id, 4)" if connection.vendor == "postgresql" else "substr('000' || id, -4)"
        # Public ids have neither 0 nor 1.
        sid = f"replace(replace('{again:04}' || {last}, '0', 'b'), '1', 'c')"
        _again(Statement, self.statements, {"id": f"id + {statement}", "sid": sid})
        other = {"id": f"id + {edition}", "statement_id": f"statement_id + {statement}", "canonical": "''"}
        _again(Edition, self.editions, other)
        for through, highest in self.linked.items():
            _again(through, highest, {"id": f"id + {again * highest}", "edition_id": f"edition_id + {edition}"})


def _highest(model: Any) -> int:
    return int(model.objects.order_by("-pk").values_list("pk", flat=True)[0])


def _again(model: Any, highest: int, other: dict[str, str]) -> None:
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(other.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id <= {highest}")
