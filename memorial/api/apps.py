"""The room as a Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The machines' door."""

    name = "memorial.api"
    label = "api"
