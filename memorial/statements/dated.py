"""Rows with a stated date, and the first and last day it can mean."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.text import dates

from .fields import StatedDateField


class Dated(models.Model):
    """A row with one stated date. ``earliest`` and ``latest`` follow from it whenever the row is saved."""

    dated = StatedDateField(
        _("date"), help_text=_("As precise as it is stated: 2025-01-20, 1994-03, 1990-01-19/1990-01-20, 1990~.")
    )
    earliest = models.DateField(_("earliest day"), editable=False)
    latest = models.DateField(_("latest day"), editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derive the two days; nothing beyond this row."""
        stated = dates.parse(self.dated)
        self.earliest, self.latest = stated.earliest, stated.latest
        fields = kwargs.get("update_fields")
        if fields is not None and "dated" in fields:
            kwargs["update_fields"] = {*fields, "earliest", "latest"}
        super().save(*args, **kwargs)
