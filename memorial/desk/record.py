"""Where every admin class of the desk gets its rights: each door asks ``permission.may``."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.languages.formats import capitalised_here


class AsksMay(BaseModelAdmin):
    """Django's four questions, answered by ``may``."""

    formfield_overrides = {models.URLField: {"widget": forms.URLInput(attrs={"dir": "ltr"}), "assume_scheme": "https"}}

    view_action = Action.VIEW_RECORD
    change_action = Action.CHANGE_RECORD
    delete_action = Action.DELETE_RECORD

    def may_change_record(self, request: HttpRequest) -> bool:
        """Say whether the user may change more than the texts of a language."""
        return may(request.user, self.change_action)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the model to whoever may see it."""
        return may(request.user, self.view_action)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let whoever may see the record see it."""
        return may(request.user, self.view_action)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let whoever may change the record add to it."""
        return self.may_change_record(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let whoever may change it, in whole or in part, save it."""
        return self.may_change_record(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let whoever may delete from the record do so."""
        return may(request.user, self.delete_action)


class RecordAdmin(AsksMay, admin.ModelAdmin):
    """Part of the record. Only the columns that changed are written, so that two people can work on one row."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    save_on_top = False
    view_on_site = False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """A list is called by what it lists."""
        context = {"title": capitalised_here(self.opts.verbose_name_plural), **(extra_context or {})}
        return super().changelist_view(request, context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Insert a new row; of an old one write what changed."""
        if not change:
            obj.save()
        elif changed := changed_columns(form):
            obj.save(update_fields=changed)


class RecordInline(AsksMay, admin.StackedInline):
    """Rows of the record that belong to another."""

    extra = 0


def worker(request: HttpRequest) -> User:
    """Who came through the door. Raises PermissionDenied for nobody, whom no door of the desk lets in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def changed_columns(form: Any) -> list[str]:
    """The columns of a bound form's own row that differ from what the user was shown."""
    own = {field.name for field in form.instance._meta.concrete_fields}
    return [name for name in form.changed_data if name in own]
