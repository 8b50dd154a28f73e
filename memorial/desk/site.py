"""The desk: our own admin site."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from memorial.accounts.permission import Action, may


class Desk(AdminSite):
    """Django's admin for those who work here."""

    site_header = _("Memorial: the desk")
    site_title = _("The desk")
    index_title = _("What waits here")

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in whoever has a role."""
        return may(request.user, Action.ENTER_DESK)
