"""The room as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Editions."""

    name = "memorial.publishing"
    verbose_name = _("Editions")

    def ready(self) -> None:
        """Register the system check, and guard sealed rows after every migration."""
        from . import checks, guard  # noqa: F401 registers the checks

        post_migrate.connect(guard.install_after_migrate, sender=self)
