"""Occasions, events and places."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from memorial.statements.models import Event, Issuer, Occasion, Place
from tests.builders import an_issuer, an_occasion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("month", "day"), [(2, 30), (4, 31), (13, 1), (0, 1), (1, 0), (1, 32)])
def test_a_day_that_no_year_has_is_refused(month: int, day: int) -> None:
    occasion = an_occasion()
    occasion.month, occasion.day = month, day
    with pytest.raises(ValidationError):
        occasion.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        occasion.save()


def test_the_refusal_of_a_day_says_why() -> None:
    with pytest.raises(ValidationError, match="no such day in this month"):
        Occasion(slug="no-day", name="No day", month=2, day=30).full_clean()


@pytest.mark.parametrize(("month", "day"), [(2, 29), (12, 31), (1, 1)])
def test_a_day_that_some_year_has_is_kept(month: int, day: int) -> None:
    an_occasion(month=month, day=day).full_clean(exclude=["name"])


def test_a_new_label_has_a_name_in_the_language_that_all_fall_back_to() -> None:
    for names in ({}, {"name_fa": "وزارت"}):
        with pytest.raises(ValidationError, match="name in English too"):
            Issuer(slug="nameless", kind="court", **names).clean()
    Issuer(slug="named", kind="court", name_en="The Court").clean()


def test_that_name_is_not_taken_away_again() -> None:
    issuer = an_issuer()
    issuer.name_en = ""
    with pytest.raises(ValidationError, match="name in English too"):
        issuer.clean()


def test_a_label_that_never_had_it_can_be_translated_but_not_left_without_any_name() -> None:
    issuer = an_issuer(name_az="Nazirlik", name_en=None, name_fa="")
    issuer.name_fa = "وزارت"
    issuer.clean()
    issuer.name_fa = issuer.name_az = ""
    with pytest.raises(ValidationError, match="one language at least"):
        issuer.clean()


def test_an_event_is_no_part_of_its_own_parts(event: Event) -> None:
    part = Event.objects.create(slug="part", dated="1990-05-19", part_of=event)
    event.part_of = part
    with pytest.raises(ValidationError, match="part of itself"):
        event.clean()


def test_an_event_may_be_part_of_another(event: Event) -> None:
    Event(slug="part", dated="1990-05-19", part_of=event, name="Part").clean()


def test_an_uncertain_date_is_kept_as_stated(event: Event) -> None:
    decision = Event.objects.create(slug="decision", dated="1994-03", part_of=event)
    decision.refresh_from_db()
    assert decision.dated == "1994-03"
    assert (decision.earliest.day, decision.latest.day) == (1, 31)


@pytest.mark.parametrize("dated", ["20 May 1990", "1990-02-30", "", "1990-05-20/1990-05-19"])
def test_what_is_no_date_is_refused(dated: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Event(slug="undated", dated=dated).full_clean()
    assert "dated" in refusal.value.message_dict


def test_a_place_has_both_coordinates_or_none() -> None:
    with pytest.raises(ValidationError, match="both the latitude and the longitude"):
        Place(slug="somewhere", name="Somewhere", latitude=40).full_clean()
    Place(slug="nowhere", name="Nowhere").full_clean()


@pytest.mark.parametrize("country", ["az", "AZE", "1"])
def test_a_country_is_two_capital_letters(country: str) -> None:
    issuer = an_issuer()
    issuer.country = country
    with pytest.raises(ValidationError, match=r"two capital letters|2 characters"):
        issuer.full_clean()
