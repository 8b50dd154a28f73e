"""The room as a Django app."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """The readers' door."""

    name = "memorial.reading"

    def ready(self) -> None:
        """Listen to what is published, and register the system check."""
        from . import checks, receivers  # noqa: F401 registers the check

        receivers.connect()
