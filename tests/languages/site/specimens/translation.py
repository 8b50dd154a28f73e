"""What is translated."""

from modeltranslation.translator import TranslationOptions, register

from .models import Book, Shelf


@register(Shelf)
class ShelfTranslation(TranslationOptions):
    """A label."""

    fields = ("label",)


@register(Book)
class BookTranslation(TranslationOptions):
    """A title and a summary."""

    fields = ("title", "summary")
