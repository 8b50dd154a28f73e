"""The room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    """Texts and revisions."""

    name = "memorial.translations"
    verbose_name = _("Texts")
