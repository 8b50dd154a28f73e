"""Which sealed figures a ledger has: each claim once, in the language that suits the reader best."""

from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, Func, IntegerField, JSONField, OuterRef, Q, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from memorial.publishing.models import SealedFigure
from memorial.statements.models import Event

# What a row shows, beside the facts of its figure.
COLUMNS = (
    "fid", "position", "claimant", "measure", "precision", "minimum", "maximum", "claimed", "earliest", "latest",
    "edition__language", "edition__number", "edition__title", "edition__statement__sid", "edition__statement__slug",
    "source_edition__number", "source_edition__language",
)  # fmt: skip


class SealedAs(Func):
    """The facts of one figure: of the sealed facts of an edition, at the place that the figure has among them.

    Whole lists would be read once for each of their figures.
    """

    template = "(%(expressions)s)"
    arg_joiner = " -> 'figures' -> "
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """As SQLite names a place in a list: in one path."""
        return self.as_sql(
            compiler, connection, template="JSON_EXTRACT(%(expressions)s || ']')", arg_joiner=", '$.figures[' || "
        )


def of_event(event: Event, lang: str, now: datetime | None = None) -> Any:
    """Return a queryset of dicts, by the date of the claim: the visible figures about ``event``, each of them once.

    A claim that stands in several languages is read in ``lang``, else in the statement's original language, else in
    any. What ``ledger.rows.row`` needs stands in each dict, so that no more is asked.
    """
    visible = SealedFigure.objects.visible(now).annotate(rank=_rank(lang))
    better = visible.filter(fid=OuterRef("fid")).filter(
        Q(rank__lt=OuterRef("rank")) | Q(rank=OuterRef("rank"), pk__lt=OuterRef("pk"))
    )
    return (
        visible.filter(event=event)
        .filter(~Exists(better))
        .order_by("earliest", "fid")
        .values(
            *COLUMNS,
            sealed=SealedAs(F("edition__facts"), F("position")),
            sources=KeyTransform("sources", "edition__facts"),
            source_sealed=SealedAs(F("source_edition__facts"), F("position")),
            source_facts=KeyTransform("source", "source_edition__facts"),
        )
    )


def _rank(lang: str) -> Case:
    """How well an edition suits a reader of ``lang``: 0 is best. What is sealed of a source suits everybody."""
    original = KeyTextTransform("original_language", KeyTransform("statement", "edition__facts"))
    return Case(
        When(Q(edition__language=lang) | Q(edition=None), then=Value(0)),
        When(edition__language=original, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
