"""What is sealed of sources, and the figures of everything sealed: who claims which number."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.languages.models import LanguageTagField, WhenDeleted
from memorial.statements.models import Event, Figure, Issuer, Source, Statement
from memorial.translations.append_only import AppendOnlyQuerySet

from .sealed import Sealed


class SourceEditionQuerySet(AppendOnlyQuerySet["SourceEdition"]):
    """What readers see of sources."""

    def released(self, now: datetime | None = None) -> Self:
        """Every edition whose moment has come."""
        return self.filter(visible_from__lte=now or timezone.now())

    def visible(self, now: datetime | None = None) -> Self:
        """The newest released edition of each source."""
        now = now or timezone.now()
        later = SourceEdition.objects.filter(
            source=OuterRef("source"), number__gt=OuterRef("number"), visible_from__lte=now
        )
        return self.released(now).filter(~Exists(later))


class SourceEdition(Sealed):
    """A source sealed and made public by itself: its own wording of a statement, its own figures, or both.

    A statement's editions name their sources in their facts. This is for what they do not hold: the wording of a
    relay, and figures that stand in no statement (a news agency's background note). Language-neutral: one edition of
    a source for readers of every language; ``facts`` hold each note and label in every language that has it.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="editions", db_index=False)
    number = models.PositiveIntegerField(_("edition"))
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="source_editions")
    note = models.TextField(_("note for readers"), blank=True)
    visible_from = models.DateTimeField(_("visible from"))
    sealed_at = models.DateTimeField(_("sealed"), default=timezone.now)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    language = LanguageTagField(_("language"), when_deleted=WhenDeleted.SEALED)
    title = models.CharField(_("title"), max_length=300, blank=True)
    body = models.TextField(_("wording"), blank=True)
    completeness = models.CharField(max_length=10, blank=True)
    facts = models.JSONField()
    canonical = models.TextField()
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = SourceEditionQuerySet.as_manager()

    class Meta:
        ordering = ["source_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="one_source_edition_a_number")]
        indexes = [models.Index(fields=["visible_from"], name="source_editions_by_moment")]
        verbose_name = _("edition of a source")
        verbose_name_plural = _("editions of sources")

    def __str__(self) -> str:
        return f"{self.source_id} ({self.number})"


class SealedFigureQuerySet(AppendOnlyQuerySet["SealedFigure"]):
    """Questions to the ledger."""

    def visible(self, now: datetime | None = None, *, languages: "models.QuerySet[Any] | None" = None) -> Self:
        """Those of visible editions and of visible source editions; a figure of many languages stands here for each."""
        from .models import Edition

        editions = Edition.objects.visible(now).filter(pk=OuterRef("edition"))
        if languages is not None:
            editions = editions.filter(language__in=languages)
        sources = SourceEdition.objects.visible(now).filter(pk=OuterRef("source_edition"))
        return self.filter(Q(Exists(editions)) | Q(Exists(sources)))


class SealedFigure(Sealed):
    """One figure of one edition, or of one source edition: what the ledger finds, filters and sorts by.

    Everything here repeats the sealed facts (``facts["figures"][position]``), which hold the rest: whom the claimant
    counts, in words, and the verbatim wording.
    """

    fid = models.CharField(max_length=8)
    edition = models.ForeignKey(
        "publishing.Edition", on_delete=models.PROTECT, null=True, related_name="sealed_figures"
    )
    source_edition = models.ForeignKey(
        SourceEdition, on_delete=models.PROTECT, null=True, related_name="sealed_figures"
    )
    position = models.PositiveSmallIntegerField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sealed_figures", db_index=False)
    claimant = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="sealed_figures", db_index=False)
    measure = models.CharField(max_length=20, choices=Figure.Measure.choices)
    precision = models.CharField(max_length=10, choices=Figure.Precision.choices)
    minimum = models.PositiveIntegerField(null=True)
    maximum = models.PositiveIntegerField(null=True)
    claimed = models.CharField(max_length=40)
    earliest = models.DateField()
    latest = models.DateField()

    objects = SealedFigureQuerySet.as_manager()

    class Meta:
        ordering = ["earliest", "fid"]
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__isnull=False) ^ Q(source_edition__isnull=False),
                name="sealed_figure_is_of_one_edition",
            )
        ]
        indexes = [
            models.Index(fields=["event", "earliest", "fid"], name="figures_of_event_by_date"),
            models.Index(fields=["event", "measure", "earliest", "fid"], name="figures_by_event"),
            models.Index(fields=["claimant", "earliest", "fid"], name="figures_by_claimant"),
            models.Index(fields=["fid"], name="figures_by_fid"),
        ]
        verbose_name = _("sealed figure")
        verbose_name_plural = _("sealed figures")

    def __str__(self) -> str:
        return self.fid
