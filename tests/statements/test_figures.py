"""Figures: one number, in one place, by one claimant."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from memorial.statements.models import Event, Figure, Source, Statement
from tests.builders import a_statement
from tests.statements.conftest import a_figure

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"minimum": 12},
        {"minimum": 12, "maximum": 14},
        {"minimum": 12, "precision": "at-least", "wording": "at least twelve", "wording_language": "en", "block": "p4"},
        {"minimum": None, "precision": "words", "wording": "dozens", "wording_language": "en"},
    ],
)
def test_a_figure_is_kept_as_stated(fields: dict[str, Any]) -> None:
    figure = a_figure(**fields)
    figure.full_clean()
    figure.save()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"minimum": None}, "Enter the number"),
        ({"precision": "words", "minimum": 12, "wording": "dozens", "wording_language": "en"}, "leave it empty"),
        ({"minimum": 14, "maximum": 12}, "must be greater than the lowest"),
        ({"wording": "twelve"}, "which language the verbatim wording is in"),
    ],
)
def test_a_figure_that_contradicts_itself_is_refused_also_by_the_database(fields: dict[str, Any], message: str) -> None:
    figure = a_figure(**fields)
    with pytest.raises(ValidationError, match=message):
        figure.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.save()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"precision": "words", "minimum": None}, "Enter the words"),
        ({"block": "4"}, "key of a paragraph"),
        ({"block": "p0"}, "key of a paragraph"),
    ],
)
def test_a_form_refuses_a_figure_that_cannot_be_found_again(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        a_figure(**fields).full_clean()


def test_a_figure_stands_somewhere(event: Event) -> None:
    claimant = a_statement().issuer
    figure = Figure(claimant=claimant, event=event, measure="killed", minimum=1, claimed="2025")
    with pytest.raises(ValidationError, match="Say where the figure stands"):
        figure.full_clean()


def test_a_figure_may_stand_in_a_statement_that_is_entered_in_the_same_form(event: Event) -> None:
    claimant = a_statement().issuer
    figure = Figure(
        claimant=claimant, event=event, measure="killed", minimum=1, claimed="2025", statement=Statement(), block="p1"
    )
    figure.full_clean(exclude=["statement"])


def test_a_figure_may_stand_in_a_source_without_a_statement(event: Event) -> None:
    source = Source.objects.create(publisher="Example Agency", language="en", what=Source.What.BACKGROUND)
    claimant = a_statement().issuer
    Figure(claimant=claimant, event=event, measure="killed", minimum=1, claimed="2025", source=source).full_clean()


def test_a_figure_and_its_source_belong_to_one_statement() -> None:
    other = a_statement(slug="another")
    with pytest.raises(ValidationError, match="belongs to another statement"):
        a_figure(source=other.sources.get()).full_clean()
