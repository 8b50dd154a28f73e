"""Sources, figures and attachments: inside a statement's form, and sources with their figures alone."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from memorial.accounts.models import User
from memorial.statements.attachments import keep, validate_upload
from memorial.statements.models import Attachment, Figure, Issuer, Source

from .tags import TagFields
from .translated import TranslatedAdmin, TranslatedForm, TranslatedInline, searched

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
    show_change_link = False


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

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Search in every language."""
        return list(self.search_fields)


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
