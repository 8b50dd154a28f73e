"""People and their roles: for administrators."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from memorial.accounts.models import Grant, User
from memorial.accounts.permission import Action
from memorial.languages.formats import capitalised_here

from .record import AsksMay
from .tags import AnyTagField, TagField, tag_choices

admin.site.unregister(Group)  # roles are granted; Django's groups and model permissions are not used


class ForAdministrators(AsksMay):
    """Only who manages people sees them."""

    view_action = change_action = delete_action = Action.MANAGE_PEOPLE


class GrantInline(ForAdministrators, admin.StackedInline):
    """The roles of a person."""

    model = Grant
    extra = 0
    fields = (("role", "language"),)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Suggest the site's languages; who will ask for another one is granted a role in it before."""
        if db_field.name == "language":
            return AnyTagField(
                label=capitalised_here(db_field.verbose_name), required=False, help_text=db_field.help_text
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def _with_languages(fields: dict[str, Any]) -> None:
    if "interface_language" in fields:
        before = fields["interface_language"]
        fields["interface_language"] = TagField(
            label=before.label, required=False, help_text=before.help_text, choices=tag_choices(is_optional=True)
        )


class PersonForm(UserChangeForm):
    """Django's form, with the desk's languages to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _with_languages(self.fields)


@admin.register(User)
class PersonAdmin(ForAdministrators, UserAdmin):
    """People. Passwords are set by Django's own forms."""

    form = PersonForm
    change_form_template = "desk/record_form.html"
    add_form = AdminUserCreationForm
    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active", "last_login")
    list_filter = ("is_active", "grants__role")
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ()
    inlines = (GrantInline,)
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email", "interface_language")}),
        (_("Dates"), {"fields": (("last_login", "date_joined"),)}),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load the roles with the people."""
        return super().get_queryset(request).prefetch_related("grants")

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        """All roles of a person, in words."""
        return ", ".join(str(grant) for grant in person.grants.all())

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Roles are granted once the account exists."""
        return () if obj is None else self.inlines

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody is deleted: who sealed an edition is kept. An account is closed by taking away “active”."""
        return False
