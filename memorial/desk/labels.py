"""Issuers, places, occasions and events: labels edited in two languages side by side."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from memorial.languages.columns import column_name, languages
from memorial.statements.models import Event, EventName, Issuer, Occasion, Place, PlaceSpelling

from .record import RecordInline
from .tags import TagFields
from .translated import TranslatedAdmin, TranslatedForm, TranslatedInline


class LabelForm(TranslatedForm):
    """A label's form: it is called something in one language at least."""

    def clean(self) -> dict[str, Any]:
        """Refuse a label without any name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        columns = [column_name("name", tag) for tag in languages()]
        if not any(cleaned.get(column, getattr(self.instance, column)) for column in columns):
            raise ValidationError(_("Enter the name in one language at least."), code="nameless")
        return cleaned


class LabelAdmin(TagFields, TranslatedAdmin):
    """What all labels have in common."""

    form = LabelForm
    translated = ("name", "description")
    search_fields = ("slug",)


@admin.register(Issuer)
class IssuerAdmin(LabelAdmin):
    """Issuers and claimants."""

    list_display = ("__str__", "kind", "country", "slug")
    list_filter = ("kind",)
    record_fields = ("slug", ("kind", "country"), "website")


class PlaceSpellingInline(TagFields, RecordInline, admin.TabularInline):
    """Other spellings of a place's name."""

    model = PlaceSpelling
    fields = ("spelling", "language")


@admin.register(Place)
class PlaceAdmin(LabelAdmin):
    """Places."""

    list_display = ("__str__", "latitude", "longitude", "slug")
    record_fields = ("slug", ("latitude", "longitude"))
    inlines = (PlaceSpellingInline,)


class EventNameInline(TagFields, TranslatedInline):  # type: ignore[misc] # a form is a form
    """Names in use, with who uses each."""

    model = EventName
    record_fields = (("name", "language"),)
    translated = ("used_by",)


@admin.register(Event)
class EventAdmin(LabelAdmin):
    """Events."""

    list_display = ("__str__", "dated", "part_of")
    list_select_related = ("part_of",)
    record_fields = (("slug", "dated"), "part_of", "places")
    autocomplete_fields = ("part_of", "places")
    inlines = (EventNameInline,)


@admin.register(Occasion)
class OccasionAdmin(LabelAdmin):
    """Occasions."""

    list_display = ("__str__", "month", "day", "first_year")
    record_fields = ("slug", ("month", "day", "first_year"), "event")
    autocomplete_fields = ("event",)
