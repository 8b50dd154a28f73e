"""Issuers, places, persons, occasions and events: labels edited in two languages side by side."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from memorial.statements.models import (
    Event,
    EventName,
    Issuer,
    IssuerSpelling,
    Occasion,
    Person,
    PersonSpelling,
    Place,
    PlaceSpelling,
)

from .record import RecordInline
from .tags import TagFields
from .translated import TranslatedAdmin, TranslatedInline


class LabelAdmin(TagFields, TranslatedAdmin):
    """What all labels have in common."""

    translated: tuple[str, ...] = ("name", "description")
    search_fields = ("slug",)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the site's default language when a label is added, since its name is needed there."""
        request.needed_language = settings.LANGUAGE_CODE if object_id is None else ""  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)


class SpellingInline(TagFields, RecordInline, admin.TabularInline):
    """Other spellings of a name, by which a search finds it too."""

    fields = ("spelling", "language")


class IssuerSpellingInline(SpellingInline):
    """Other spellings of an issuer's name, and its short forms."""

    model = IssuerSpelling


class PlaceSpellingInline(SpellingInline):
    """Other spellings of a place's name."""

    model = PlaceSpelling


class PersonSpellingInline(SpellingInline):
    """Other spellings of a person's name."""

    model = PersonSpelling


@admin.register(Issuer)
class IssuerAdmin(LabelAdmin):
    """Issuers and claimants."""

    list_display = ("__str__", "kind", "country", "slug")
    list_filter = ("kind",)
    record_fields = ("slug", ("kind", "country"), "website")
    inlines = (IssuerSpellingInline,)


@admin.register(Place)
class PlaceAdmin(LabelAdmin):
    """Places."""

    list_display = ("__str__", "latitude", "longitude", "slug")
    record_fields = ("slug", ("latitude", "longitude"))
    inlines = (PlaceSpellingInline,)


@admin.register(Person)
class PersonAdmin(LabelAdmin):
    """Persons whom statements name: kept so that every spelling of a name is found."""

    list_display = ("__str__", "slug")
    record_fields = ("slug",)
    inlines = (PersonSpellingInline,)


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
    translated = ("name", "description", "coverage")
    autocomplete_fields = ("part_of", "places")
    inlines = (EventNameInline,)


@admin.register(Occasion)
class OccasionAdmin(LabelAdmin):
    """Occasions."""

    list_display = ("__str__", "month", "day", "first_year")
    record_fields = ("slug", ("month", "day", "first_year"), "event")
    autocomplete_fields = ("event",)
