"""Phrases as stored: what translators have written over the shipped catalogues, and every save of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.languages.tags import LanguageTagField, WhenDeleted


class Phrase(models.Model):
    """One string of the interface in one language. Saved by ``phrases.save`` only.

    ``key`` is the SHA-256 (hex) of the source's context and singular (see ``phrases.source``). ``forms`` has a text for
    each plural category of the language (``one``, ``few``, ``other`` ...), for a string that counts nothing ``other``
    alone. ``version`` counts the saves: a form says which one it was opened with.
    """

    language = LanguageTagField(_("language"), when_deleted=WhenDeleted.OWN)
    key = models.CharField(max_length=64)
    context = models.TextField(_("context"), blank=True)
    singular = models.TextField(_("string in the code"))
    plural = models.TextField(_("string in the code, plural"), blank=True)
    forms = models.JSONField(_("forms"))
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="one_phrase_a_language")]
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")

    def __str__(self) -> str:
        return f"{self.singular} ({self.language})"


class PhraseSave(models.Model):
    """One save of a phrase: append-only, so that what the site said can be found and put back."""

    language = LanguageTagField(_("language"), when_deleted=WhenDeleted.OWN)
    key = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    forms = models.JSONField(_("forms"), help_text=_("Empty: the shipped catalogue's again."))
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )

    class Meta:
        ordering = ["-saved_at", "-pk"]
        indexes = [models.Index(fields=["language", "key", "-version"], name="saves_of_a_phrase")]
        verbose_name = _("save of a phrase")
        verbose_name_plural = _("saves of phrases")

    def __str__(self) -> str:
        return f"{self.key} ({self.language}, {self.version})"
