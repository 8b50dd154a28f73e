"""What a reader asks of a ledger, and the condition that it makes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

# Every parameter that the pages and files of a ledger read, beside the number of the page.
FILTERS = ("measure", "claimant", "year")
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Asked:
    """The filters as asked for; empty where nothing is asked. What cannot exist is asked for too, and finds nothing."""

    measure: str = ""
    claimant: str = ""
    year: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """Read a query string."""
        return cls(**{name: query.get(name, "").strip() for name in FILTERS})

    @property
    def params(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def is_possible(self) -> bool:
        """Whether anything could be found: measures and claimants are slugs, a year is one of 1 to 9999."""
        words = (self.measure, self.claimant)
        return all(not word or _SLUG.fullmatch(word) for word in words) and (
            not self.year or bool(_YEAR.fullmatch(self.year) and int(self.year))
        )

    def condition(self) -> Q:
        """Return the condition on sealed figures. A date that is not exact is found in every year that it can mean."""
        if not self.is_possible:
            return Q(pk__in=[])
        condition = Q()
        if self.measure:
            condition &= Q(measure=self.measure)
        if self.claimant:
            condition &= Q(claimant__slug=self.claimant)
        if self.year:
            year = int(self.year)
            condition &= Q(earliest__lte=date(year, 12, 31), latest__gte=date(year, 1, 1))
        return condition
