"""Dates, numbers and names in every language."""

import pytest

from memorial.languages import formats, negotiate
from memorial.languages.labels import direction


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("az", "20 yanvar 2025"),
        ("en", "20 January 2025"),
        ("ru", "20 января 2025\u202fг."),
        ("tr", "20 Ocak 2025"),
        ("fa", "۲۰ ژانویهٔ ۲۰۲۵"),
        ("lez", "2025-01-20"),
        ("dv", "2025-01-20"),
    ],
)
def test_a_day_is_written_as_cldr_says(tag: str, written: str) -> None:
    assert formats.format_stated("2025-01-20", tag) == written


@pytest.mark.parametrize(
    ("tag", "written"),
    [("az", "mart 1994"), ("en", "March 1994"), ("ru", "март 1994\u202fг."), ("tr", "Mart 1994"), ("fa", "مارس ۱۹۹۴")],
)
def test_a_month_never_becomes_a_day(tag: str, written: str) -> None:
    assert formats.format_stated("1994-03", tag) == written


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("az", "19–20 yanvar 1990"),
        ("en", "19–20 January 1990"),
        ("ru", "19–20 января 1990\u202fг."),
        ("tr", "19–20 Ocak 1990"),
        ("fa", "۱۹ تا ۲۰ ژانویهٔ ۱۹۹۰"),
        ("lez", "1990-01-19/1990-01-20"),
    ],
)
def test_two_days_of_a_month_are_written_once(tag: str, written: str) -> None:
    assert formats.format_stated("1990-01-19/1990-01-20", tag) == written


def test_an_interval_over_months_is_written_in_full() -> None:
    assert formats.format_stated("1990-01-19/1990-02-03", "en") == "19 January 1990\u2009–\u20093 February 1990"
    assert formats.format_stated("1988/1994-03", "en") == "1988\u2009–\u2009March 1994"


def test_doubt_is_written_out() -> None:
    assert formats.format_stated("1990~", "en") == "about 1990"
    assert formats.format_stated("1994-02?", "en") == "February 1994 (uncertain)"


def test_a_time_is_given_only_as_far_as_the_source_gives_it() -> None:
    assert formats.format_moment("2025-01-19T22:01+04:00", "en") == "19 January 2025, 22:01 (UTC+04:00)"
    assert formats.format_moment("2024-01-19T23:49", "en") == "19 January 2024, 23:49 (time zone not stated)"
    assert formats.format_moment("2026-01-19", "az") == "19 yanvar 2026"


def test_a_day_that_returns_every_year() -> None:
    assert formats.format_month_day(1, 20, "az") == "20 yanvar"
    assert formats.format_month_day(1, 20, "en") == "20 January"
    assert formats.format_month_day(1, 20, "lez") == "01-20"


def test_numbers_have_the_digits_of_the_language() -> None:
    assert formats.format_number(12345, "fa") == "۱۲٬۳۴۵"
    assert formats.format_number(12345, "az") == "12.345"
    assert formats.format_range(131, 170, "en") == "131–170"


def test_languages_are_named_in_the_language_of_the_page() -> None:
    assert formats.language_name("az", "ru") == "Азербайджанский"
    assert formats.language_name("az", "ru", in_sentence=True) == "азербайджанский"
    assert formats.language_name("ru", "en", in_sentence=True) == "Russian"
    assert formats.language_name("en", "az") == "İngilis"
    assert formats.own_name("fa") == "فارسی"


def test_azerbaijani_is_left_to_right() -> None:
    assert direction("az") == "ltr"
    assert [direction(tag) for tag in ("fa", "ps", "ar", "ku", "am", "ru")] == [
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "ltr",
    ]


def test_the_browsers_wish_is_met_as_closely_as_possible() -> None:
    tags = ["az", "en", "ru", "pt-br"]
    assert negotiate.best("az-Latn-AZ,ru;q=0.8", tags, "en") == "az"
    assert negotiate.best("de,ru;q=0.8,en;q=0.5", tags, "en") == "ru"
    assert negotiate.best("pt", tags, "en") == "pt-br"
    assert negotiate.best("", tags, "en") == "en"
    assert negotiate.best("*;q=0.1, xx", tags, "az") == "az"
    assert negotiate.best("garbage;;;q=zz,,,", tags, "en") == "en"
