"""Books on shelves, their drafts and their prints."""

from typing import Any

from django.db import models

from memorial.languages.models import LanguageTagField, WhenDeleted
from memorial.languages.queryset import TranslatedManager


class Shelf(models.Model):
    """Translated itself, and joined to books."""

    label = models.CharField(max_length=100)
    objects: Any = TranslatedManager()

    def __str__(self) -> str:
        return self.label


class Book(models.Model):
    """Ordinary and translated fields, an index, a relation."""

    number = models.CharField(max_length=40, unique=True)
    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    written_in = LanguageTagField(default="az")
    objects: Any = TranslatedManager()

    class Meta:
        indexes = [models.Index(fields=["written_in"], name="by_language")]

    def __str__(self) -> str:
        return self.number


class Draft(models.Model):
    """A row that belongs to a language, and points to the newest of those that hang on it."""

    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    language = LanguageTagField(when_deleted=WhenDeleted.OWN)
    newest = models.ForeignKey("Saved", on_delete=models.RESTRICT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.language


class Saved(models.Model):
    """One saved state of a draft, made from another."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE)
    body = models.TextField()
    made_from = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.body


class Print(models.Model):
    """A row that is kept for ever."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT)
    language = LanguageTagField(when_deleted=WhenDeleted.SEALED)

    def __str__(self) -> str:
        return self.language
