"""Rows with a stated date, and the first and last day it can mean."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.text import dates

from .fields import StatedDateField


class BoundField(models.DateField):
    """The first or the last day that ``dated`` can mean; follows from it on every way a whole row is written."""

    def pre_save(self, model_instance: models.Model, add: bool) -> date:
        """Derive the day. Raises ValueError where ``dated`` is not a stated date."""
        day: date = getattr(dates.parse(model_instance.dated), self.attname)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, day)
        return day


class Dated(models.Model):
    """A row with one stated date. ``earliest`` and ``latest`` follow from it whenever the row is saved."""

    dated = StatedDateField(
        _("date"), help_text=_("As precise as it is stated: 2025-01-20, 1994-03, 1990-01-19/1990-01-20, 1990~.")
    )
    earliest = BoundField(_("earliest day"), editable=False)
    latest = BoundField(_("latest day"), editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write both days whenever the date is written; nothing beyond this row."""
        fields = kwargs.get("update_fields")
        if fields is not None and "dated" in fields:
            kwargs["update_fields"] = {*fields, "earliest", "latest"}
        super().save(*args, **kwargs)

    @property
    def middle(self) -> date:
        """The day in the middle of what the date can mean; for an exact date, that day."""
        stated = dates.parse(self.dated)
        return stated.earliest + timedelta(days=(stated.latest - stated.earliest).days // 2)
