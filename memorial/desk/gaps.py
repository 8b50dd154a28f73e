"""Known gaps: what exists and is not held, entered for the page that says what the archive holds."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from memorial.languages.columns import column_name, languages
from memorial.languages.formats import format_stated, language_here
from memorial.statements.models import Gap, Issuer

from .translated import TranslatedAdmin, searched


@admin.register(Gap)
class GapAdmin(TranslatedAdmin):
    """Known gaps."""

    list_display = ("stated", "issuer", "url")
    list_select_related = ("issuer",)
    record_fields = (("issuer", "dated"), "url")
    translated = ("note",)
    autocomplete_fields = ("issuer",)

    @admin.display(description=_("date"), ordering="earliest")
    def stated(self, gap: Gap) -> str:
        """The date as precise as it is stated."""
        return format_stated(gap.dated, language_here())

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Search in every language."""
        return [*(column_name("note", tag) for tag in languages()), *searched(Issuer, "issuer__")]
