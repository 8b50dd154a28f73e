"""The checkers that other tests rely on see what they should: a checker that finds nothing proves nothing."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from lxml import html

from tests import accessibility
from tests.one_language import foreign

GOOD = """<!DOCTYPE html><html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>Page</title></head>
<body><main><h1>Heading</h1><search><form><label>Words <input name="q"></label></form></search>
<details name="facts"><summary>More</summary><p lang="az">Mətn</p></details></main></body></html>"""
BAD = """<!DOCTYPE html><html><head><title>Page</title></head>
<body><img src="x.png"><p style="color: #aaa; background: #fff">Hardly to be read<div></p></body></html>"""


def test_the_html_checker_accepts_a_modern_page_and_names_the_errors_of_a_bad_one(
    valid_html: Callable[[Mapping[str, str]], list[str]],
) -> None:
    found = valid_html({"/good/": GOOD, "/bad/": BAD})
    assert [line for line in found if line.startswith("/good/")] == []
    assert any("/bad/" in line and "alt" in line for line in found)


@pytest.mark.parametrize(
    ("lang", "text", "complaint"),
    [
        ("az", "All statements", "untranslated"),
        ("tr", "Published here on 19 January 2025", "untranslated"),
        ("az", "Bəyanat of the Nazirlik", "English word"),
        ("tr", "Заявление", "Cyrillic"),
        ("ru", "Заявление Bakı", "Latin word"),
        ("fa", "بیانیه Example", "Latin word"),
        ("en", "بیانیه", "Arabic script"),
        ("ru", "ə", "letter ə"),
        ("az", '<span lang="en">Bəyanat</span>', "letter ə"),
        ("az", '<span lang="fa">بیانیه</span>', "direction"),
        ("az", '<a aria-label="All statements">Bəyanat</a>', "untranslated"),
    ],
)
def test_a_page_of_mixed_languages_is_found_out(lang: str, text: str, complaint: str) -> None:
    direction = "rtl" if lang == "fa" else "ltr"
    found = foreign(html.document_fromstring(f'<html lang="{lang}" dir="{direction}"><p>{text}</p></html>'), ())
    assert len(found) >= 1
    assert any(complaint in line for line in found)


def test_a_passage_with_its_own_language_and_a_known_name_are_no_mixture() -> None:
    page = """<html lang="fa" dir="rtl"><p>بیانیه <span lang="en" dir="ltr">All statements</span> Example p4 UTC
        https://example.org/bəyanat</p></html>"""
    assert foreign(html.document_fromstring(page), {"Example"}) == []


def test_axe_accepts_a_good_page_and_names_the_violations_of_a_bad_one(page: Any) -> None:
    page.set_content(GOOD)
    assert accessibility.violations(page) == []
    page.set_content(BAD)
    found = "\n".join(accessibility.violations(page))
    for rule in ("image-alt", "html-has-lang", "color-contrast"):
        assert rule in found


def test_the_browser_reaches_the_site(page: Any, live_server: Any) -> None:
    answer = page.goto(f"{live_server.url}/healthz")
    assert answer.status == 200
    assert "alive" in page.content()
