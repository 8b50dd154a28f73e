"""The room as a Django app."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ReadingConfig(AppConfig):
    """The readers' door."""

    name = "memorial.reading"

    def ready(self) -> None:
        """Listen to what is published, see what changes, and register the system check."""
        from . import checks, receivers  # noqa: F401 registers the check
        from .page_cache.changes import watch

        receivers.connect()
        connection_created.connect(watch, dispatch_uid="reading.page_cache")
