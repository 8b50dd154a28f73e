"""What a reader asks of the list of statements, and how it is found."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from memorial.languages.models import Language
from memorial.publishing.models import Edition, EditionQuerySet
from memorial.statements.models import Event, Place

from .asked import Filters, in_year

#: Beyond this the list says "more than"; a search looks no further either.
MOST_COUNTED = 1_000
#: From so many editions on, in all languages, those of an event or a place are no longer gathered for a page.
MANY_NAMED = 4_000


@dataclass(frozen=True)
class Wish(Filters):
    """The filters of the list of statements."""

    issuer: str = ""
    occasion: str = ""
    event: str = ""
    year: str = ""

    def condition(self, *, is_few: bool = False) -> Q:
        """Return the condition on editions. A date that is not exact is found in every year that it can mean.

        ``is_few``: those of an event are gathered first, and not looked for among all.
        """
        if not self.is_possible:
            return Q(pk__in=[])
        condition = Q()
        if self.issuer:
            condition &= Q(issuer__slug=self.issuer)
        if self.occasion:
            condition &= Q(occasion__slug=self.occasion)
        if self.event:
            links = Edition.events.through.objects.filter(event__slug=self.event)
            is_linked = Q(pk__in=links.values("edition")) if is_few else Q(Exists(links.filter(edition=OuterRef("pk"))))
            condition &= is_linked
        if self.year:
            condition &= in_year(self.year)
        return condition


@dataclass(frozen=True)
class Extent:
    """How many statements match a wish, and the years that there are statements of, newest first.

    With ``is_capped`` there are more than ``found``.
    """

    found: int
    years: range
    is_capped: bool = False


def extent(wish: Wish, lang: str) -> Extent:
    """Return both by one query, which looks at no more than MOST_COUNTED statements and at the ends of an index."""
    visible = Edition.objects.visible().filter(language=lang).order_by()
    found, first, last = (
        Language.objects.filter(tag=lang)
        .values_list(
            HowMany(matching(wish, lang, is_few=True).values("pk")[: MOST_COUNTED + 1]),
            Subquery(visible.order_by("earliest").values("earliest")[:1]),
            Subquery(visible.order_by("-latest").values("latest")[:1]),
        )
        .get()
    )
    years = range(last.year, first.year - 1, -1) if first else range(0)
    return Extent(min(found, MOST_COUNTED), years, found > MOST_COUNTED)


class HowMany(Subquery):
    """The number of rows of a subquery, which may be cut short."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def matching(wish: Wish, lang: str, *, is_few: bool) -> EditionQuerySet:
    """Return the visible editions of a language that match, in no order.

    ``is_few`` says how to look for those of an event: few are gathered by the event's own index; of many, a page is
    found sooner by going through the archive in order.
    """
    # What a wish asks stands before what makes an edition visible, which costs more to find out.
    asked = Edition.objects.filter(wish.condition(is_few=is_few), language=lang).order_by()
    return asked.visible()


def counted(labels: QuerySet[Any]) -> QuerySet[Any]:
    """Return events or places that know how many editions name them: ``named_by``, at most MANY_NAMED."""
    links, name = _links(labels.model)
    own = links.objects.filter(**{name: OuterRef("pk")}).order_by()
    found: QuerySet[Any] = labels.annotate(named_by=HowMany(own.values("pk")[:MANY_NAMED]))
    return found


def naming(label: Event | Place, lang: str) -> EditionQuerySet:
    """Return the visible editions of a language that name an event or a place: one of those that were ``counted``.

    Few are gathered and sorted; of many, a page is found sooner by going through the archive in its order.
    """
    links, name = _links(type(label))
    own = links.objects.filter(**{name: label})
    is_few = label.named_by < MANY_NAMED  # type: ignore[union-attr] # annotated by counted()
    named = Q(pk__in=own.values("edition")) if is_few else Q(Exists(own.filter(edition=OuterRef("pk"))))
    return Edition.objects.filter(named, language=lang).visible()


def _links(model: type) -> tuple[Any, str]:
    return (Edition.events.through, "event") if model is Event else (Edition.places.through, "place")
