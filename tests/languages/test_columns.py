"""Columns in expressions, and the rules for translated fields."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import models
from django.utils.translation import override

from memorial.languages.checks import translated_fields_can_be_added_live
from memorial.languages.columns import col, column_name, first_filled, translated_fields
from memorial.languages.models import LanguageTagField, WhenDeleted
from memorial.statements.models import Issuer
from tests.builders import an_issuer


def test_a_column_is_named_for_the_active_language_and_along_a_path() -> None:
    assert column_name("issuer__name", "pt-br") == "issuer__name_pt_br"
    assert column_name("name", "id") == "name_ind"
    with override("ru"):
        assert col("name") == "name_ru"
    assert col("name", "az") == "name_az"


@pytest.mark.django_db
def test_an_expression_takes_the_first_text_that_is_not_empty() -> None:
    an_issuer(name_az="", name_en="Example Ministry", name_fa=None)
    with override("az"):
        found = Issuer.objects.annotate(shown=first_filled(Issuer, "name")).get()
    assert found.shown == "Example Ministry"
    assert Issuer.objects.annotate(shown=first_filled(Issuer, "name", "fa")).get().shown == "Example Ministry"


def test_translated_fields_come_in_the_order_of_the_model() -> None:
    assert translated_fields(Issuer) == ("name", "description")


def test_what_happens_to_rows_is_no_part_of_a_migration() -> None:
    own, mention = LanguageTagField(when_deleted=WhenDeleted.OWN), LanguageTagField()
    assert own.deconstruct() == mention.deconstruct()


def codes() -> list[str]:
    """The ids of what our check finds."""
    return [str(message.id) for message in translated_fields_can_be_added_live(None)]


def test_our_own_models_keep_the_rules() -> None:
    assert codes() == []
    assert not [message for message in run_checks() if str(message.id).startswith("languages.")]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (models.BooleanField(null=True), "languages.E001"),
        (models.CharField(max_length=9, unique=True), "languages.E002"),
        (models.CharField(max_length=9, default="x"), "languages.E002"),
        (models.CharField(max_length=9, db_index=True), "languages.E003"),
    ],
)
def test_a_field_that_needs_more_than_a_column_is_found(
    wrong: models.Field, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong.set_attributes_from_name("name")
    right: Any = Issuer._meta.get_field
    monkeypatch.setattr(Issuer._meta, "get_field", lambda name: wrong if name == "name" else right(name))
    assert codes() == [code]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("indexes", [models.Index(fields=["-name_az"], name="wrong")]),
        ("constraints", [models.UniqueConstraint(fields=["name"], name="wrong")]),
        ("unique_together", (("slug", "name"),)),
    ],
)
def test_an_index_or_constraint_over_a_translated_field_is_found(
    option: str, value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Issuer._meta, option, value)
    assert codes() == ["languages.E003"]


def test_too_many_columns_are_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memorial.languages.checks.BUDGET_WARNING", 9)
    assert set(codes()) == {"languages.W001"}
