"""The wording that a source carries, in the source's form: rich text in the source's language."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from memorial.languages.labels import direction
from memorial.publishing.source_facts import NO_LANGUAGE
from memorial.translations.models import Witness

from .record import RecordInline
from .rich_text import RichTextFormField
from .translated import TranslatedForm


class WordingForm(TranslatedForm):
    """A source's own wording; of one that is there only what was changed is written."""

    language: ClassVar[str] = ""
    body = RichTextFormField(label=_("Wording"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.language in NO_LANGUAGE:
            return
        for name in ("title", "body"):
            if name in self.fields:
                attributes = {"lang": self.language, "dir": direction(self.language), "spellcheck": "true"}
                self.fields[name].widget.attrs.update(attributes)


class WordingInline(RecordInline):
    """What the source prints as the statement; one at most."""

    model = Witness
    form = WordingForm
    fields = ("title", "body", ("completeness", "rights"))
    max_num = 1
    verbose_name = _("wording of this source")
    verbose_name_plural = _("wording of this source")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Let the fields be in the language that the source is kept with."""
        formset = super().get_formset(request, obj, **kwargs)
        language = getattr(obj, "language", "")
        formset.form = type("WordingForm", (formset.form,), {"language": language})
        return formset
