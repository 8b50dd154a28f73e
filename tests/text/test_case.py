"""Letter case that knows its language."""

from memorial.text.case import capitalised, lower, upper


def test_small_i_keeps_its_dot_in_azerbaijani_and_turkish() -> None:
    assert upper("xalqın birliyi", "az") == "XALQIN BİRLİYİ"
    assert upper("izmir", "tr-cy") == "İZMİR"
    assert upper("izmir", "en") == "IZMIR"


def test_capital_i_loses_no_dot_it_never_had() -> None:
    assert lower("BAKI İLİ", "az") == "bakı ili"
    assert lower("BAKI", "en") == "baki"


def test_only_the_first_letter_is_raised() -> None:
    assert capitalised("ingilis dili", "az") == "İngilis dili"
    assert capitalised("турецкий", "ru") == "Турецкий"
    assert capitalised("", "az") == ""
