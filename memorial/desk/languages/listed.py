"""The languages of the site, to look at: each leads to its board, where the verbs of its room are called."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from memorial.desk.record import AsksMay
from memorial.languages.formats import capitalised_here
from memorial.languages.models import Language
from memorial.languages.requests import open_requests


class LanguagesList(ChangeList):
    """A list whose lines lead to the boards."""

    def url_for_result(self, result: Any) -> str:
        """The launch board of a language; for one that is leaving, its row."""
        if result.state == Language.State.LEAVING:
            return super().url_for_result(result)
        return reverse("admin:language_board", args=[result.tag])


@admin.register(Language)
class LanguageAdmin(AsksMay, admin.ModelAdmin):
    """Languages, read only."""

    list_display = ("name_own", "name_en", "tag", "script", "direction", "state", "review")
    change_form_template = "desk/record_form.html"
    list_filter = ("state",)
    search_fields = ("tag", "name_en", "name_own")
    ordering = ("position", "tag")
    fields = (
        "tag", "name_own", "name_en", "script", "direction", "fallbacks", "plurals_like", "review", "state", "position",
    )  # fmt: skip

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """A list that leads to the boards."""
        return LanguagesList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Say how many requests are open."""
        context = {"title": capitalised_here(self.opts.verbose_name_plural), "open_requests": open_requests().count()}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, here: the languages room has verbs for it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, here: the languages room has verbs for it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, here: the languages room has verbs for it."""
        return False
