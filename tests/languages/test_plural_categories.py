"""Plural categories: CLDR's, those of a like language, and how the forms of gettext map to them."""

import gettext
from dataclasses import replace
from typing import Any

import pytest
from babel.localedata import locale_identifiers

from memorial.languages.loader import LanguageRow
from memorial.languages.phrases import plurals
from memorial.languages.phrases.shipped import shipped
from memorial.languages.phrases.source import key_of, sources

LEZGIAN = LanguageRow("lez", "Lezgian", "Лезги чӀал", "Cyrl")


@pytest.mark.parametrize(
    ("tag", "categories"),
    [
        ("en", "one other"),
        ("az", "one other"),
        ("fa", "one other"),
        ("tr", "one other"),
        ("ru", "one few many"),
        ("ar", "zero one two few many other"),
        ("ja", "other"),
        ("fr", "one many other"),
        ("pt-br", "one many other"),
        ("prs", "one other"),
        ("lez", "other"),
    ],
)
def test_a_language_has_the_categories_that_whole_numbers_reach(tag: str, categories: str) -> None:
    assert plurals.categories(tag) == tuple(categories.split())


def test_a_language_that_cldr_lacks_counts_like_the_one_that_its_row_names(settings: Any) -> None:
    settings.SITE_LANGUAGE_ROWS = (*settings.SITE_LANGUAGE_ROWS, replace(LEZGIAN, plurals_like="ru"))
    assert plurals.categories("lez") == ("one", "few", "many")
    assert [plurals.category("lez", number) for number in (1, 2, 5, 21)] == ["one", "few", "many", "one"]


def test_cldr_comes_before_what_a_row_says(settings: Any) -> None:
    rows = (replace(row, plurals_like="ar") if row.tag == "az" else row for row in settings.SITE_LANGUAGE_ROWS)
    settings.SITE_LANGUAGE_ROWS = tuple(rows)
    assert plurals.categories("az") == ("one", "other")


def test_what_is_no_whole_number_takes_the_last_category() -> None:
    assert [plurals.category("ru", number) for number in (1.5, None, "many")] == ["many"] * 3
    assert plurals.category("en", 1.0) == "one"


def test_examples_are_numbers_of_the_category() -> None:
    assert plurals.examples("ru", "few") == [2, 3, 4, 22, 23, 24, 32, 33]
    assert plurals.examples("en", "one") == [1]
    assert plurals.examples("en", "few") == []
    assert plurals.single_number("en", "one") == 1
    assert plurals.single_number("fa", "one") is None  # 0 and 1
    assert plurals.single_number("ru", "one") is None  # 1, 21, 31 ...


def test_the_plural_forms_of_a_po_file_are_the_categories_in_every_language_of_cldr() -> None:
    for tag in sorted({name.split("_")[0] for name in locale_identifiers()}):
        count, expression = plurals.plural_forms(tag).removesuffix(";").split("; plural=")
        names = plurals.categories(tag)
        form = gettext.c2py(expression)
        assert count == f"nplurals={len(names)}"
        wrong = [n for n in plurals.SAMPLES if names[form(n)] != plurals.category(tag, n)]
        assert wrong == [], tag


def test_shipped_forms_are_found_by_category_whatever_their_number() -> None:
    statements = sources()[key_of("", "%(found)s statement")]
    assert shipped("ru", statements) == {
        "one": "%(found)s заявление",
        "few": "%(found)s заявления",
        "many": "%(found)s заявлений",
    }
    assert shipped("en", statements) == {"one": "%(found)s statement", "other": "%(found)s statements"}
    assert shipped("lez", statements) == {}


def test_what_django_says_itself_is_shipped_too() -> None:
    march = sources()[key_of("alt. month", "March")]
    assert shipped("ru", march) == {"other": "марта"}
    day = sources()[key_of("", "%(num)d day")]
    assert shipped("ar", day).keys() == {"zero", "one", "two", "few", "many", "other"}
