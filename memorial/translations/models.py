"""A statement in one language, its saved states, and the work on them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.languages.models import LanguageTagField, WhenDeleted
from memorial.statements.models import Statement

from .append_only import AppendOnly, AppendOnlyQuerySet
from .fields import RichTextField
from .witness import Witness
from .work import STAGE_AFTER, PrivateDraft, ReadyMark, ReviewStep, Significance, Stage

__all__ = ["PrivateDraft", "ReadyMark", "ReviewStep", "Revision", "Significance", "Stage", "Text", "Witness"]


class TextQuerySet(models.QuerySet["Text"]):
    """Questions about many texts."""

    def with_heads(self) -> Self:
        """With what a line about a text says: its head, who saved it, and what that was made from. No further query."""
        return self.select_related("head__saved_by", "head__based_on__text__head")

    def with_stage(self) -> Self:
        """With ``last_step``: what was last done about the head, or None. See ``Text.stage``."""
        last = ReviewStep.objects.filter(revision=OuterRef("head")).order_by("-pk").values("action")[:1]
        return self.annotate(last_step=Subquery(last))

    def with_significance(self) -> Self:
        """With ``significance``: how much its base has changed since, or None where it is up to date.

        The greatest significance among the revisions of the base's own text, newer than the base, that were marked
        ready for translation: a question to revisions, never to clocks.
        """
        newer = ReadyMark.objects.filter(
            revision__text=OuterRef("head__based_on__text"), revision__number__gt=OuterRef("head__based_on__number")
        )
        return self.annotate(significance=Subquery(newer.order_by("-significance").values("significance")[:1]))

    def outdated(self) -> Self:
        """Those whose base is older than the newest revision of its text that was marked ready for translation."""
        return self.with_significance().filter(significance__isnull=False)


class Text(models.Model):
    """A statement in one language; the original is a text like the others."""

    class Origin(models.TextChoices):
        ISSUED = "issued", _("issued by the issuer")
        OFFICIAL = "official", _("official translation")
        ARCHIVE = "archive", _("prepared by the archive")
        MACHINE = "machine", _("machine translation")

    Completeness = Witness.Completeness

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
    def stage(self) -> "Stage":
        """Where the work on its newest revision stands. Queries, unless ``with_stage()``."""
        if self.head_id is None:
            return Stage.MISSING
        if not hasattr(self, "last_step"):
            steps = ReviewStep.objects.filter(revision=self.head_id).order_by("-pk")
            self.last_step = steps.values_list("action", flat=True).first()
        return STAGE_AFTER.get(self.last_step or "", Stage.DRAFT)

    @property
    def outdated_by(self) -> "Significance | None":
        """How much its base has changed since; None: it is up to date. Queries, unless ``with_significance()``."""
        if not hasattr(self, "significance"):
            same = Text.objects.with_significance().filter(pk=self.pk)
            self.significance = same.values_list("significance", flat=True).get()  # type: ignore[misc] # annotated
        return Significance(self.significance) if self.significance else None


class RevisionQuerySet(AppendOnlyQuerySet["Revision"]):
    """Revisions are only ever added, one by one, by ``save.save_text``."""


class Revision(AppendOnly):
    """One saved state of a text. It is removed only with the whole of a statement that was never published."""

    refusal = "A revision is never changed or removed: save a new one with save_text()."

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
