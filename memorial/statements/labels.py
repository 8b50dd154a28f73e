"""What statements refer to: issuers, places, occasions and events, with names in every language."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from memorial.languages.columns import column_name, languages
from memorial.languages.formats import language_name
from memorial.languages.models import LanguageTagField
from memorial.languages.queryset import TranslatedManager

from .dated import Dated


class Labelled(models.Model):
    """A row that is called something in every language and has one address in all of them."""

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("Part of the public address; the same in all languages.")
    )
    name = models.CharField(_("name"), max_length=250)
    description = models.TextField(_("description"), blank=True)

    objects: Any = TranslatedManager()

    class Meta:
        abstract = True
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name or self.slug

    def clean(self) -> None:
        """Refuse a label without a name."""
        super().clean()
        self.require_name()

    def require_name(self) -> None:
        """Refuse a label without a name in the site's default language, to which every other one falls back.

        A stored label that never had one may be edited without it, since a translator could not enter it: it keeps a
        name in one language at least. One query for such a label.
        """
        default = settings.LANGUAGE_CODE
        column = column_name("name", default)
        if getattr(self, column):
            return
        stored = type(self)._base_manager.filter(pk=self.pk)
        if self._state.adding or stored.exclude(**{f"{column}__isnull": True}).exclude(**{column: ""}).exists():
            message = _("Enter the name in %(language)s too. It is shown in languages that have no name of their own.")
            language = language_name(default, get_language() or default)
            raise ValidationError(message, code="nameless", params={"language": language})
        if not any(getattr(self, column_name("name", tag)) for tag in languages()):
            raise ValidationError(_("Enter the name in one language at least."), code="nameless")


class Issuer(Labelled):
    """A body or person who speaks, or who states figures (a claimant)."""

    class Kind(models.TextChoices):
        HEAD_OF_STATE = "head-of-state", _("head of state")
        GOVERNMENT = "government", _("government")
        MINISTRY = "ministry", _("ministry")
        PARLIAMENT = "parliament", _("parliament")
        INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental body")
        COURT = "court", _("court")
        NEWS_AGENCY = "news-agency", _("news agency")
        ORGANISATION = "organisation", _("organisation")
        PERSON = "person", _("person")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Enter two capital letters, such as AZ."))],
        help_text=_("ISO 3166 code, such as AZ. Empty for a body of many."),
    )
    website = models.URLField(_("website"), blank=True)

    class Meta(Labelled.Meta):
        verbose_name = _("issuer")
        verbose_name_plural = _("issuers")


class Place(Labelled):
    """A place that statements name."""

    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(Decimal(-90)), MaxValueValidator(Decimal(90))],
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(Decimal(-180)), MaxValueValidator(Decimal(180))],
    )  # fmt: skip

    class Meta(Labelled.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="place_has_both_coordinates_or_none",
                violation_error_message=_("Enter both the latitude and the longitude, or neither."),
            )
        ]
        verbose_name = _("place")
        verbose_name_plural = _("places")


class Person(Labelled):
    """A person whom statements name: kept so that every spelling of the name is found, not as a page of its own."""

    class Meta(Labelled.Meta):
        verbose_name = _("person named")
        verbose_name_plural = _("persons named")


class Event(Labelled, Dated):
    """What is commemorated, or what statements cite. Its parts are events themselves."""

    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of, or cited with"),
    )
    places = models.ManyToManyField(Place, blank=True, related_name="events", verbose_name=_("places"))
    coverage = models.TextField(
        _("not heard"),
        blank=True,
        help_text=_("Whose statements on the event the archive has looked for and does not hold, and since when."),
    )

    class Meta(Labelled.Meta):
        ordering = ["earliest", "latest", "slug"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        """Refuse an event that is, over however many steps, a part of itself. One query a step."""
        super().clean()
        whole = self.part_of
        while whole is not None:
            if whole.pk == self.pk:
                raise ValidationError({"part_of": _("An event cannot be a part of itself or of one of its own parts.")})
            whole = whole.part_of


class EventName(models.Model):
    """A name that somebody uses for an event, with who uses it. The archive itself prefers none."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="names", verbose_name=_("event"))
    name = models.CharField(_("name in use"), max_length=200)
    language = LanguageTagField(_("language of the name"))
    used_by = models.CharField(_("used by"), max_length=250)

    objects: Any = TranslatedManager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("name in use")
        verbose_name_plural = _("names in use")

    def __str__(self) -> str:
        return self.name


class Occasion(Labelled):
    """What returns every year, such as a day of mourning."""

    month = models.PositiveSmallIntegerField(_("month"), validators=[MinValueValidator(1), MaxValueValidator(12)])
    day = models.PositiveSmallIntegerField(_("day"), validators=[MinValueValidator(1), MaxValueValidator(31)])
    first_year = models.PositiveSmallIntegerField(
        _("year counted from"), null=True, blank=True, help_text=_("The year of the event: 1990 makes 2025 the 35th.")
    )
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="occasions", verbose_name=_("event")
    )

    class Meta(Labelled.Meta):
        constraints = [
            models.CheckConstraint(
                # Written out: Django's introspection of SQLite stumbles over a list of single digits.
                condition=models.Q(month__range=(1, 12), day__range=(1, 31))
                & ~models.Q(month=2, day__gt=29)
                & ~models.Q(month=4, day=31)
                & ~models.Q(month=6, day=31)
                & ~models.Q(month=9, day=31)
                & ~models.Q(month=11, day=31),
                name="occasion_is_a_day_of_the_year",
                violation_error_message=_("There is no such day in this month."),
            )
        ]
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")

    def anniversary(self, year: int) -> int | None:
        """The number of the anniversary in ``year``, or None where none is counted."""
        return year - self.first_year if self.first_year and year > self.first_year else None

    def year_of(self, day: date) -> int:
        """The year whose return of this occasion is nearest to ``day``: 31 December belongs to the coming 1 January."""
        # Day of the year 2000 stands for the occasion, so that 29 February has a place.
        offset = (date(2000, self.month, self.day) - date(2000, day.month, day.day)).days
        if offset > 183:
            return day.year - 1
        return day.year + 1 if offset < -183 else day.year


# The labels that have pages of their own, by the word for each in addresses and parameters.
LABELS: dict[str, type[Labelled]] = {"issuer": Issuer, "occasion": Occasion, "event": Event, "place": Place}
