"""Comparing two databases: tables by digests; where those differ, row by row and column by column."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import models

from memorial.accounts.refusal import Reason

from .tables import Digest, Row, as_text, columns_of, moved_models, rows_of

# Differences named of one table; what is beyond is only said to be there.
NAMED = 20


def differences(
    source: str, target: str, digests: Mapping[str, Digest], hear: Callable[[str, int], None]
) -> list[Reason]:
    """Name every table's differing rows by key and column; empty: both databases say the same.

    ``digests`` are those of the source. Values are not shown: some are secret.
    """
    found = []
    for model in moved_models():
        table = model._meta.db_table
        there = Digest.of(rows_of(model, target))
        hear(table, there.rows)
        if there.value != digests[table].value:
            found += list(_named(model, source, target)) or [Reason("differs", f"{table}: differs.")]
    return found


def digests_of(using: str, hear: Callable[[str, int], None]) -> dict[str, Digest]:
    """The digest of every table of a database."""
    found = {}
    for model in moved_models():
        found[model._meta.db_table] = digest = Digest.of(rows_of(model, using))
        hear(model._meta.db_table, digest.rows)
    return found


def _named(model: type[models.Model], source: str, target: str) -> Iterator[Reason]:
    table, columns = model._meta.db_table, columns_of(model)
    for number, (key, ours, theirs) in enumerate(_differing_rows(rows_of(model, source), rows_of(model, target))):
        if number == NAMED:
            yield Reason("differs", f"{table}: there are more differing rows.")
            return
        if ours is None:
            yield Reason("differs", f"{table} {key}: only in the target.")
        elif theirs is None:
            yield Reason("differs", f"{table} {key}: not in the target.")
        else:
            pairs = zip(columns, ours, theirs, strict=True)
            differing = [column for column, one, other in pairs if as_text([one]) != as_text([other])]
            yield Reason("differs", f"{table} {key}: differs in {', '.join(differing)}.")


def _differing_rows(ours: Iterator[Row], theirs: Iterator[Row]) -> Iterator[tuple[Any, Row | None, Row | None]]:
    """Walk two lists of rows, both in the order of their keys: (key, row, row) where they are not the same."""
    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        if other is None or (one is not None and _key(one) < _key(other)):
            assert one is not None  # noqa: S101 one of the two is there
            yield one[0], one, None
            one = next(ours, None)
        elif one is None or _key(other) < _key(one):
            yield other[0], None, other
            other = next(theirs, None)
        else:
            if as_text(one) != as_text(other):
                yield one[0], one, other
            one, other = next(ours, None), next(theirs, None)


def _key(row: Row) -> Any:
    """As the database sorts it: texts by their bytes."""
    return row[0].encode() if isinstance(row[0], str) else row[0]
