"""What a reader asks of a ledger, and the condition that it makes."""

from dataclasses import dataclass, fields

from django.db.models import Q

from memorial.reading.asked import Filters, in_year


@dataclass(frozen=True)
class Asked(Filters):
    """The filters of a ledger."""

    measure: str = ""
    claimant: str = ""
    year: str = ""

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
            condition &= in_year(self.year)
        return condition


# Every parameter that the pages and files of a ledger read, beside the number of the page.
FILTERS = tuple(each.name for each in fields(Asked))
