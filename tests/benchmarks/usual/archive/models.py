"""The models of the usual site; ``translation`` says which of their fields are translated."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Issuer(models.Model):
    """Who issues statements."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(unique=True, max_length=80)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("issuer-detail", args=[self.slug])


class Occasion(models.Model):
    """A day of the year on which statements are issued."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(unique=True, max_length=80)
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("occasion-detail", args=[self.slug])


class Event(models.Model):
    """What statements are about."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(unique=True, max_length=80)
    dated = models.CharField(max_length=40)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("event-detail", args=[self.slug])


class Place(models.Model):
    """What statements name."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(unique=True, max_length=80)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("place-detail", args=[self.slug])


class Source(models.Model):
    """Where a text was read."""

    publisher = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    language = models.CharField(max_length=20)
    published = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=20)

    def __str__(self):
        return self.publisher


class Statement(models.Model):
    """One statement in all languages."""

    KINDS = [
        ("statement", _("statement")),
        ("address", _("address")),
        ("resolution", _("resolution")),
        ("decree", _("decree")),
        ("declaration", _("declaration")),
        ("message", _("message")),
        ("note", _("note")),
    ]

    title = models.CharField(max_length=300)
    slug = models.SlugField(unique=True, max_length=80)
    summary = models.TextField(blank=True)
    body = models.TextField()
    kind = models.CharField(max_length=20, choices=KINDS)
    issued = models.DateField()
    published = models.DateTimeField()
    original_language = models.CharField(max_length=20)
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="statements")
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, null=True, blank=True, related_name="statements")
    events = models.ManyToManyField(Event, blank=True, related_name="statements")
    places = models.ManyToManyField(Place, blank=True, related_name="statements")
    sources = models.ManyToManyField(Source, blank=True, related_name="statements")
    related = models.ManyToManyField("self", blank=True)

    class Meta:
        ordering = ["-issued", "-id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("statement-detail", args=[self.slug])

    def get_series(self):
        """The other statements of the issuer on the occasion."""
        return Statement.objects.filter(issuer=self.issuer, occasion=self.occasion).exclude(pk=self.pk)

    def get_previous(self):
        """The one before this in its series."""
        return self.get_series().filter(issued__lte=self.issued).first()

    def get_next(self):
        """The one after this in its series."""
        return self.get_series().filter(issued__gt=self.issued).last()


class Figure(models.Model):
    """One number in a statement."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="figures")
    claimant = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="figures")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=20)
    minimum = models.PositiveIntegerField(null=True, blank=True)
    maximum = models.PositiveIntegerField(null=True, blank=True)
    described = models.CharField(max_length=200, blank=True)
    wording = models.CharField(max_length=400, blank=True)
    block = models.CharField(max_length=10, blank=True)
    claimed = models.CharField(max_length=40)

    def __str__(self):
        return f"{self.minimum} {self.measure}"
