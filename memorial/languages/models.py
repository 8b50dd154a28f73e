"""The languages of the site, the version of their set, what was done to them and what is asked for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .phrases.models import Phrase, PhraseSave
from .tags import BCP47, LanguageTagField, WhenDeleted

__all__ = [
    "BCP47", "Language", "LanguageChange", "LanguageRequest", "LanguageSet", "LanguageTagField", "Phrase",
    "PhraseSave", "WhenDeleted",
]  # fmt: skip


class LanguageQuerySet(models.QuerySet["Language"]):
    """Questions about many languages."""

    def public(self) -> "LanguageQuerySet":
        """Those that readers see."""
        return self.filter(state=Language.State.PUBLIC)

    def with_columns(self) -> "LanguageQuerySet":
        """Those whose columns are in the models: all but the leaving ones."""
        return self.exclude(state=Language.State.LEAVING)


class Language(models.Model):
    """A language of the site. Its columns are added and removed by the verbs of this room only."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("preparing: translators see it, readers do not")
        PUBLIC = "public", _("public")
        RETIRED = "retired", _("retired: hidden, nothing deleted")
        LEAVING = "leaving", _("leaving: no longer used, to be deleted")

    class Direction(models.TextChoices):
        LTR = "ltr", _("left to right")
        RTL = "rtl", _("right to left")

    class Review(models.TextChoices):
        """Who must have approved a text in this language before it is published."""

        NONE = "none", _("no review is needed")
        REVIEWER = "reviewer", _("a reviewer approves")
        OTHER = "other", _("a reviewer approves who is not the translator")

    tag = models.CharField(_("tag"), max_length=20, primary_key=True, validators=[BCP47])
    name_en = models.CharField(_("English name"), max_length=80)
    name_own = models.CharField(_("own name"), max_length=80)
    script = models.CharField(_("script"), max_length=4, help_text=_("ISO 15924, such as “Latn” or “Arab”."))
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices, default=Direction.LTR)
    fallbacks = models.JSONField(_("fallbacks"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREPARING)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    review = models.CharField(_("review"), max_length=10, choices=Review.choices, default=Review.NONE)
    plurals_like = models.CharField(
        _("plurals like"),
        max_length=20,
        blank=True,
        help_text=_("The tag of a language whose plural rule (CLDR) it follows, where CLDR does not know its own."),
    )

    objects = LanguageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "tag"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    def __str__(self) -> str:
        return f"{self.name_own} ({self.tag})"


class LanguageSet(models.Model):
    """One row: the version changes with all that processes keep in memory, and older processes then reload.

    ``phrases`` changes with every phrase: processes then read the phrases anew, and go on.
    """

    version = models.PositiveIntegerField(default=1)
    phrases = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("language set")
        verbose_name_plural = _("language sets")

    def __str__(self) -> str:
        return str(self.version)


class LanguageChange(models.Model):
    """What was done to a language, by whom (nobody: at the command line) and when. Written by the verbs only."""

    class Action(models.TextChoices):
        ENROLLED = "enrolled", _("added")
        AMENDED = "amended", _("described anew")
        CONFIRMED = "confirmed", _("formats and direction confirmed")
        PUBLISHED = "published", _("made public")
        RETIRED = "retired", _("retired")
        STOPPED = "stopped", _("taken out of use, to be deleted")
        DELETED = "deleted", _("exported and deleted")

    language = LanguageTagField(_("language"))
    action = models.CharField(_("what"), max_length=10, choices=Action.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    note = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of a language")
        verbose_name_plural = _("changes of languages")

    def __str__(self) -> str:
        return f"{self.language}: {self.get_action_display()}"


class LanguageRequest(models.Model):
    """A wish for a language: who asked, how they describe it, and what became of it. Moved by ``requests`` only."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("requested")
        ADDING = "adding", _("being added")
        ADDED = "added", _("added")
        FAILED = "failed", _("failed: nothing was changed")
        DECLINED = "declined", _("declined")

    language = LanguageTagField(_("tag"), validators=[BCP47])
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    name_own = models.CharField(_("own name"), max_length=80, blank=True)
    script = models.CharField(_("script"), max_length=4, blank=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Language.Direction.choices, blank=True)
    plurals_like = models.CharField(_("plurals like"), max_length=20, blank=True)
    fallbacks = models.JSONField(_("fallbacks"), default=list, blank=True)
    review = models.CharField(
        _("review"), max_length=10, choices=Language.Review.choices, default=Language.Review.REVIEWER
    )
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.REQUESTED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    requested_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    answer = models.TextField(_("answer"), blank=True, help_text=_("Why it was declined, or why it failed."))

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["language"],
                condition=models.Q(state__in=["requested", "adding", "failed"]),
                name="one_open_request_a_language",
                violation_error_message=_("Somebody has asked for this language already."),
            )
        ]
        verbose_name = _("request for a language")
        verbose_name_plural = _("requests for languages")

    def __str__(self) -> str:
        return f"{self.name_own or self.language}: {self.get_state_display()}"
