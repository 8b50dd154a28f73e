"""Which rows of the record readers meet on public pages: those that a visible edition refers to."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from memorial.statements.models import Event, EventName, Figure, Issuer, Occasion, Place

from .models import Edition, SealedFigure, SourceEdition


def is_on_public_pages(model: type[models.Model], now: datetime | None = None) -> Q:
    """A condition on issuers, places, occasions, events or names in use: a visible edition names the row.

    An issuer and an event are also met in the figures of a statement with a visible edition, and in those of a source
    that is public by itself. No query by itself.
    """
    visible = Edition.objects.visible(now).order_by()
    of_statement = visible.filter(statement=OuterRef("statement"))
    of_sources = SealedFigure.objects.filter(
        source_edition__in=SourceEdition.objects.visible(now).order_by()
    ).order_by()
    if model is Issuer:
        in_sources = Q(Exists(of_sources.filter(claimant=OuterRef("pk"))))
        claimed = Figure.objects.filter(Exists(of_statement), claimant=OuterRef("pk")).order_by()
        return Q(Exists(visible.filter(issuer=OuterRef("pk")))) | Q(Exists(claimed)) | in_sources
    if model in (Event, EventName):
        event = OuterRef("pk" if model is Event else "event")
        in_sources = Q(Exists(of_sources.filter(event=event)))
        counted = Figure.objects.filter(Exists(of_statement), event=event).order_by()
        return Q(Exists(visible.filter(events=event))) | Q(Exists(counted)) | in_sources
    paths: dict[type[models.Model], str] = {Place: "places", Occasion: "occasion"}
    path = paths[model]
    return Q(Exists(visible.filter(**{path: OuterRef("pk")})))
