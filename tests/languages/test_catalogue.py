"""Languages are found by any of their names, in any letter case, with or without marks."""

import pytest

from memorial.languages.catalogue import MOST, catalogue, folded_name, search, with_plural_rule
from memorial.languages.models import Language
from memorial.languages.preview import preview

NAMES_IN = ("az", "en", "ru", "tr", "fa")


def tags(query: str) -> list[str]:
    """What a search finds."""
    return [found.entry.tag for found in search(query, names_in=NAMES_IN)]


@pytest.mark.parametrize(
    "query", ["farsi", "persian", "PERSIAN", "فارسی", "فارسي", "Персидский", "farsça", "FARSCA", "fa"]
)
def test_persian_is_found_first_by_each_of_its_names(query: str) -> None:
    assert tags(query)[0] == "fa"


@pytest.mark.parametrize(
    ("query", "tag"),
    [
        ("Лезги", "lez"), ("lezgian", "lez"), ("dari", "prs"), ("azeri", "az"), ("Türkçe", "tr"), ("turkce", "tr"),
        ("pt_BR", "pt-br"), ("zh-hant", "zh-hant"), ("kurdî", "ku"), ("čeština", "cs"), ("cestina", "cs"),
    ],
)  # fmt: skip
def test_a_language_is_found_by_its_own_name_or_tag(query: str, tag: str) -> None:
    assert tags(query)[0] == tag


def test_a_search_says_which_languages_the_site_has() -> None:
    found = {row.entry.tag: row.is_on_site for row in search("turk", names_in=NAMES_IN, on_site=["tr"])}
    assert found["tr"] is True
    assert found["tk"] is False


def test_nothing_typed_finds_nothing_and_little_typed_not_everything() -> None:
    assert tags("  ") == []
    assert tags("...") == []
    assert tags("no such language") == []
    assert len(tags("a")) == MOST


def test_the_catalogue_knows_names_script_and_direction() -> None:
    known = {entry.tag: entry for entry in catalogue(NAMES_IN)}
    assert (known["ps"].name_own, known["ps"].script, known["ps"].direction) == ("پښتو", "Arab", "rtl")
    assert (known["lez"].name_en, known["lez"].direction, known["lez"].has_formats) == ("Lezgian", "ltr", False)
    assert known["tr"].has_formats
    assert not {"und", "mul", "zxx"} & known.keys()
    assert "ru" in with_plural_rule()
    assert "lez" not in with_plural_rule()


def test_letters_are_compared_without_their_marks() -> None:
    assert folded_name("  Türkçe—I  ") == folded_name("turkce i")


def test_a_preview_shows_what_a_language_writes() -> None:
    persian = preview(Language(tag="fa", name_own="فارسی", direction="rtl"))
    assert (persian.day, persian.numbers[1], persian.direction) == ("۲۰ ژانویهٔ ۱۹۹۰", "۱۴۷", "rtl")
    assert [form.category for form in persian.plurals] == ["one", "other"]
    lezgian = preview(Language(tag="lez", name_own="Лезги чӀал", direction="ltr"))
    assert (lezgian.day, lezgian.knows_dates, lezgian.knows_plurals) == ("1990-01-20", False, False)
    assert [form.category for form in lezgian.plurals] == ["other"]
    like_russian = preview(Language(tag="lez", name_own="Лезги чӀал", direction="ltr", plurals_like="ru"))
    assert [form.category for form in like_russian.plurals] == ["one", "few", "many"]
