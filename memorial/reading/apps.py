"""The room as a Django app."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """The readers' door."""

    name = "memorial.reading"

    def ready(self) -> None:
        """Listen to the floors below."""
        from . import receivers  # noqa: F401 connecting is what the import does
