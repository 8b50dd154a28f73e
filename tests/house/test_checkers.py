"""The checkers that other tests rely on see what they should: a checker that finds nothing proves nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from tests import accessibility

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
