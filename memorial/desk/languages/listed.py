"""The languages of the site, to look at: they are added, opened and retired by the verbs of their room."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from memorial.desk.record import AsksMay
from memorial.languages.models import Language


@admin.register(Language)
class LanguageAdmin(AsksMay, admin.ModelAdmin):
    """Languages, read only."""

    list_display = ("name_own", "name_en", "tag", "script", "direction", "state", "position")
    change_form_template = "desk/record_form.html"
    list_filter = ("state",)
    search_fields = ("tag", "name_en", "name_own")
    ordering = ("position", "tag")
    fields = ("tag", "name_own", "name_en", "script", "direction", "fallbacks", "state", "position")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, here: the languages room has verbs for it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, here: the languages room has verbs for it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, here: the languages room has verbs for it."""
        return False
