"""Sources, figures and attachments: inside a statement's form, and sources with their figures alone."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from memorial.accounts.models import User
from memorial.publishing.source_facts import SourceRecord
from memorial.statements.attachments import keep, validate_upload
from memorial.statements.models import Attachment, Figure, Issuer, Source

from .source_publish_page import reasons_for, source_publish_page
from .tags import TagFields
from .translated import TranslatedAdmin, TranslatedForm, TranslatedInline, searched
from .wording import WordingInline

SOURCE_FIELDS = (("publisher", "what"), "url", ("language", "published"))
FIGURE_FIELDS = (
    ("measure", "precision"),
    ("minimum", "maximum", "claimed"),
    ("claimant", "event"),
    ("wording", "wording_language"),
)


class SourceInline(TagFields, TranslatedInline):  # type: ignore[misc] # a form is a form
    """Where a statement was read."""

    model = Source
    record_fields = SOURCE_FIELDS
    translated = ("note",)
    show_change_link = True  # its own form has its wording, and what is published of it


class FigureInline(TagFields, TranslatedInline):  # type: ignore[misc] # a form is a form
    """The figures that a statement states."""

    model = Figure
    fk_name = "statement"
    record_fields = (*FIGURE_FIELDS, ("source", "block"))
    translated = ("described",)
    autocomplete_fields = ("claimant", "event", "source")
    classes = ("collapse",)


class AttachmentFormSet(BaseInlineFormSet):
    """Files go through the room's own verb, which hashes and keeps them."""

    by: User

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Attachment:
        """Keep a new file, with what was typed beside it."""
        kept = keep(self.instance, form.cleaned_data["file"], by=self.by)
        beside = [name for name in form.cleaned_data if name in (form._meta.fields or ()) and name != "file"]
        for name in beside:
            setattr(kept, name, form.cleaned_data[name])
        if beside:
            kept.save(update_fields=beside)
        form.instance = kept
        return kept


class AttachmentForm(TranslatedForm):
    """A new file, or what is said about a kept one: a kept file is never exchanged."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" not in self.fields:
            return
        if self.instance.pk:
            self.fields["file"].disabled = True
            self.fields["file"].widget = KeptFile()
        else:
            self.fields["file"].validators.append(validate_upload)


class KeptFile(forms.Widget):
    """A kept file by its name; there is nothing to choose."""

    template_name = "desk/widgets/kept_file.html"

    def format_value(self, value: Any) -> str:
        """The name that the file came with."""
        return str(getattr(getattr(value, "instance", None), "name", value) or "")


class AttachmentInline(TagFields, TranslatedInline):
    """Files kept with a statement."""

    model = Attachment
    form = AttachmentForm
    formset = AttachmentFormSet
    record_fields = (("file", "language"),)
    translated = ("caption",)
    classes = ("collapse",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Name the file to those who may not add one: it has no address to link to."""
        fields = super().get_fields(request, obj)
        return fields if self.may_change_record(request) else [("name", "language"), *fields[1:]]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The name was settled when the file was kept."""
        return [*super().get_readonly_fields(request, obj), "name"]


@admin.register(Source)
class SourceAdmin(TagFields, TranslatedAdmin):
    """All sources; those without a statement carry figures only."""

    list_display = ("publisher", "published", "what", "statement")
    list_filter = ("what",)
    record_fields = (*SOURCE_FIELDS, "statement")
    translated = ("note",)
    search_fields = ("publisher", "url")
    autocomplete_fields = ("statement",)
    list_select_related = ("statement",)
    change_form_template = "desk/source_form.html"
    inlines = (WordingInline,)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Search in every language."""
        return list(self.search_fields)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What readers have seen is kept."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.editions.exists())

    def get_urls(self) -> list[URLPattern]:
        """Add our own page."""

        def shown(request: HttpRequest, **parts: Any) -> HttpResponse:
            return source_publish_page(self, request, **parts)

        page = self.admin_site.admin_view(shown)
        return [path("<int:pk>/publish/", page, name="statements_source_publish"), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Say beside the form why the source cannot be published."""
        context = dict(extra_context or {})
        source = self.get_object(request, object_id) if object_id and object_id.isdigit() else None
        if source is not None:
            context["publish_reasons"] = reasons_for(request, SourceRecord.of(source))
        return super().changeform_view(request, object_id, form_url, context)


@admin.register(Figure)
class FigureAdmin(TagFields, TranslatedAdmin):
    """All figures, by whoever states them."""

    list_display = ("__str__", "claimant", "event", "claimed", "statement")
    list_filter = ("measure",)
    record_fields = (*FIGURE_FIELDS, ("statement", "source"), "block")
    translated = ("described",)
    autocomplete_fields = ("claimant", "event", "statement", "source")
    list_select_related = ("claimant", "event", "statement")
    search_fields = ("wording",)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Search in every language."""
        return [*self.search_fields, *searched(Issuer, "claimant__")]
