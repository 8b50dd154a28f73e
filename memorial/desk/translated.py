"""Admin classes for rows with translated fields: two languages in a form, however many the site has."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import lazystr
from django.utils.html import format_html
from django.utils.translation import gettext as _
from modeltranslation.translator import translator

from memorial.languages.columns import column_name, languages
from memorial.languages.formats import capitalised_here, own_name
from memorial.languages.labels import direction
from memorial.statements.fields import StatedDateField

from .language_pair import LanguagePair, Side, language_pair
from .record import AsksMay, RecordAdmin, RecordInline, changed_columns

# Codes and dates as they are typed, in whatever language the desk speaks.
WRITTEN_LEFT_TO_RIGHT = (models.SlugField, models.DecimalField, StatedDateField)


class TranslatedForm(forms.ModelForm):
    """A form of a row with translated fields.

    What was shown is sent along (``show_hidden_initial``), so that only what this user changed is written and a
    colleague's later edit of another column, or of the same page, is never put back.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in (self._meta.fields or ()) and not isinstance(
                field, (forms.FileField, forms.ModelMultipleChoiceField)
            ):
                field.show_hidden_initial = True

    def save(self, commit: bool = True) -> Any:
        """Write a row that exists by its changed columns only, also when an inline formset saves it."""
        if commit and not self.instance._state.adding and not self.errors:
            self.instance.save(update_fields=changed_columns(self))
            self._save_m2m()  # type: ignore[attr-defined]
            return self.instance
        return super().save(commit)


class RestrictsColumns(AsksMay):
    """The fields of a form: the record's own, and the translated ones in the two languages of the bar.

    ``translated`` names the base fields to show; the order of ``record_fields`` is that of the form. A column whose
    language the user may not change is shown read-only, which leaves it out of the form: a tampered POST has no effect.
    """

    form = TranslatedForm
    record_fields: tuple[Any, ...] = ()
    translated: tuple[str, ...] = ()

    def pair(self, request: HttpRequest, obj: Any = None) -> LanguagePair:
        """The two languages of this request; an original's language stands first, unless somebody chose otherwise."""
        original = getattr(request, "original_language", "")
        needed = getattr(request, "needed_language", "")
        return language_pair(request, prefer=[original] if original else [], needed=needed)

    def may_change_a_side(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether either language of the bar may be changed."""
        return any(side.is_editable for side in self.pair(request, obj).sides)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let whoever may change it, in whole or in part, save it."""
        return self.may_change_record(request) or self.may_change_a_side(request, obj)

    def columns(self, pair: LanguagePair) -> list[tuple[Any, ...]]:
        """One row of the form a base field: its column, or what shows it, in each of the two languages."""
        return [
            tuple(
                column_name(base, side.tag) if side.is_editable else shown_column(self.model, base, side.tag)  # type: ignore[arg-type] # a model is hashable
                for side in pair.sides
            )
            for base in self.translated
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Leave out of the form what the user may not change."""
        names: list[Any] = list(super().get_readonly_fields(request, obj))
        names += [part for part in _flat(self.columns(self.pair(request, obj))) if callable(part)]
        if not self.may_change_record(request):
            names += _flat(self.record_fields)
        return list(dict.fromkeys(names))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The record's own fields, then the translated ones."""
        return [*self.record_fields, *self.columns(self.pair(request, obj))]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give a field its label, its language and its direction."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(db_field, WRITTEN_LEFT_TO_RIGHT):
            field.widget.attrs["dir"] = "ltr"
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # One door is enough: what else may be done to an issuer or a place is done on its own page.
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        side = _side_of(db_field, self.pair(request))
        if field is not None and side is not None:
            field.label = _("%(field)s (%(language)s)") % {
                "field": capitalised_here(db_field.translated_field.verbose_name),
                "language": side.name,
            }
            field.widget.attrs.update({"lang": side.tag, "dir": side.dir})
            if isinstance(db_field, models.TextField):
                field.widget.attrs["rows"] = 5
        return field


@lru_cache(maxsize=1024)
def shown_column(model: type[models.Model], base: str, tag: str) -> Callable[[Any], str]:
    """What shows one column to somebody who may not change it, in its own language and direction.

    The same function is returned for the same column, since the admin compares what it is given.
    """
    column = column_name(base, tag)

    def shown(row: Any) -> str:
        text = getattr(row, column) or ""
        return format_html('<div class="shown-column" lang="{}" dir="{}">{}</div>', tag, direction(tag), text or "—")

    shown.__name__ = column
    shown.short_description = lazystr(_Labelled(model, base, tag))  # type: ignore[attr-defined]
    return shown


@dataclass(frozen=True)
class _Labelled:
    """The words for a column, said in the language that is active when they are shown."""

    model: type[models.Model]
    base: str
    tag: str

    def __str__(self) -> str:
        field = self.model._meta.get_field(self.base)
        name = capitalised_here(getattr(field, "verbose_name", self.base))
        return _("%(field)s (%(language)s)") % {"field": name, "language": own_name(self.tag)}


def _side_of(db_field: Any, pair: LanguagePair) -> Side | None:
    if not hasattr(db_field, "translated_field"):
        return None
    return next((side for side in pair.sides if side.tag == db_field.language), None)


def _flat(names: Iterable[Any]) -> list[Any]:
    return [part for name in names for part in (name if isinstance(name, tuple | list) else [name])]


class TranslatedAdmin(RestrictsColumns, RecordAdmin):
    """A label: searched in all languages, edited in two."""

    change_form_template = "desk/record_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form's sections."""
        return [
            (None, {"fields": self.record_fields}),
            (_("In two languages"), {"fields": self.columns(self.pair(request, obj)), "classes": ["side-by-side"]}),
        ]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Search in every language."""
        return [*self.search_fields, *searched(self.model)]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Tell the template which two languages are shown."""
        context = {"language_pair": self.pair(request), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)


class TranslatedInline(RestrictsColumns, RecordInline):  # type: ignore[misc] # a form is a form
    """Rows with translated fields inside another form, in that form's two languages."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let whoever may change the record add to it."""
        return self.may_change_record(request)


def searched(model: type[models.Model], prefix: str = "") -> list[str]:
    """The columns in which the name of a label is found: those of every language."""
    base = translator.get_options_for_model(model).all_fields
    name = "name" if "name" in base else "title"
    return [prefix + column_name(name, tag) for tag in languages()]
