"""The languages of the site, and the version of their set."""

import enum
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

BCP47 = RegexValidator(
    r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$", _("Enter a language tag (BCP 47) in lower case, such as “fa” or “pt-br”.")
)


class WhenDeleted(enum.Enum):
    """What becomes of a row that holds a language's tag, when the language is deleted from the site.

    Rows that a language owns go with all that cascades from them; among themselves they point by RESTRICT, not PROTECT.
    """

    MENTION = "the row stays: it only mentions the language"
    OWN = "the row belongs to the language: it is exported and deleted"
    SEALED = "the row is kept for ever, and the language with it: retire it instead"


class LanguageTagField(models.CharField):  # type: ignore[type-arg]
    """A column that holds a BCP 47 tag; no choices, so migrations do not depend on the site's languages.

    ``when_deleted`` is a rule of ours and not of the database: migrations do not see it.
    """

    def __init__(self, *args: Any, when_deleted: WhenDeleted = WhenDeleted.MENTION, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        self.when_deleted = when_deleted
        super().__init__(*args, **kwargs)


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

    tag = models.CharField(_("tag"), max_length=20, primary_key=True, validators=[BCP47])
    name_en = models.CharField(_("English name"), max_length=80)
    name_own = models.CharField(_("own name"), max_length=80)
    script = models.CharField(_("script"), max_length=4, help_text=_("ISO 15924, such as “Latn” or “Arab”."))
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices, default=Direction.LTR)
    fallbacks = models.JSONField(_("fallbacks"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREPARING)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = LanguageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "tag"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    def __str__(self) -> str:
        return f"{self.name_own} ({self.tag})"


class LanguageSet(models.Model):
    """One row: the version changes with all that processes keep in memory, and older processes then reload."""

    version = models.PositiveIntegerField(default=1)

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

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of a language")
        verbose_name_plural = _("changes of languages")

    def __str__(self) -> str:
        return f"{self.language}: {self.get_action_display()}"
