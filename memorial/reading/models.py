"""What the readers' door keeps of its own: what has been indexed for search, and who wants to be told by mail."""

import secrets
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.languages.models import LanguageTagField, WhenDeleted
from memorial.publishing.models import Edition
from memorial.statements.models import Issuer, Occasion, Statement


class SearchEntry(models.Model):
    """One edition in the index for search: what hits are sorted, filtered and counted by.

    Everything here repeats what is sealed, or follows from it. The words themselves are where the database searches
    them (``search.sqlite``, ``search.postgresql``). Only editions that are visible, or will be, have an entry.
    """

    edition = models.OneToOneField(
        Edition, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )
    analyser = models.PositiveIntegerField(help_text="text.analysis.VERSION of the words that are kept.")
    sequence = models.BigIntegerField(
        unique=True, help_text="Ascending from the newest statement to the oldest; never given to other words again."
    )
    statement = models.ForeignKey(
        Statement, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    language = LanguageTagField(when_deleted=WhenDeleted.SEALED)
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(null=True, help_text="From when on a later edition is visible instead.")
    kind = models.CharField(max_length=20)
    issuer = models.ForeignKey(
        Issuer, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    occasion = models.ForeignKey(
        Occasion, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, null=True, related_name="+"
    )
    events = models.TextField(blank=True, help_text="Keys of events, with spaces between.")
    places = models.TextField(blank=True, help_text="Keys of places, with spaces between.")
    original_language = LanguageTagField(when_deleted=WhenDeleted.SEALED)
    has_figures = models.BooleanField()
    earliest = models.DateField()
    latest = models.DateField()

    class Meta:
        indexes = [
            models.Index(
                fields=["statement", "language", "visible_from", "visible_until"], name="entries_by_statement"
            ),
            models.Index(fields=["analyser"], name="entries_by_analyser"),
        ]
        verbose_name = "search entry"
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return str(self.pk)


class SearchWord(models.Model):
    """One form that stands in the index: what a mistyped word is compared with, and what begins like a typed one."""

    channel = models.CharField(max_length=1)
    form = models.CharField(max_length=64)
    readable = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "form"], name="one_word_a_form")]
        indexes = [
            # Where the database sorts by the rules of a language, only this finds what a form begins with.
            models.Index(fields=["form", "channel"], name="words_by_beginning", opclasses=["varchar_pattern_ops"] * 2)
        ]
        verbose_name = "search word"
        verbose_name_plural = "search words"

    def __str__(self) -> str:
        return self.readable


class SiteChange(models.Model):
    """A transaction that changed what readers see; written in it, for the kept pages of every machine."""

    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "change of the site"
        verbose_name_plural = "changes of the site"

    def __str__(self) -> str:
        return str(self.pk)


class ServingMachine(models.Model):
    """A machine that keeps pages of this site, and how far it has seen its changes (``page_cache.machines``)."""

    name = models.CharField(max_length=100, primary_key=True)
    promised_at = models.DateTimeField()
    looked_at = models.DateTimeField()

    class Meta:
        verbose_name = "serving machine"
        verbose_name_plural = "serving machines"

    def __str__(self) -> str:
        return self.name


class PendingRebuild(models.Model):
    """While there is a row, the index does not hold everything: ``rebuild_search`` has yet to begin or to end."""

    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "pending rebuild"
        verbose_name_plural = "pending rebuilds"

    def __str__(self) -> str:
        return str(self.since)


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
