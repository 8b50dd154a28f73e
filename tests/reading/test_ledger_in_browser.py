"""The ledger in a real browser: accessible, as narrow as a telephone, by keyboard, and with nothing refused."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from tests import accessibility
from tests.builders import an_issuer
from tests.reading.conftest import an_event
from tests.reading.ledgers import agency, figures_of, noted, stated

pytestmark = pytest.mark.django_db(transaction=True)
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def ledger(publisher: User, live_server: Any, page: Page) -> Page:
    """A page on a site with a ledger that has every sign, and claimants with long names."""
    event = an_event()
    long = an_issuer(
        "long-name",
        **{column_name("name", tag): "Commission of Inquiry of the Example Assembly" for tag in ("az", "en")},
    )
    stated(
        publisher, event,
        {"minimum": 150, "wording": "150 people were killed", "wording_language": "en"},
        {"minimum": 140, "maximum": 170, "claimant": long, "claimed": "2020"},
        {"minimum": 145, "precision": "at-least", "claimant": agency("second", "Second Agency"), "claimed": "2022-03"},
        {"measure": "injured", "minimum": 744, "precision": "about"},
        {"measure": "missing", "precision": "words", "minimum": None, "wording": "onlarla", "wording_language": "az"},
        issuer=an_issuer(),
    )  # fmt: skip
    noted(event, publisher)
    page.goto(f"{live_server.url}{figures_of(event)}")
    return page


def in_persian(page: Page) -> None:
    page.goto(page.url.replace("/en/", "/fa/"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(ledger: Page, scheme: Any) -> None:
    ledger.emulate_media(color_scheme=scheme)
    ledger.locator("summary").click()
    assert accessibility.violations(ledger) == []
    in_persian(ledger)
    ledger.set_viewport_size({"width": 320, "height": 640})
    assert accessibility.violations(ledger) == []


def test_the_page_is_never_wider_than_the_screen(ledger: Page) -> None:
    for width in (320, 390, 1280):
        ledger.set_viewport_size({"width": width, "height": 800})
        assert ledger.evaluate(WIDER) == 0
    in_persian(ledger)
    for width in (320, 390, 1280):
        ledger.set_viewport_size({"width": width, "height": 800})
        assert ledger.evaluate(WIDER) == 0


def test_names_stand_beside_the_drawing_and_below_it_on_a_telephone(ledger: Page) -> None:
    beside, below = ledger.locator(".plot .names").first, ledger.locator(".keys").first
    ledger.set_viewport_size({"width": 1280, "height": 800})
    assert (beside.is_visible(), below.is_visible()) == (True, False)
    picture = ledger.locator(".plot svg[role=img]").first.bounding_box()
    names = beside.bounding_box()
    assert picture
    assert names
    assert names["x"] + names["width"] <= picture["x"] + picture["width"]
    boxes = sorted(
        (box["y"], box["height"])
        for each in ledger.locator(".plot").first.locator(".names > g").all()
        if (box := each.bounding_box())
    )
    assert len(boxes) == 4
    assert all(y + height <= below_it for (y, height), (below_it, _) in pairwise(boxes))
    ledger.set_viewport_size({"width": 320, "height": 800})
    assert (beside.is_visible(), below.is_visible()) == (False, True)
    for mark in ledger.locator(".plot").first.locator(".mark").all():
        box = mark.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320


def test_names_stand_on_the_left_of_a_page_from_right_to_left(ledger: Page) -> None:
    in_persian(ledger)
    ledger.set_viewport_size({"width": 1280, "height": 800})
    picture = ledger.locator(".plot svg[role=img]").first.bounding_box()
    names = ledger.locator(".plot .names").first.bounding_box()
    marks = [mark.bounding_box() for mark in ledger.locator(".plot").first.locator(".mark").all()]
    assert picture
    assert names
    assert names["x"] >= picture["x"] - 1
    assert all(mark and mark["x"] > names["x"] + names["width"] - 20 for mark in marks)


def test_nothing_is_refused_and_a_filter_is_chosen_by_keyboard(ledger: Page) -> None:
    refused: list[str] = []
    ledger.on("console", lambda message: refused.append(message.text))
    ledger.on("pageerror", lambda error: refused.append(str(error)))
    ledger.reload()
    ledger.get_by_role("combobox", name="What is counted").focus()
    ledger.keyboard.type("injured")
    ledger.get_by_role("button", name="Show").focus()
    ledger.keyboard.press("Enter")
    ledger.wait_for_url("**measure=injured**")
    assert ledger.locator("tbody tr").count() == 1
    assert ledger.locator(".mark[data-fid]").count() == 1
    assert refused == []
