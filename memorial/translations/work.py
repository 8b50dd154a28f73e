"""The work on texts: private drafts, steps of review, and revisions that are ready to be translated."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.languages.tags import LanguageTagField, WhenDeleted


class Stage(models.TextChoices):
    """Where the work on a text's newest revision stands. Derived from its last step, never stored."""

    MISSING = "missing", pgettext_lazy("state of a text", "missing")
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in-review", _("in review")
    APPROVED = "approved", _("approved")


class ReviewStep(models.Model):
    """One step of the review of one revision. Append-only; a new revision begins anew, as a draft."""

    class Action(models.TextChoices):
        SUBMITTED = "submitted", _("sent to review")
        SENT_BACK = "sent-back", _("sent back")
        APPROVED = "approved", _("approved")
        REOPENED = "reopened", _("opened again")

    revision = models.ForeignKey(
        "translations.Revision", on_delete=models.CASCADE, related_name="steps", verbose_name=_("revision")
    )
    action = models.CharField(_("what"), max_length=10, choices=Action.choices)
    message = models.TextField(pgettext_lazy("about a text", "message"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["revision", "-id"], name="steps_of_a_revision")]
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of reviews")

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.get_action_display()}"


STAGE_AFTER = {
    ReviewStep.Action.SUBMITTED.value: Stage.IN_REVIEW,
    ReviewStep.Action.SENT_BACK.value: Stage.DRAFT,
    ReviewStep.Action.APPROVED.value: Stage.APPROVED,
    ReviewStep.Action.REOPENED.value: Stage.DRAFT,
}


class Significance(models.IntegerChoices):
    """What a change of the source means for its translations; the greater number, the greater the need."""

    WORDING = 1, _("wording only")
    MEANING = 2, _("meaning")
    URGENT = 3, _("urgent")


class ReadyMark(models.Model):
    """A revision that is ready to be translated, and what has changed in it since the one that was ready before."""

    revision = models.OneToOneField(
        "translations.Revision", on_delete=models.CASCADE, related_name="ready", verbose_name=_("revision")
    )
    significance = models.PositiveSmallIntegerField(_("significance"), choices=Significance.choices)
    note = models.TextField(_("note for translators"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("revision ready for translation")
        verbose_name_plural = _("revisions ready for translation")

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.get_significance_display()}"


class PrivateDraft(models.Model):
    """What one person has typed and not saved, in one language of one statement. Nobody else ever sees it.

    ``seen`` is the head that the page was opened with, ``based_on`` the revision of the source that was shown.
    """

    statement = models.ForeignKey("statements.Statement", on_delete=models.CASCADE, related_name="+")
    language = LanguageTagField(_("language"), when_deleted=WhenDeleted.OWN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.TextField(_("title"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("text"), blank=True)
    facts = models.JSONField(default=dict, blank=True)
    seen = models.ForeignKey("translations.Revision", on_delete=models.CASCADE, null=True, related_name="+")
    based_on = models.ForeignKey("translations.Revision", on_delete=models.CASCADE, null=True, related_name="+")
    typed_at = models.DateTimeField(_("typed"), default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "language", "by"], name="one_private_draft_each")]
        verbose_name = _("private draft")
        verbose_name_plural = _("private drafts")

    def __str__(self) -> str:
        return f"{self.statement_id} ({self.language})"
