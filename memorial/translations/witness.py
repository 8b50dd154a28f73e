"""The wording that a source carries: another witness of the statement, kept beside its texts and never mixed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.statements.models import Source

from .fields import RichTextField


class Witness(models.Model):
    """What a source prints as the statement, in the source's language, with its own title."""

    class Completeness(models.TextChoices):
        """How much of a statement there is, in a wording as in a text."""

        FULL = "full", _("full text")
        EXTRACT = "extract", _("extract")
        SUMMARY = "summary", _("summary")

    source = models.OneToOneField(
        Source, on_delete=models.CASCADE, related_name="witness", verbose_name=_("source"), primary_key=True
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    body = RichTextField(_("wording"))
    completeness = models.CharField(_("completeness"), max_length=10, choices=Completeness.choices)
    rights = models.CharField(
        _("rights"),
        max_length=300,
        blank=True,
        help_text=_("Why this wording may be shown here. A wording that may not be shown is not published."),
    )

    class Meta:
        verbose_name = _("wording in a source")
        verbose_name_plural = _("wordings in sources")

    def __str__(self) -> str:
        return self.title
