"""The field for rich text: the prose editor where there is JavaScript, its HTML where there is none."""

import json
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from memorial.text import clean as allow_list

# What the editor's own buttons and dialogs say. The keys are the editor's words (see rich_text.js).
EDITOR_WORDS = {
    "toolbar": _("Formatting"),
    "paragraph": _("Paragraph"),
    "heading": _("Heading"),
    "subheading": _("Subheading"),
    "bold": _("Strong"),
    "italic": _("Emphasis"),
    "bulletList": _("List"),
    "orderedList": _("Numbered list"),
    "blockquote": _("Quotation"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "foreign": _("Passage in another language"),
    "undo": _("Undo"),
    "redo": _("Redo"),
    "address": _("Address (https:// or mailto:)"),
    "addressLanguage": _("Language of the page it leads to, such as “fa”"),
    "tag": _("Language tag, such as “fa”; empty to remove"),
    "direction": _("Direction: ltr or rtl"),
    "apply": _("Apply"),
}


class RichTextWidget(forms.Textarea):
    """A text area that our script turns into the prose editor, allowing what the one allow-list allows."""

    template_name = "desk/widgets/rich_text.html"

    class Media:
        js = [forms.Script("desk/rich_text.js", type="module")]
        css = {"all": ["django_prose_editor/material-icons.css", "desk/rich_text.css"]}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 18, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Hand the script what it needs: words, tags and where the editor is."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"].update(
            {
                "data-rich-text": json.dumps(
                    {
                        "words": {key: str(word) for key, word in EDITOR_WORDS.items()},
                        "tags": sorted(allow_list.TAGS),
                        "schemes": sorted(allow_list.SCHEMES),
                    },
                    ensure_ascii=False,
                ),
                "data-editor": static("django_prose_editor/editor.js"),
            }
        )
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: a browser cannot point at the text area behind the editor, and would stop without a word."""
        return False


class RichTextFormField(forms.CharField):
    """Rich text, cleaned by the one allow-list."""

    widget = RichTextWidget

    def clean(self, value: Any) -> str:
        """Clean what was typed."""
        return allow_list.clean(super().clean(value))
