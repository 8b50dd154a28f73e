"""The room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatementsConfig(AppConfig):
    """The record."""

    name = "memorial.statements"
    verbose_name = _("The record")

    def ready(self) -> None:
        """Register the system checks."""
        from . import checks  # noqa: F401
