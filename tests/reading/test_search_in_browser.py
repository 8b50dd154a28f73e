"""The search page in a browser: whether everybody can use it, on any screen, with a keyboard and without a script."""

from typing import Any

import pytest

from tests.accessibility import violations

from .searched import Archive, archive

__all__ = ["archive"]
pytestmark = pytest.mark.django_db(transaction=True)
QUERIES = ("", "?q=sumgayit&issuer=example-ministry&in=en", "?q=librery&exact=1", "?q=a&year=20x&issued_from=x")


@pytest.fixture
def site(live_server: Any, archive: Archive) -> str:
    """The address of a running site with the archive."""
    return str(live_server.url)


def test_the_search_is_accessible_and_fits_a_phone(page: Any, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    for lang in ("en", "fa"):
        page.goto(f"{site}/{lang}/about/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, "the box of every page"
        for query in QUERIES:
            page.goto(f"{site}/{lang}/search/{query}")
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (lang, query)
            assert violations(page) == [], (lang, query)


def test_the_dark_page_of_results_is_accessible(page: Any, site: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site}/en/search/?q=sumgayit&figures=1")
    assert violations(page) == []


def test_a_keyboard_is_enough_to_search(page: Any, site: str) -> None:
    page.goto(f"{site}/en/")
    page.get_by_role("searchbox", name="Words to search for in the archive").focus()
    page.keyboard.type("sumgayit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=sumgayit")
    assert page.get_by_role("heading", name="1 statement").is_visible()
    box = page.get_by_role("searchbox", name="Words")
    assert box.input_value() == "sumgayit"
    box.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # exact spelling
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the other filters
    assert page.get_by_role("checkbox", name="English").is_visible()
    page.get_by_role("combobox", name="Issuer").select_option("example-ministry")
    box.press("Enter")
    page.wait_for_url("**exact=1**issuer=example-ministry**")
    page.get_by_role("link", name="Remove all filters").press("Enter")
    page.wait_for_url("**/en/search/?q=sumgayit&exact=1")
