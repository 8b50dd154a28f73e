"""The room as a Django app, and Django's admin with our site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class DeskConfig(AppConfig):
    """The editors' and translators' door."""

    name = "memorial.desk"
    default = True


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin app with our site."""

    default = False
    default_site = "memorial.desk.site.Desk"
