"""The room as a Django app."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """The readers' door."""

    name = "memorial.reading"
