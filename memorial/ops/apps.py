"""The room as a Django app."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Running the site."""

    name = "memorial.ops"
