"""A page of every kind in a real browser: what axe finds, what is asked of the server, and whether it fits."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from memorial.statements.models import Statement
from tests import accessibility

pytestmark = pytest.mark.django_db
KINDS = (
    "",
    "statements/",
    "statements/?year=1812",
    "{statement}",
    "{statement}history/",
    "{statement}v/1/",
    "issuers/",
    "issuers/turkpa/",
    "occasions/",
    "occasions/20-january/",
    "events/",
    "events/night-of-19-20-january-1990/",
    "events/night-of-19-20-january-1990/figures/",
    "places/",
    "places/baku/",
    "search/",
    "search/?q=1990&issuer=mfa-az",
    "corrections/",
    "follow/",
    "about/",
    "nowhere/",
)
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def addresses(lang: str) -> list[str]:
    """One address of every kind of page in a language."""
    statement = Statement.objects.get(slug="statement-20-january-2025")
    return [f"/{lang}/" + kind.format(statement=f"statements/{statement.sid}/{statement.slug}/") for kind in KINDS]


@pytest.fixture(scope="module")
def server(sample_server: str) -> str:
    """The server of the sample archive."""
    return sample_server


def opened(browser: Browser, server: str, **context: Any) -> Iterator[Page]:
    """A page of the browser, with its window as ``context`` says."""
    with browser.new_context(base_url=server, **context) as window:
        page = window.new_page()
        page.set_default_timeout(10_000)
        yield page


@pytest.fixture
def at_a_desk_by_day(browser: Browser, server: str) -> Iterator[Page]:
    """A wide window in light colours."""
    yield from opened(browser, server, viewport={"width": 1280, "height": 900}, color_scheme="light")


@pytest.fixture
def on_a_telephone_at_night(browser: Browser, server: str) -> Iterator[Page]:
    """A narrow window in dark colours."""
    yield from opened(browser, server, viewport={"width": 390, "height": 844}, color_scheme="dark")


def complaints(page: Page, lang: str) -> list[str]:
    """Open a page of every kind; return what axe finds, and which pages are wider than the smallest window."""
    size = page.viewport_size
    assert size is not None
    found = []
    for address in addresses(lang):
        page.set_viewport_size(size)
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == lang
        found += [f"{address}: {violation}" for violation in accessibility.violations(page)]
        page.set_viewport_size({"width": 320, "height": 640})
        if not page.evaluate(FITS):
            found.append(f"{address}: wider than 320 pixels")
    return found


def test_every_kind_of_page_is_accessible_at_a_desk_by_day(at_a_desk_by_day: Page) -> None:
    found = complaints(at_a_desk_by_day, "az")
    assert found == [], "\n".join(found)


def test_every_kind_of_page_is_accessible_from_right_to_left_at_night(on_a_telephone_at_night: Page) -> None:
    found = complaints(on_a_telephone_at_night, "fa")
    assert found == [], "\n".join(found)


def test_a_statement_asks_for_a_stylesheet_and_an_icon_and_nothing_else(at_a_desk_by_day: Page, server: str) -> None:
    page, asked = at_a_desk_by_day, []
    page.on("request", lambda request: asked.append(request.url.removeprefix(server)))
    address = addresses("az")[3]
    page.goto(address, wait_until="networkidle")
    allowed = [address, "/static/reading/site.css", "/static/reading/favicon.svg"]
    assert asked[:2] == allowed[:2]
    assert set(asked) <= set(allowed)
    assert len(asked) == len(set(asked))
