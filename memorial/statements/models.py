"""The record's models; the labels that statements refer to are in ``labels``."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from memorial.languages.columns import column_name, languages
from memorial.languages.models import LanguageTagField, WhenDeleted
from memorial.languages.queryset import TranslatedManager

from .dated import Dated
from .fields import StatedDateField, new_sid
from .files import place_of
from .gaps import Gap
from .labels import Event, EventName, Issuer, Occasion, Person, Place
from .spellings import IssuerSpelling, PersonSpelling, PlaceSpelling

__all__ = [
    "Attachment",
    "Event",
    "EventName",
    "Figure",
    "Gap",
    "Issuer",
    "IssuerSpelling",
    "Occasion",
    "Person",
    "PersonSpelling",
    "Place",
    "PlaceSpelling",
    "Source",
    "Statement",
]


# Columns of a statement that follow from its texts: the base columns of the heads, and the counter of blocks.
HEADS = {"title", "summary", "last_block"}


class Statement(Dated):
    """One act of one issuer on one date: the work. Its texts are in ``translations``.

    ``title`` and ``summary`` are translated columns, the head of each text. ``translations.save.save_text`` alone
    writes them: a whole-row ``save()`` of a stored statement leaves them out, so that a record form that was opened
    before a translator saved cannot put old titles back.
    """

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("statement")
        ADDRESS = "address", pgettext_lazy("kind of statement", "address")
        RESOLUTION = "resolution", _("resolution")
        DECREE = "decree", _("decree")
        DECLARATION = "declaration", _("declaration")
        MESSAGE = "message", _("message")
        NOTE = "note", pgettext_lazy("kind of statement", "note")

    sid = models.CharField(_("permanent id"), max_length=8, unique=True, editable=False, default=new_sid)
    slug = models.SlugField(
        _("words in the address"),
        max_length=80,
        help_text=_("For readers of the address; may change, the id never does."),
    )
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="statements", verbose_name=_("issuer"))
    person = models.CharField(_("person, as stated"), max_length=200, blank=True)
    person_role = models.CharField(_("role, as stated"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.STATEMENT)
    occasion = models.ForeignKey(
        Occasion, on_delete=models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("occasion")
    )
    issued = StatedDateField(
        _("issued"), blank=True,
        help_text=_("The moment it was given out, with its zone if known: 2025-01-19T22:01+04:00, or only the day."),
    )  # fmt: skip
    original_language = LanguageTagField(_("original language"), when_deleted=WhenDeleted.SEALED)
    events = models.ManyToManyField(Event, blank=True, related_name="statements", verbose_name=_("events"))
    places = models.ManyToManyField(Place, blank=True, related_name="statements", verbose_name=_("places"))
    related = models.ManyToManyField("self", blank=True, verbose_name=_("related statements"))
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    last_block = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects: Any = TranslatedManager()

    class Meta:
        ordering = ["-earliest", "-pk"]
        indexes = [
            # What the desk lists and filters, in its order.
            models.Index(fields=["-earliest", "-id"], name="statements_by_day"),
            models.Index(fields=["original_language", "-earliest", "-id"], name="statements_by_language"),
            models.Index(fields=["kind", "-earliest", "-id"], name="statements_by_kind"),
            models.Index(fields=["occasion", "-earliest", "-id"], name="statements_by_occasion"),
        ]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        """The title in the active language, else in the original one, else the id; never a query."""
        for tag in (get_language(), self.__dict__.get("original_language")):
            if tag and (title := self.__dict__.get(column_name("title", tag))):
                return str(title)
        return self.sid

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the record, without the heads of its texts (see the class) unless ``update_fields`` names them."""
        if not self._state.adding and not args and kwargs.keys() <= {"using"}:
            kwargs["update_fields"] = {
                field.name
                for field in self._meta.concrete_fields
                if not field.primary_key
                and field.attname not in self.get_deferred_fields() | HEADS | self.head_columns()
            }
        super().save(*args, **kwargs)

    @classmethod
    def head_columns(cls) -> set[str]:
        """The columns of title and summary in every language."""
        return {column_name(base, tag) for base in ("title", "summary") for tag in languages()}

    @property
    def anniversary(self) -> int | None:
        """The number of the occasion's return that is nearest to this statement's date, where one is counted."""
        if self.occasion is None or not self.dated:
            return None
        return self.occasion.anniversary(self.occasion.year_of(self.middle))


class Source(models.Model):
    """Where a text or a figure was read. A source without a statement carries figures only."""

    class What(models.TextChoices):
        OFFICIAL = "official", _("the issuer's own publication")
        RELAY = "relay", _("a relay of the text")
        RELAY_FULL = "relay-full", _("a relay of the full text")
        RELAY_EXTRACT = "relay-extract", _("a relay of parts of the text")
        REPORT = "report", _("a report about the statement")
        BACKGROUND = "background", _("a background note of the publisher's own")

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, null=True, blank=True, related_name="sources", verbose_name=_("statement")
    )
    ref = models.CharField(_("permanent id"), max_length=8, unique=True, editable=False, default=new_sid)
    publisher = models.CharField(_("publisher"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)
    language = LanguageTagField(_("language"))
    published = StatedDateField(
        _("published"),
        blank=True,
        help_text=_("As the source gives it: 2024-01-19T23:49, 2025-01-19T22:01+04:00, 2026-01-19."),
    )
    what = models.CharField(_("what it is"), max_length=20, choices=What.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects: Any = TranslatedManager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return f"{self.publisher}, {self.published}" if self.published else self.publisher


class Attachment(models.Model):
    """A file kept with a statement, under the SHA-256 of its bytes. Made by ``attachments.keep`` alone."""

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("statement")
    )
    file = models.FileField(_("file"), upload_to=place_of)
    name = models.CharField(_("file name"), max_length=200, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    content_type = models.CharField(max_length=60, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False, db_index=True)
    language = LanguageTagField(_("language"), blank=True)
    caption = models.CharField(_("caption"), max_length=300, blank=True)

    objects: Any = TranslatedManager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["statement", "sha256"], name="one_copy_a_statement")]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name


class Figure(models.Model):
    """One number in one place of one text, by one claimant, on one date. Never merged with another."""

    class Measure(models.TextChoices):
        KILLED = "killed", _("killed")
        INJURED = "injured", _("injured")
        MISSING = "missing", _("missing")
        DETAINED = "detained", _("detained")
        DISPLACED = "displaced", _("displaced")
        OTHER = "other", _("other")

    class Precision(models.TextChoices):
        EXACT = "exact", _("exactly")
        AT_LEAST = "at-least", _("at least")
        ABOUT = "about", _("about")
        WORDS = "words", _("in words, no number")

    fid = models.CharField(_("permanent id"), max_length=8, unique=True, editable=False, default=new_sid)
    claimant = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="figures", verbose_name=_("claimant"))
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="figures", verbose_name=_("event"))
    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, null=True, blank=True, related_name="figures", verbose_name=_("statement")
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=_("source")
    )
    measure = models.CharField(_("of"), max_length=20, choices=Measure.choices)
    precision = models.CharField(_("precision"), max_length=10, choices=Precision.choices, default=Precision.EXACT)
    minimum = models.PositiveIntegerField(_("number, or lowest"), null=True, blank=True)
    maximum = models.PositiveIntegerField(_("highest"), null=True, blank=True, help_text=_("Only for a range."))
    described = models.CharField(
        _("counted as"),
        max_length=200,
        blank=True,
        help_text=_("Whom the claimant counts, in its terms: “civilians killed”."),
    )
    wording = models.CharField(
        _("verbatim wording"), max_length=400, blank=True, help_text=_("Exactly as the text has it, or empty.")
    )
    wording_language = LanguageTagField(_("language of the wording"), blank=True)
    block = models.CharField(
        _("paragraph"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^p[1-9]\d*$", _("Enter the key of a paragraph, such as p4."))],
        help_text=_("The key of the paragraph, such as p4."),
    )
    claimed = StatedDateField(_("date of the claim"))

    objects: Any = TranslatedManager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(precision="words", minimum__isnull=True, maximum__isnull=True)
                | (~models.Q(precision="words") & models.Q(minimum__isnull=False)),
                name="figure_has_a_number_or_is_in_words",
                violation_error_message=_("Enter the number, or choose “in words, no number” and leave it empty."),
            ),
            models.CheckConstraint(
                condition=models.Q(maximum__isnull=True) | models.Q(maximum__gt=models.F("minimum")),
                name="figure_range_ascends",
                violation_error_message=_("The highest number must be greater than the lowest."),
            ),
            models.CheckConstraint(
                condition=models.Q(wording="", wording_language="") | ~models.Q(wording_language=""),
                name="figure_wording_has_a_language",
                violation_error_message=_("Say which language the verbatim wording is in."),
            ),
        ]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        number = "" if self.minimum is None else str(self.minimum) + (f"–{self.maximum}" if self.maximum else "")
        return f"{number} {self.get_measure_display()}".strip()

    def clean(self) -> None:
        """Every figure was read somewhere, and what it says about that place agrees."""
        errors: dict[str, Any] = {}
        if self.statement_id is None and self.source_id is None and not self._belongs_to_a_form():
            raise ValidationError(_("Say where the figure stands: name its statement or its source."))
        if self.source and self.source.statement_id not in (None, self.statement_id):
            errors["source"] = _("This source belongs to another statement.")
        if self.block and self.statement_id is None and not self._belongs_to_a_form():
            errors["block"] = _("Only a figure in a statement's text has a paragraph.")
        if self.precision == self.Precision.WORDS and not self.wording:
            errors["wording"] = _("Enter the words that stand for the number.")
        if errors:
            raise ValidationError(errors)

    def _belongs_to_a_form(self) -> bool:
        """Whether the statement is being entered in the same form, and has no row yet."""
        return "statement" in self._state.fields_cache
