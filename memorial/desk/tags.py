"""Language tags in forms: the site's languages to choose from, and any other tag that a row already has."""

from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from memorial.languages.columns import languages
from memorial.languages.formats import capitalised_here, language_here, language_name, own_name
from memorial.languages.models import BCP47, LanguageTagField


def tag_choices(*, is_optional: bool = False) -> list[tuple[str, str]]:
    """The site's languages with their own names and the name that the desk's language has for them."""
    here = language_here()
    rows = []
    for tag in languages():
        own, known_as = own_name(tag), language_name(tag, here)
        rows.append((tag, own if own.casefold() == known_as.casefold() else f"{own} ({known_as})"))
    return [("", _("none")), *rows] if is_optional else [("", "---------"), *rows]


class TagFields(BaseModelAdmin):
    """Offers the site's languages wherever a row names one; a source's language may be any other."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give a field its label, its language and its direction."""
        if not isinstance(db_field, LanguageTagField) or hasattr(db_field, "translated_field"):
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return TagField(
            label=capitalised_here(db_field.verbose_name), required=not db_field.blank, help_text=db_field.help_text,
            choices=tag_choices(is_optional=db_field.blank),
        )  # fmt: skip


class TagSelect(forms.Select):
    """The site's languages, and the row's own tag where it is none of these."""

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Offer the tag that the row already has."""
        known = {tag for tag, _name in self.choices}
        added = [(tag, own_name(tag)) for tag in value if tag and tag not in known]
        kept = self.choices
        self.choices = [*kept, *added]
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = kept


class TagField(forms.CharField):
    """A language tag chosen from the site's languages; a tag that is kept already stays valid."""

    def __init__(self, *, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(widget=TagSelect(choices=choices), max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        """Clean what was typed."""
        tag: str = super().clean(value)
        if tag:
            BCP47(tag)
        return tag


class TagWithSuggestions(forms.TextInput):
    """Any tag, typed; the site's languages are suggested."""

    template_name = "desk/widgets/tag_with_suggestions.html"

    def __init__(self) -> None:
        super().__init__(attrs={"dir": "ltr", "size": 12, "autocapitalize": "none", "spellcheck": "false"})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the list of suggestions after the field."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["list"] = f"{context['widget']['attrs'].get('id', name)}-suggestions"
        context["widget"]["attrs"]["list"] = context["list"]
        context["suggestions"] = tag_choices()[1:]
        return context


class AnyTagField(forms.CharField):
    """A language tag, also of a language that the site does not have yet."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=TagWithSuggestions(), max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        """Take a tag in any case; refuse what is no tag."""
        tag: str = super().clean(value).lower()
        if tag:
            BCP47(tag)
        return tag
