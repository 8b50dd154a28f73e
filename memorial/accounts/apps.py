"""The room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, roles and permissions."""

    name = "memorial.accounts"
    verbose_name = _("People")
