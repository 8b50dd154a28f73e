"""The desk: our own admin site."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_POST
from django.views.i18n import JavaScriptCatalog

from memorial.accounts import attempts
from memorial.accounts.address import address_of
from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.languages.columns import languages
from memorial.languages.formats import capitalised_here, own_name
from memorial.languages.labels import direction

from .boards.waiting import first_page

# The order of the desk: what people come for first. Each line: heading, names of the models.
SUBJECTS = (
    (_("Statements"), ("Statement", "Source", "Figure", "Gap")),
    (_("Who, when, where"), ("Issuer", "Occasion", "Event", "Place", "Person")),
    (_("The house"), ("Language", "User")),
)


class DeskLoginForm(AdminAuthenticationForm):
    """Django's login form, letting in whoever has a role and has not tried too often."""

    def clean(self) -> dict[str, Any]:
        """Count the try before the password is looked at."""
        account, address = self.cleaned_data.get("username"), address_of(self.request) if self.request else ""
        if not account or not self.cleaned_data.get("password"):
            return super().clean()
        try:
            attempts.begin_to_log_in(account, address)
        except Refused as refused:
            raise ValidationError([ValidationError(str(each), code=each.code) for each in refused.reasons]) from None
        cleaned = super().clean()
        attempts.has_logged_in(account, address)
        return cleaned

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Refuse accounts that are closed or have no role."""
        if not isinstance(user, User) or not may(user, Action.ENTER_DESK):
            raise ValidationError(
                self.error_messages["invalid_login"],
                code="invalid_login",
                params={"username": self.username_field.verbose_name},
            )


class Desk(AdminSite):
    """Django's admin for those who work here."""

    site_header = _("Memorial: the desk")
    site_title = _("The desk")
    index_title = _("What waits for you")
    login_form = DeskLoginForm
    enable_nav_sidebar = False  # the subjects stand in the header: texts side by side need the width

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in whoever has a role."""
        return may(request.user, Action.ENTER_DESK)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add our own pages, and the switch of the desk's language."""
        from .urls import PAGES  # their views need the models, which are not there when this module is read

        return [
            path("language/", self.admin_view(require_POST(self.switch_language)), name="language"),
            *(path(route, self.admin_view(view), name=name) for route, view, name in PAGES),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add what the header shows: the languages of the desk."""
        return {
            **super().each_context(request),
            "desk_languages": [(tag, own_name(tag), direction(tag)) for tag in languages()],
        }

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Group the models by subject, in the order of ``SUBJECTS``; what has none follows at the end."""
        apps = super().get_app_list(request, app_label)
        for model in (model for app in apps for model in app["models"]):
            model["name"] = capitalised_here(model["model"]._meta.verbose_name_plural)
        if app_label is not None:
            return apps
        models = {model["object_name"]: (app, model) for app in apps for model in app["models"]}
        groups = []
        for heading, names in SUBJECTS:
            rows = [models.pop(name) for name in names if name in models]
            if rows:
                groups.append({**rows[0][0], "name": heading, "models": [model for _app, model in rows]})
        rest = [model for _app, model in models.values()]
        if rest:
            groups.append({**apps[-1], "name": _("Other"), "models": rest})
        return groups

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits for whoever has come in, and the subjects."""
        return super().index(request, {**first_page(request), **(extra_context or {})})

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:  # type: ignore[override]
        """The strings of the admin's own scripts, and of the editor's dialogs."""
        packages = ["django.contrib.admin", "django_prose_editor"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def switch_language(self, request: HttpRequest) -> HttpResponse:
        """Keep the language that the user chose for the desk and go back to where it was chosen."""
        tag = request.POST.get("language", "")
        if isinstance(request.user, User) and (tag == "" or tag in languages()):
            request.user.interface_language = tag
            request.user.save(update_fields=["interface_language"])
            with override(tag or None):
                messages.success(request, str(_("The desk now speaks your language.")))
        target = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
            target = reverse("admin:index")
        return HttpResponseRedirect(target)
