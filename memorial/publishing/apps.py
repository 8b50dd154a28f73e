"""The room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Editions."""

    name = "memorial.publishing"
    verbose_name = _("Editions")
