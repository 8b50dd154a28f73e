"""The room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LanguagesConfig(AppConfig):
    """Languages as data."""

    name = "memorial.languages"
    verbose_name = _("Languages")

    def ready(self) -> None:
        from . import checks  # noqa: F401 registers the system checks
