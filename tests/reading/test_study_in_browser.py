"""The pages for study in a real browser: what axe finds, whether they fit, and what paper shows."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from memorial.accounts.models import User
from memorial.statements.models import Statement
from tests import accessibility
from tests.builders import an_issuer, an_occasion

from .conftest import a_figure, address, an_event, published, published_again

pytestmark = pytest.mark.django_db(transaction=True)
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
BODY = "<h2>Heading</h2><p>On the night of the example, lamps were lit in four towns.</p><ol><li>One item</li></ol>"
MORE = BODY.replace("four", "five") + "<p>Whoever rang the bells is honoured.</p>"


@pytest.fixture
def years(publisher: User) -> list[Statement]:
    """Two years of a series in English and Persian; of the newer one there are two editions in each."""
    around = {"issuer": an_issuer(), "occasion": an_occasion(), "languages": ("en", "fa"), "original_language": "en"}
    found = [
        published(publisher, slug=f"y-{year}", dated=f"{year}-05-20", text={"body": body}, **around)
        for year, body in ((2024, BODY), (2025, MORE))
    ]
    a_figure(found[1], an_event())
    for lang in ("en", "fa"):
        published_again(found[1], lang, publisher, body=BODY, title="Another title")
    return found


@pytest.fixture
def opened(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A page of the browser."""
    with browser.new_context(base_url=live_server.url) as window:
        page = window.new_page()
        page.set_default_timeout(10_000)
        yield page


def addresses(years: list[Statement], lang: str, lang2: str) -> list[str]:
    """One address of every kind of page for study."""
    compare = f"/{lang}/occasions/example-day/compare/{years[0].sid}..{years[1].sid}/"
    return [
        address(years[1], lang),
        address(years[1], lang, f"with/{lang2}/"),
        address(years[1], lang, "diff/1..2/"),
        f"/{lang}/occasions/example-day/series/example-ministry/?term=lamps&term=towns",
        compare,
        f"{compare}?view=columns",
        f"{compare}?view=list",
    ]


@pytest.mark.parametrize(("lang", "lang2", "colours"), [("en", "fa", "light"), ("fa", "en", "dark")])
def test_every_page_is_accessible_and_fits_the_smallest_window(
    opened: Page, years: list[Statement], lang: str, lang2: str, colours: Any
) -> None:
    opened.emulate_media(color_scheme=colours)
    found = []
    for path in addresses(years, lang, lang2):
        opened.set_viewport_size({"width": 1280, "height": 900})
        opened.goto(path)
        found += [f"{path}: {violation}" for violation in accessibility.violations(opened)]
        opened.set_viewport_size({"width": 320, "height": 640})
        if not opened.evaluate(FITS):
            found.append(f"{path}: wider than 320 pixels")
    assert found == [], "\n".join(found)


def boxes(page: Page, key: str) -> list[dict[str, float]]:
    """Where the two passages under a key stand."""
    found = [each.bounding_box() for each in page.locator(f"#{key} > .words-of").all()]
    assert len(found) == 2
    assert all(found)
    return [box for box in found if box]


def test_pairs_stand_in_columns_or_one_below_the_other(opened: Page, years: list[Statement]) -> None:
    path = address(years[1], "en", "with/fa/")
    opened.set_viewport_size({"width": 1280, "height": 900})
    opened.goto(path)
    english, persian = boxes(opened, "p2")
    assert english["x"] + english["width"] <= persian["x"], "the language of the page comes first, from the left"
    opened.set_viewport_size({"width": 360, "height": 800})
    english, persian = boxes(opened, "p2")
    assert english["y"] + english["height"] <= persian["y"]
    opened.set_viewport_size({"width": 1280, "height": 900})
    opened.goto(address(years[1], "fa", "with/en/"))
    persian, english = boxes(opened, "p2")
    assert english["x"] + english["width"] <= persian["x"], "the language of the page comes first, from the right"


def test_paper_has_both_texts_with_numbers_and_where_they_stay(opened: Page, years: list[Statement]) -> None:
    opened.emulate_media(media="print")
    opened.set_viewport_size({"width": 700, "height": 900})
    opened.goto(address(years[1], "en", "with/fa/"))
    english, persian = boxes(opened, "p2")
    assert english["x"] + english["width"] <= persian["x"]
    assert min(english["width"], persian["width"]) > 250, "each text has a column of its own"
    assert opened.locator("#p2 .pair-key").is_visible()
    assert opened.locator("#p2 .pair-key").inner_text() == "p2"
    assert opened.locator(".sheet-end").get_by_text(f"/s/{years[1].sid}").is_visible()
    assert opened.locator(".sheet-end .hash").count() == 2
    for hidden in (".ways", ".sections", ".languages"):
        assert not opened.locator(hidden).first.is_visible(), hidden
    assert opened.locator("#p2").evaluate("each => getComputedStyle(each).breakInside") == "avoid"


def test_a_link_to_a_paragraph_leads_to_its_pair(opened: Page, years: list[Statement]) -> None:
    opened.set_viewport_size({"width": 360, "height": 500})
    opened.goto(address(years[1], "en", "with/fa/") + "#p3")
    assert opened.locator("#p3").evaluate("each => each.matches(':target')")
    opened.locator("#p1 .anchor").click()
    assert opened.url.endswith("with/fa/#p1")
