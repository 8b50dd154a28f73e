"""Columns of the record that are more than plain text."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.text import dates

SID_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"  # no vowels: no words by accident; no l, 0, 1: no confusion


def new_sid() -> str:
    """A new public identifier: eight characters, about 38 bits of chance."""
    return "".join(secrets.choice(SID_ALPHABET) for _ in range(8))


def validate_stated_date(value: str) -> None:
    """Refuse what is not a stated date (see ``text.dates``)."""
    try:
        dates.parse(value)
    except ValueError:
        raise ValidationError(
            _(
                "“%(value)s” is not a date that can be kept. Write 2025-01-20, or only as much as is known: 1994-03, "
                "1994; an interval as 1990-01-19/1990-01-20; about a year as 1990~; a time as 2025-01-19T22:01+04:00."
            ),
            code="stated_date",
            params={"value": value},
        ) from None


class StatedDateField(models.CharField):
    """A date as precise as it is stated, in EDTF; see ``text.dates``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_stated_date]
