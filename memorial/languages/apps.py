"""The room as a Django app."""

import logging

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.autoreload import autoreload_started
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class LanguagesConfig(AppConfig):
    """Languages as data."""

    name = "memorial.languages"
    verbose_name = _("Languages")

    def ready(self) -> None:
        """Register the system checks, speak in phrases, and hear of tables made or emptied and of runserver's start."""
        from . import checks  # noqa: F401 registers
        from .loader import LanguagesUnreachable
        from .phrases import runtime
        from .reconcile import store_first_languages
        from .reload import watch_stamp

        runtime.put_in_place()
        try:
            runtime.load()
        except LanguagesUnreachable as error:
            # The shipped catalogues speak until the watcher has read the phrases.
            logger.warning("%s", error)
        post_migrate.connect(store_first_languages, sender=self, dispatch_uid="languages.first")
        autoreload_started.connect(watch_stamp, dispatch_uid="languages.stamp")
