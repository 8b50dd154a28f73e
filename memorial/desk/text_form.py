"""The fields of a statement's text in one language, with what the form was opened on."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from memorial.accounts.models import User
from memorial.languages.labels import direction
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Text
from memorial.translations.save import save_text

from .rich_text import RichTextFormField

TEXT_FIELDS = (
    "text_title",
    "text_summary",
    "text_body",
    "text_origin",
    "text_completeness",
    "text_credit",
    "text_seen",
)


class TextFields(forms.Form):
    """A text's fields, under names of their own, so that they may stand in the form of the record too."""

    text_title = forms.CharField(label=_("Title"), max_length=300, widget=AdminTextInputWidget)
    text_summary = forms.CharField(
        label=_("Summary"), required=False, widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("One or two sentences for lists and search results."),
    )  # fmt: skip
    text_body = RichTextFormField(label=_("Text"), required=False)
    text_origin = forms.ChoiceField(label=_("This text is"), choices=Text.Origin.choices)
    text_completeness = forms.ChoiceField(label=_("Completeness"), choices=Text.Completeness.choices)
    text_credit = forms.CharField(
        label=_("Translator’s credit"), required=False, max_length=200, widget=AdminTextInputWidget,
        help_text=_("Shown to readers. Empty: nobody is named."),
    )  # fmt: skip
    text_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


def text_of(statement: Statement | None, language: str) -> Text | None:
    """The statement's text in one language, with its head and who saved it; None when there is none yet."""
    if statement is None or statement.pk is None:
        return None
    return (
        Text.objects.filter(statement=statement, language=language)
        .select_related("head", "head__saved_by", "head__based_on")
        .first()
    )


def show(form: forms.Form, language: str, text: Text | None, *, is_original: bool) -> None:
    """Fill the form with a text as it is now, in its own language and direction."""
    head = text.head if text else None
    form.initial.update(
        {
            "text_title": head.title if head else "",
            "text_summary": head.summary if head else "",
            "text_body": head.body if head else "",
            "text_origin": text.origin if text else (Text.Origin.ISSUED if is_original else Text.Origin.ARCHIVE),
            "text_completeness": text.completeness if text else Text.Completeness.FULL,
            "text_credit": text.credit if text else "",
            "text_seen": head.pk if head else None,
        }
    )
    show_as(form, language)


def show_as(form: forms.Form, language: str) -> None:
    """Give the fields of the words the language and direction that they are written in."""
    for name in ("text_title", "text_summary", "text_body"):
        if name in form.fields and language:
            attributes = {"lang": language, "dir": direction(language), "spellcheck": "true"}
            form.fields[name].widget.attrs.update(attributes)


def save(
    cleaned: dict[str, Any], statement: Statement, language: str, *, by: User, based_on: Revision | None = None
) -> Revision:
    """Save what was typed. Raises ``Conflict`` when somebody saved since the form was opened."""
    seen = Revision.objects.filter(
        pk=cleaned.get("text_seen") or 0, text__statement=statement, text__language=language
    ).first()
    return save_text(
        statement,
        language,
        title=cleaned["text_title"],
        summary=cleaned["text_summary"],
        body=cleaned["text_body"],
        origin=cleaned["text_origin"],
        completeness=cleaned["text_completeness"],
        credit=cleaned["text_credit"],
        seen=seen,
        based_on=based_on,
        by=by,
    )
