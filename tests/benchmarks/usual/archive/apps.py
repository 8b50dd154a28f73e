"""How Django finds the application."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The archive of the usual site."""

    name = "tests.benchmarks.usual.archive"
    label = "archive"
