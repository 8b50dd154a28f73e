"""Where the words of the index are kept: one table for FTS5, or one column of PostgreSQL's."""

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from . import postgresql, sqlite


def backend(connection: BaseDatabaseWrapper) -> ModuleType:
    """Return the module that speaks to this database: both have the same functions."""
    return postgresql if connection.vendor == "postgresql" else sqlite
