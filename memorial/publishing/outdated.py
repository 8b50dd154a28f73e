"""Which public translations the text they were made from has left behind."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from memorial.languages.prepared import prepared
from memorial.translations.models import ReadyMark, Revision, Significance

from .models import Edition, EditionQuerySet


def newer_meaning(edition: Edition, now: datetime | None = None) -> Edition | None:
    """The edition that readers see of the text this one was made from, if that has changed in meaning since.

    It has if the revision it shows, or one between it and the base of this edition, was marked ready for translation as
    a change of meaning or as urgent. Computed, never sealed. One query; none for a text that was made from no other.
    """
    if not edition.facts["text"]["based_on"]:
        return None
    return _of_newer_meaning.first(edition.statement_id, edition.revision_id, now or timezone.now())


@prepared
def _of_newer_meaning(statement: int, revision: int, now: datetime) -> EditionQuerySet:
    made_from = Revision.objects.filter(pk=revision)
    changes = ReadyMark.objects.filter(
        significance__gte=Significance.MEANING,
        revision__text=OuterRef("revision__text"),
        revision__number__gt=made_from.values("based_on__number")[:1],
        revision__number__lte=OuterRef("revision__number"),
    )
    newest = Edition.objects.visible(now).filter(
        Exists(changes), statement=statement, revision__text=made_from.values("based_on__text")[:1]
    )
    return newest.select_related("statement").only("language", "title", "statement__sid", "statement__slug")[:1]
