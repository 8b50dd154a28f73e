"""Other spellings of names, so that what they name is found however a text or a reader writes it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.languages.models import LanguageTagField

from .labels import Issuer, Person, Place


class Spelling(models.Model):
    """One spelling. ``language`` is where it is used, or empty: a search tries every spelling in every language."""

    spelling = models.CharField(_("spelling"), max_length=120)
    language = LanguageTagField(_("language"), blank=True)

    class Meta:
        abstract = True
        ordering = ["spelling"]
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")

    def __str__(self) -> str:
        return self.spelling


class PlaceSpelling(Spelling):
    """Another spelling of a place's name."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="spellings", verbose_name=_("place"))

    class Meta(Spelling.Meta):
        constraints = [models.UniqueConstraint(fields=["place", "spelling", "language"], name="one_spelling_each")]


class IssuerSpelling(Spelling):
    """Another spelling of an issuer's name, or its short form."""

    issuer = models.ForeignKey(Issuer, on_delete=models.CASCADE, related_name="spellings", verbose_name=_("issuer"))

    class Meta(Spelling.Meta):
        constraints = [
            models.UniqueConstraint(fields=["issuer", "spelling", "language"], name="one_spelling_an_issuer")
        ]


class PersonSpelling(Spelling):
    """Another spelling of a person's name."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="spellings", verbose_name=_("person named")
    )

    class Meta(Spelling.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "spelling", "language"], name="one_spelling_a_person")]
