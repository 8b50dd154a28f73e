"""A statement in one language, and its saved states."""

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.languages.models import LanguageTagField, WhenDeleted
from memorial.statements.models import Statement

from .fields import RichTextField


class TextQuerySet(models.QuerySet["Text"]):
    """Questions about many texts."""

    def with_heads(self) -> Self:
        """With what a line about a text says: its head, who saved it, and what that was made from. No further query."""
        return self.select_related("head__saved_by", "head__based_on__text__head")

    def outdated(self) -> Self:
        """Those made from a revision that its own text has since left behind."""
        return self.filter(head__based_on__number__lt=F("head__based_on__text__head__number"))


class Text(models.Model):
    """A statement in one language; the original is a text like the others."""

    class Origin(models.TextChoices):
        ISSUED = "issued", _("issued by the issuer")
        OFFICIAL = "official", _("official translation")
        ARCHIVE = "archive", _("prepared by the archive")
        MACHINE = "machine", _("machine translation")

    class Completeness(models.TextChoices):
        FULL = "full", _("full text")
        EXTRACT = "extract", _("extract")
        SUMMARY = "summary", _("summary")

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="texts", verbose_name=_("statement")
    )
    language = LanguageTagField(_("language"), when_deleted=WhenDeleted.OWN)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices)
    completeness = models.CharField(
        _("completeness"), max_length=10, choices=Completeness.choices, default=Completeness.FULL
    )
    credit = models.CharField(
        _("translator's credit"), max_length=200, blank=True, help_text=_("Shown to readers. Empty: nobody is named.")
    )
    head = models.ForeignKey(
        "Revision",
        on_delete=models.RESTRICT,  # not PROTECT: a statement that was never published goes with all its texts
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("newest revision"),
    )

    objects = TextQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "language"], name="one_text_a_language")]
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self) -> str:
        return f"{self.statement_id} ({self.language})"

    @property
    def is_outdated(self) -> bool:
        """Whether the text that this one was made from has a newer revision. Queries, unless ``with_heads()``."""
        base = self.head.based_on if self.head else None
        return base is not None and base.pk != base.text.head_id


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions are only ever added, one by one, by ``save.save_text``."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse to change what has been saved."""
        raise TypeError(UNCHANGEABLE)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse to change what has been saved."""
        raise TypeError(UNCHANGEABLE)

    def delete(self) -> NoReturn:
        """Refuse to remove what has been saved."""
        raise TypeError(UNCHANGEABLE)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list["Revision"]:
        """Add many, as imports do; refuse to write over any."""
        if kwargs.get("update_conflicts"):
            raise TypeError(UNCHANGEABLE)
        return super().bulk_create(*args, **kwargs)


UNCHANGEABLE = "A revision is never changed or removed: save a new one with save_text()."


class Revision(models.Model):
    """One saved state of a text. Append-only: a row is never changed."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("text"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    body = RichTextField(_("text"), blank=True)
    based_on = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, related_name="+", verbose_name=_("made from")
    )
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["text", "-number"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="one_revision_a_number")]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what has been saved."""
        if not self._state.adding:
            raise TypeError(UNCHANGEABLE)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse to remove what has been saved; a statement that was never published goes as a whole."""
        raise TypeError(UNCHANGEABLE)
