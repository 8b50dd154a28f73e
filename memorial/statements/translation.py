"""Which fields of the record have a column in every language."""

from modeltranslation.translator import TranslationOptions, register

from .models import Attachment, Event, EventName, Figure, Issuer, Occasion, Place, Source, Statement


@register([Issuer, Place, Occasion, Event])
class LabelTranslation(TranslationOptions):
    """A label's name and description."""

    fields = ("name", "description")


@register(EventName)
class EventNameTranslation(TranslationOptions):
    """Who uses a name."""

    fields = ("used_by",)


@register(Statement)
class StatementTranslation(TranslationOptions):
    """The head of each text; never falls back, since a statement's text does not mix languages."""

    fields = ("title", "summary")
    fallback_languages = {"default": ()}


@register(Source)
class SourceTranslation(TranslationOptions):
    """What the archive notes about a source."""

    fields = ("note",)


@register(Attachment)
class AttachmentTranslation(TranslationOptions):
    """What a file shows."""

    fields = ("caption",)


@register(Figure)
class FigureTranslation(TranslationOptions):
    """Whom a claimant counts."""

    fields = ("described",)
