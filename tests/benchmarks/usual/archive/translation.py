"""The translated fields of the usual site."""

from modeltranslation.translator import TranslationOptions, register

from .models import Event, Figure, Issuer, Occasion, Place, Statement


@register([Issuer, Occasion, Event, Place])
class NamedOptions(TranslationOptions):
    """Labels have a name in each language."""

    fields = ("name",)


@register(Statement)
class StatementOptions(TranslationOptions):
    """Statements have their words in each language."""

    fields = ("title", "summary", "body")


@register(Figure)
class FigureOptions(TranslationOptions):
    """Figures say in each language what they count."""

    fields = ("described",)
