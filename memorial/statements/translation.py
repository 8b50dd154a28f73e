"""Which fields of the record have a column in every language."""

from modeltranslation.translator import TranslationOptions, register

from .models import Attachment, Event, EventName, Figure, Gap, Issuer, Occasion, Person, Place, Source, Statement


@register([Issuer, Person, Place, Occasion])
class LabelTranslation(TranslationOptions):
    """A label's name and description."""

    fields = ("name", "description")


@register(Event)
class EventTranslation(TranslationOptions):
    """An event's name and description, and whose voice is missing on it."""

    fields = ("name", "description", "coverage")


@register(Gap)
class GapTranslation(TranslationOptions):
    """What is missing."""

    fields = ("note",)


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
