"""The room as a Django app."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """The readers' door."""

    name = "memorial.reading"

    def ready(self) -> None:
        """Listen to what is published."""
        from . import receivers

        receivers.connect()
