"""Very many statements, each like one that was published, without publishing each."""

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import OuterRef, Subquery

from memorial.publishing.models import Edition
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Text

Row = TypeVar("Row", bound=models.Model)
FIRST_DAY = date(1991, 1, 1)


def copy_of(row: Row, **changes: Any) -> Row:
    """A row that is not stored yet: as ``row``, except for its key and ``changes``."""
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    copy = type(row)(**fields)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def many_more(pattern: Statement, count: int, *, language: str = "en") -> None:
    """Store ``count`` statements like ``pattern``, one every day, each with a text and an edition in ``language``."""
    sealed = pattern.editions.filter(language=language).earliest("number")
    days = [FIRST_DAY + timedelta(days=number) for number in range(count)]
    make_sid = Statement._meta.get_field("sid").get_default  # type: ignore[union-attr]
    statements = Statement.objects.bulk_create(
        copy_of(pattern, sid=make_sid(), slug=f"day-{day}", dated=str(day), earliest=day, latest=day, issued="")
        for day in days
    )
    texts = Text.objects.bulk_create(copy_of(sealed.revision.text, statement=row, head_id=None) for row in statements)
    revisions = Revision.objects.bulk_create(copy_of(sealed.revision, text=text, based_on_id=None) for text in texts)
    head = Revision.objects.filter(text=OuterRef("pk")).values("pk")[:1]
    Text.objects.filter(head=None).update(head=Subquery(head))
    editions = Edition.objects.bulk_create(
        copy_of(
            sealed, statement=row, revision=revision, dated=row.dated, earliest=row.earliest, latest=row.latest,
            title=f"{sealed.title}, {row.dated}",
            facts={**sealed.facts, "statement": {**sealed.facts["statement"], "sid": row.sid, "slug": row.slug}},
        )
        for row, revision in zip(statements, revisions, strict=True)
    )  # fmt: skip
    for through, name in ((Edition.events.through, "event_id"), (Edition.places.through, "place_id")):
        label = through.objects.filter(edition=sealed).values_list(name, flat=True).get()
        through.objects.bulk_create(through(edition=edition, **{name: label}) for edition in editions)
