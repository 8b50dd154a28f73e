"""What the readers' door keeps of its own: what has been indexed for search, and who wants to be told by mail."""

import secrets
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.languages.models import LanguageTagField
from memorial.publishing.models import Edition


class SearchEntry(models.Model):
    """One edition in the index for search. The words themselves are where the database searches them (``search``)."""

    edition = models.OneToOneField(Edition, on_delete=models.DO_NOTHING, primary_key=True, related_name="+")
    analyser = models.PositiveIntegerField(help_text="text.analysis.VERSION of the words that are kept.")

    class Meta:
        verbose_name = "search entry"
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return str(self.pk)


def new_token() -> str:
    """A secret that stands for an address in links: 192 bits of chance."""
    return secrets.token_urlsafe(24)


class Subscription(models.Model):
    """A wish to be told by mail. Nothing is kept but where to write, what about, and until when it was told."""

    class Frequency(models.TextChoices):
        IMMEDIATE = "immediate", _("with every publication")
        WEEKLY = "weekly", _("once a week")

    token = models.CharField(max_length=40, unique=True, default=new_token)
    email = models.EmailField(_("e-mail address"))
    language = LanguageTagField(_("language"))
    query = models.CharField(_("what about"), max_length=600, blank=True)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency.choices, default=Frequency.IMMEDIATE)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(null=True)

    objects: Any = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["email", "query", "language"], name="one_wish_an_address")]
        indexes = [models.Index(fields=["frequency", "told_until"], name="subscriptions_due")]
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")

    def __str__(self) -> str:
        return self.token[:6]
