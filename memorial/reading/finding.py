"""What a reader asks of the list of statements, and how it is found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from memorial.languages.models import Language
from memorial.languages.prepared import prepared
from memorial.publishing.models import Edition, EditionQuerySet
from memorial.statements.models import Event, Place

from .asked import Filters
from .page_cache.once import once_a_generation
from .paging import Window, WindowForm

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

    def condition(self) -> Q:
        """Return the condition on editions, for a question that is made anew each time."""
        return _condition(self.shape, self.values, is_few=False) if self.is_possible else Q(pk__in=[])

    @property
    def shape(self) -> tuple[str, ...]:
        """What of it is asked: the names of the filters that are set."""
        return tuple(self.params)

    @property
    def values(self) -> tuple[str | date, ...]:
        """What is asked, in the order of the shape: the year as its first and its last day. Only for a possible one."""
        slugs = tuple(value for name, value in self.params.items() if name != "year")
        return (*slugs, date(int(self.year), 1, 1), date(int(self.year), 12, 31)) if self.year else slugs


@dataclass(frozen=True)
class Extent:
    """How many statements match a wish, and the years that there are statements of, newest first.

    With ``is_capped`` there are more than ``found``.
    """

    found: int
    years: range
    is_capped: bool = False


@once_a_generation
def extent(wish: Wish, lang: str) -> Extent:
    """Return both by one query, which looks at no more than MOST_COUNTED statements and at the ends of an index."""
    now = timezone.now()
    given = wish.values if wish.is_possible else ()
    shape = wish.shape if wish.is_possible else None
    [(found, first, last)] = _extent(lang, now, *given, shape=shape, at_most=MOST_COUNTED + 1)
    years = range(last.year, first.year - 1, -1) if first else range(0)
    return Extent(min(found, MOST_COUNTED), years, found > MOST_COUNTED)


@prepared
def _extent(
    lang: str, now: datetime, *values: str | date, shape: tuple[str, ...] | None, at_most: int
) -> QuerySet[Language, tuple[int, date, date]]:
    visible = Edition.objects.visible(now).filter(language=lang).order_by()
    wanted: QuerySet[Edition, Any]
    if shape == ():
        # A statement counts once, whichever of its editions is the newest: none is looked up.
        wanted = Edition.objects.standing(now).filter(language=lang).order_by().values("statement").distinct()
    else:
        wanted = matching(shape, values, lang, now, is_few=True).values("pk")
    return Language.objects.filter(tag=lang).values_list(
        HowMany(wanted[:at_most]),
        Subquery(visible.order_by("earliest").values("earliest")[:1]),
        Subquery(visible.order_by("-latest").values("latest")[:1]),
    )


def _condition(shape: tuple[str, ...] | None, values: Sequence[Any], *, is_few: bool) -> Q:
    condition = Q() if shape is not None else Q(pk__in=[])
    for name, value in zip(shape or (), values, strict=False):
        if name == "event":
            links = Edition.events.through.objects.filter(event__slug=value)
            is_linked = Q(pk__in=links.values("edition")) if is_few else Q(Exists(links.filter(edition=OuterRef("pk"))))
            condition &= is_linked
        elif name == "year":
            first, last = values[-2:]
            condition &= Q(earliest__lte=last, latest__gte=first)
        else:
            condition &= Q(**{f"{name}__slug": value})
    return condition


class HowMany(Subquery):
    """The number of rows of a subquery, which may be cut short."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def found_by(wish: Wish, lang: str, *, is_few: bool) -> Callable[[Window], list[Edition]]:
    """Return what finds a window of the list of those that match, by one query; ``is_few`` as in ``matching``."""
    now = timezone.now()
    if not wish.is_possible:
        return lambda window: []

    def rows(window: Window) -> list[Edition]:
        return _found(lang, now, *window.values, *wish.values, shape=wish.shape, window=window.form, is_few=is_few)

    return rows


@prepared
def _found(
    lang: str,
    now: datetime,
    *values: str | date | int,
    shape: tuple[str, ...],
    window: WindowForm,
    is_few: bool,
) -> EditionQuerySet:
    shown, rest = Window.of(window, values)
    return shown.rows(matching(shape, rest, lang, now, is_few=is_few).cards())


def matching(
    shape: tuple[str, ...] | None, values: Sequence[Any], lang: str, now: datetime, *, is_few: bool
) -> EditionQuerySet:
    """Return the visible editions of a language that match a wish of this shape, in no order; None: an impossible one.

    ``is_few`` says how to look for those of an event: few are gathered by the event's own index; of many, a page is
    found sooner by going through the archive in order. A date that is not exact is found in every year that it can
    mean.
    """
    condition = _condition(shape, values, is_few=is_few)
    # What a wish asks stands before what makes an edition visible, which costs more to find out.
    return Edition.objects.filter(condition, language=lang).order_by().visible(now)


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
