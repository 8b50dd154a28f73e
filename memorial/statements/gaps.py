"""What is known to exist and is not held: the other half of what a coverage page says."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.languages.queryset import TranslatedManager

from .dated import Dated
from .labels import Issuer


class Gap(Dated):
    """Statements of an issuer that are known to exist, or may, and that the archive does not hold."""

    issuer = models.ForeignKey(Issuer, on_delete=models.CASCADE, related_name="gaps", verbose_name=_("issuer"))
    note = models.TextField(_("what is missing"), help_text=_("And how it is known, in plain words, for readers."))
    url = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Where it is mentioned, if anywhere."))

    objects: Any = TranslatedManager()

    class Meta:
        ordering = ["issuer", "earliest", "pk"]
        verbose_name = _("known gap")
        verbose_name_plural = _("known gaps")

    def __str__(self) -> str:
        return self.dated
