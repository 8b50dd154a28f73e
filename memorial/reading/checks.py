"""What an operator can get wrong: an index for search that was not rebuilt."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from .models import PendingRebuild, SearchEntry
from .search.standing import of_index


@checks.register(checks.Tags.database)
def the_index_holds_everything(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """The index for search is there and up to date. Asked by ``check --database default``, and before migrations."""
    found: list[checks.CheckMessage] = []
    hint = "Run “manage.py rebuild_search”. It works while the site runs, and goes on where it was stopped."
    for alias in databases or ():
        tables = set(connections[alias].introspection.table_names())
        if not {SearchEntry._meta.db_table, PendingRebuild._meta.db_table} <= tables:
            continue  # not migrated yet
        standing = of_index(connections[alias])
        if standing.is_missing:
            message = f"The database “{alias}” has no index for search: readers are told that nothing can be searched."
            found.append(checks.Warning(message, hint=hint, id="reading.W001"))
        elif standing.is_incomplete:
            message = f"The index for search in the database “{alias}” does not hold everything as it should."
            found.append(checks.Warning(message, hint=hint, id="reading.W002"))
    return found
