"""What a reader asks of a list in its address: slugs and a year."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Self

from django.db.models import Q

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_YEAR = re.compile(r"(?!0000)[0-9]{4}")


@dataclass(frozen=True)
class Filters:
    """The filters as asked for; empty where nothing is asked. What cannot exist is asked for too, and finds nothing.

    Every filter of a list is a field, named by its parameter: ``year``, and the others slugs.
    """

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """Read a query string."""
        return cls(**{name: query.get(name, "").strip() for name in cls.parameters()})

    @classmethod
    @cache
    def parameters(cls) -> tuple[str, ...]:
        """The names of all filters, as they stand in an address."""
        return tuple(each.name for each in fields(cls))

    @property
    def params(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name in self.parameters() if (value := getattr(self, name))}

    @property
    def is_possible(self) -> bool:
        """Whether anything could be found: a year is one of 1 to 9999."""
        return all((_YEAR if name == "year" else SLUG).fullmatch(value) for name, value in self.params.items())


def in_year(year: str) -> Q:
    """Return the condition on dated rows. A date that is not exact is found in every year that it can mean."""
    return Q(earliest__lte=date(int(year), 12, 31), latest__gte=date(int(year), 1, 1))
