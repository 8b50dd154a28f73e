"""Editions: sealed revisions, which of them readers see, and which have been withdrawn."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.languages.models import Language, LanguageTagField, WhenDeleted
from memorial.statements.models import Event, Issuer, Occasion, Place, Statement
from memorial.translations.append_only import AppendOnlyQuerySet
from memorial.translations.models import Revision

from .claims import SealedFigure, SourceEdition
from .sealed import Sealed

__all__ = [
    "Edition",
    "EditionQuerySet",
    "MustHave",
    "SealedFigure",
    "SourceEdition",
    "Withdrawal",
    "WithdrawalQuerySet",
]


class EditionQuerySet(AppendOnlyQuerySet["Edition"]):
    """What is public, in the words of readers."""

    def released(self, now: datetime | None = None) -> Self:
        """Every edition whose text readers can read, in public languages: newest, earlier and withdrawn ones.

        Its moment has come, and it was not removed.
        """
        return self._come(now or timezone.now()).filter(~Exists(_withdrawals_of_it().filter(_TAKES_THE_TEXT)))

    def visible(self, now: datetime | None = None) -> Self:
        """The newest edition of each statement and language whose moment has come, unless it has been withdrawn.

        This is what lists, searches, feeds and harvesters find.
        """
        now = now or timezone.now()
        return self.standing(now).filter(~Exists(_later_ones().filter(visible_from__lte=now)))

    def standing(self, now: datetime | None = None) -> Self:
        """Every edition whose moment has come and that has not been withdrawn, in public languages.

        A statement has one of these in a language where, and only where, it has a visible one.
        """
        return self._come(now or timezone.now()).not_withdrawn()

    def withdrawn(self) -> Self:
        """What has been withdrawn."""
        return self.filter(Exists(_withdrawals_of_it()))

    def not_withdrawn(self) -> Self:
        """What has not been withdrawn."""
        return self.filter(~Exists(_withdrawals_of_it()))

    def with_withdrawal(self) -> Self:
        """Say of each edition whether it ``is_withdrawn``."""
        return self.annotate(is_withdrawn=Exists(_withdrawals_of_it()))

    def with_withdrawal_key(self) -> Self:
        """Say of each edition by which public withdrawal, the last one, it is withdrawn: ``withdrawal_key`` or None."""
        return self.annotate(withdrawal_key=Subquery(_withdrawals_of_it().public().newest_first().values("pk")[:1]))

    def with_removal(self) -> Self:
        """Say of each edition whether it ``is_removed``: nobody can read any of it."""
        return self.annotate(is_removed=Exists(_removals_of_it()))

    def seen(self, now: datetime | None = None) -> Self:
        """Every edition that readers can read, or could once, in public languages.

        For dates and numbers only: the words of those that were removed are shown to nobody.
        """
        return self._come(now or timezone.now()).not_called_off()

    def not_called_off(self) -> Self:
        """Without what was withdrawn before its moment: nobody ever saw that."""
        return self.filter(~Exists(_withdrawals_of_it().filter(withdrawn_at__lt=OuterRef("visible_from"))))

    def _come(self, now: datetime) -> Self:
        return self.filter(visible_from__lte=now, language__in=Language.objects.public().values("tag"))

    def newest(self) -> Self:
        """The newest edition of each statement and language, whether its moment has come or not: what editors see."""
        return self.filter(~Exists(_later_ones()))

    def latest_first(self) -> Self:
        """By the date of the statement, the latest first."""
        return self.order_by("-earliest", "-statement_id")

    def cards(self) -> Self:
        """Only what a list shows: not the body, the facts and the canonical form."""
        return self.select_related("statement").only(
            "language", "number", "title", "summary", "kind", "issuer_id", "occasion_id", "dated", "earliest", "latest",
            "completeness", "origin", "visible_from", "statement__sid", "statement__slug",
        )  # fmt: skip

    def without_words(self) -> Self:
        """Without the long columns that the desk does not show: who sealed it comes along."""
        return self.select_related("sealed_by").defer("summary", "body", "canonical")

    def next_moment(self, now: datetime | None = None) -> datetime | None:
        """When the next scheduled edition becomes visible: until then, nothing that readers see changes by itself."""
        waiting = self.filter(visible_from__gt=now or timezone.now()).order_by("visible_from")
        return waiting.values_list("visible_from", flat=True).first()


# What sorts a list, and what says whether an edition is the visible one: the end of each index for lists.
BY_DATE = ("-earliest", "-statement", "number", "visible_from")


def _later_ones() -> "EditionQuerySet":
    """The editions after the one of the outer query."""
    return Edition.objects.filter(
        statement=OuterRef("statement"), language=OuterRef("language"), number__gt=OuterRef("number")
    )


def _withdrawals_of_it() -> "WithdrawalQuerySet":
    """The withdrawals of the edition of the outer query."""
    return Withdrawal.objects.filter(
        statement=OuterRef("statement"), language=OuterRef("language"), number__gte=OuterRef("number")
    )


def _removals_of_it() -> "WithdrawalQuerySet":
    """Those of them that leave nothing to read."""
    return _withdrawals_of_it().filter(keeps_text=False)


# A withdrawal that leaves nothing to read; and whatever was withdrawn before its moment is never shown.
_TAKES_THE_TEXT = Q(keeps_text=False) | Q(withdrawn_at__lt=OuterRef("visible_from"))


class Edition(Sealed):
    """A revision sealed and made public, with the facts around it. Never changed, never deleted.

    The columns beside ``facts`` repeat what lists filter and sort by, so that they too see only what was sealed.
    """

    class Change(models.TextChoices):
        FIRST = "first", _("first edition")
        CORRECTION = "correction", _("correction")
        UPDATE = "update", _("update")

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="editions", db_index=False)
    language = LanguageTagField(_("language"), when_deleted=WhenDeleted.SEALED)
    number = models.PositiveIntegerField(_("edition"))
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="editions")
    change = models.CharField(_("kind of change"), max_length=12, choices=Change.choices)
    note = models.TextField(_("note for readers"), blank=True)
    visible_from = models.DateTimeField(_("visible from"))
    sealed_at = models.DateTimeField(_("sealed"), default=timezone.now)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("text"))
    kind = models.CharField(max_length=20)
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="editions", db_index=False)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, null=True, related_name="editions", db_index=False)
    events = models.ManyToManyField(Event, related_name="editions")
    places = models.ManyToManyField(Place, related_name="editions")
    dated = models.CharField(max_length=40)
    earliest = models.DateField()
    latest = models.DateField()
    origin = models.CharField(max_length=10)
    completeness = models.CharField(max_length=10)
    facts = models.JSONField()
    canonical = models.TextField()
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["statement_id", "language", "-number"]
        constraints = [models.UniqueConstraint(fields=["statement", "language", "number"], name="one_edition_a_number")]
        indexes = [
            # Lists read these alone until they have found their page: the rows themselves are long.
            models.Index(fields=["language", *BY_DATE, "latest"], name="editions_by_day"),
            models.Index(
                fields=["language", "-latest", "statement", "number", "visible_from"], name="editions_by_last_day"
            ),
            models.Index(
                fields=["-earliest", "-statement", "language", "number", "visible_from"], name="editions_of_all"
            ),
            models.Index(fields=["issuer", "language", *BY_DATE, "completeness"], name="editions_of_issuer"),
            models.Index(fields=["occasion", "language", *BY_DATE], name="editions_by_occasion"),
            # Which issuers spoke on which occasions is asked of each pair.
            models.Index(fields=["occasion", "issuer", "language", *BY_DATE], name="editions_of_series"),
            models.Index(fields=["statement", "language", "-number", "visible_from"], name="editions_newest"),
            models.Index(fields=["visible_from"], name="editions_by_moment"),
        ]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return f"{self.title} ({self.language}, {self.number})"


class WithdrawalQuerySet(AppendOnlyQuerySet["Withdrawal"]):
    """What readers are told of withdrawals."""

    def public(self) -> Self:
        """In public languages, where it took something from readers that they could find, or could read, before."""
        earlier = _withdrawals_of_it().filter(
            # One that removes takes also what was withdrawn before and could still be read.
            pk__lt=OuterRef(OuterRef("pk")), keeps_text__lte=OuterRef(OuterRef("keeps_text")),
        )  # fmt: skip
        taken = _seen_before_it().filter(~Exists(earlier))
        return self.filter(Exists(taken), language__in=Language.objects.public().values("tag"))

    def about(self, condition: Q) -> Self:
        """Those of which a ``condition`` on editions holds for something that readers saw."""
        return self.filter(Exists(_seen_before_it().filter(condition)))

    def with_edition(self, *columns: str) -> Self:
        """Say of each which edition readers saw last before it: ``edition_pk``, and ``edition_...`` for each column.

        ``is_removed`` says whether that can no longer be read, by this withdrawal or a later one.
        """
        last = _seen_before_it().order_by("-number")
        of_last = {f"edition_{name}": Subquery(last.values(name)[:1]) for name in ("pk", *columns)}
        return self.annotate(**of_last, is_removed=Exists(_removals_of_it()))

    def newest_first(self) -> Self:
        """The last one first."""
        return self.order_by("-withdrawn_at", "-pk")


def _seen_before_it() -> EditionQuerySet:
    """The editions, public ones or not, that the withdrawal of the outer query took after their moment had come."""
    its_own = {name: OuterRef(name) for name in ("statement", "language")}
    until = {"number__lte": OuterRef("number"), "visible_from__lte": OuterRef("withdrawn_at")}
    return Edition.objects.not_called_off().filter(**its_own, **until)


class Withdrawal(Sealed):
    """A statement's text in one language withdrawn, with all its editions up to ``number``.

    Where it keeps the text, that can still be read, under a notice; else there is the notice alone. It ends with the
    next edition, and is never taken back.
    """

    refusal = "A withdrawal is kept: publish the text again."

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="withdrawals", db_index=False)
    language = LanguageTagField(_("language"), when_deleted=WhenDeleted.SEALED)
    number = models.PositiveIntegerField(_("edition"))
    keeps_text = models.BooleanField(_("the text can still be read"))
    reason = models.TextField(_("reason for readers"))
    withdrawn_at = models.DateTimeField(_("withdrawn"))
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["statement_id", "language", "-number", "keeps_text"]
        constraints = [
            # In the order in which an edition is asked whether it is withdrawn.
            models.UniqueConstraint(
                fields=["statement", "language", "number", "keeps_text"], name="one_withdrawal_a_kind"
            )
        ]
        indexes = [models.Index(fields=["withdrawn_at"], name="withdrawals_by_moment")]
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return f"{self.statement_id} ({self.language}, {self.number})"


class MustHave(models.Model):
    """What a language needs before it is made public: one statement, or all statements on one occasion."""

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("statement")
    )
    occasion = models.OneToOneField(
        Occasion, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("occasion")
    )
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(statement__isnull=False) ^ models.Q(occasion__isnull=False),
                name="must_have_names_a_statement_or_an_occasion",
            )
        ]
        verbose_name = _("statement that must be ready")
        verbose_name_plural = _("statements that must be ready")

    def __str__(self) -> str:
        return str(self.statement or self.occasion)
