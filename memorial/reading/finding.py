"""What a reader asks of the list of statements, and how it is found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from memorial.publishing.models import Edition, EditionQuerySet

FILTERS = ("issuer", "occasion", "event", "year")
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Wish:
    """The filters as asked for; empty where nothing is asked. What cannot exist is asked for too, and finds nothing."""

    issuer: str = ""
    occasion: str = ""
    event: str = ""
    year: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wish":
        """Read a query string."""
        return cls(**{name: query.get(name, "").strip() for name in FILTERS})

    @property
    def params(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def is_possible(self) -> bool:
        """Whether anything could be found: addresses are slugs, a year is one of 1 to 9999."""
        slugs = (self.issuer, self.occasion, self.event)
        return all(not slug or _SLUG.fullmatch(slug) for slug in slugs) and (
            not self.year or bool(_YEAR.fullmatch(self.year) and int(self.year))
        )

    def condition(self) -> Q:
        """Return the condition on editions. A date that is not exact is found in every year that it can mean."""
        if not self.is_possible:
            return Q(pk__in=[])
        condition = Q()
        if self.issuer:
            condition &= Q(issuer__slug=self.issuer)
        if self.occasion:
            condition &= Q(occasion__slug=self.occasion)
        if self.event:
            links = Edition.events.through.objects.filter(edition=OuterRef("pk"), event__slug=self.event)
            condition &= Q(Exists(links))
        if self.year:
            year = int(self.year)
            condition &= Q(earliest__lte=date(year, 12, 31), latest__gte=date(year, 1, 1))
        return condition


@dataclass(frozen=True)
class Extent:
    """How many statements match a wish, and the years that there are statements of, newest first."""

    found: int
    years: range


def extent(editions: EditionQuerySet, wish: Wish) -> Extent:
    """Return both by one query."""
    counted = editions.aggregate(
        found=Count("pk", filter=wish.condition()) if wish.params else Count("pk"),
        first=Min("earliest"),
        last=Max("latest"),
    )
    first, last = counted["first"], counted["last"]
    return Extent(counted["found"], range(last.year, first.year - 1, -1) if first else range(0))
