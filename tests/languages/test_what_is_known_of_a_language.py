"""Names, scripts and directions."""

import pytest
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_bidi as is_rtl
from django.utils.translation import get_language_info, override

from memorial.languages.cldr import describe, locale_of
from memorial.languages.loader import LanguageRow, register_names


@pytest.mark.parametrize(
    ("tag", "name_en", "name_own", "script", "direction"),
    [
        ("az", "Azerbaijani", "Azərbaycan", "Latn", "ltr"),
        ("ps", "Pashto", "پښتو", "Arab", "rtl"),
        ("prs", "Dari", "دری", "Arab", "rtl"),
        ("fa-af", "Dari", "دری", "Arab", "rtl"),
        ("ku", "Kurdish", "Kurdî", "Latn", "ltr"),
        ("ckb", "Central Kurdish", "کوردیی ناوەندی", "Arab", "rtl"),
        ("am", "Amharic", "አማርኛ", "Ethi", "ltr"),
        ("dv", "Divehi", "ދިވެހިބަސް", "Thaa", "rtl"),
        ("lez", "Lezgian", "Лезги чӀал", "Cyrl", "ltr"),
        ("tly", "Talysh", "Tolışi", "Latn", "ltr"),
        ("av", "Avar", "Авар мацӀ", "Cyrl", "ltr"),
        ("ka", "Georgian", "ქართული", "Geor", "ltr"),
        ("uk", "Ukrainian", "Українська", "Cyrl", "ltr"),
        ("zh-hant", "Traditional Chinese", "繁體中文", "Hant", "ltr"),
        ("dar", "Dargwa", "Dargwa", "Cyrl", "ltr"),
        ("qqx", "qqx", "Qqx", "Latn", "ltr"),
    ],
)
def test_a_language_is_described(tag: str, name_en: str, name_own: str, script: str, direction: str) -> None:
    about = describe(tag)
    assert (about.name_en, about.name_own) == (name_en, name_own)
    assert (about.script, about.direction) == (script, direction)


@pytest.mark.parametrize(("tag", "direction"), [("az-ir", "rtl"), ("az-arab", "rtl"), ("pa-pk", "rtl"), ("pa", "ltr")])
def test_a_script_or_region_in_the_tag_decides_the_direction(tag: str, direction: str) -> None:
    assert describe(tag).direction == direction


def test_dari_has_the_formats_of_persian_in_afghanistan() -> None:
    assert str(locale_of("prs")) == "fa_AF"
    assert locale_of("lez") is None


def test_azerbaijani_runs_from_left_to_right() -> None:
    assert LANG_INFO["az"]["bidi"] is False
    assert "az" not in settings.LANGUAGES_BIDI
    with override("az"):
        assert not is_rtl()
    with override("fa"):
        assert is_rtl()


def test_a_language_without_a_catalogue_can_be_named_and_activated() -> None:
    register_names([LanguageRow("lez", "Lezgian", "Лезги чӀал", "Cyrl")])
    assert get_language_info("lez")["name_local"] == "Лезги чӀал"
    with override("lez"):
        assert not is_rtl()
