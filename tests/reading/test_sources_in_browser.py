"""The pages of sources and of the whole archive in a real browser: accessible, narrow, printed, valid."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.source_release import publish_source
from memorial.statements.models import EventName, Gap
from tests.accessibility import violations
from tests.publishing.sources import a_background

from .conftest import a_place, address, an_event
from .wordings import a_statement_in_many_words


@pytest.mark.django_db(transaction=True)
def test_pages_are_accessible_narrow_and_valid(
    publisher: User, live_server: Any, page: Any, client: Client,
    valid_html: Callable[[Mapping[str, str | bytes]], list[str]],
) -> None:  # fmt: skip
    event = an_event(**{column_name("coverage", "en"): "Looked for and not found."})
    EventName.objects.create(event=event, name="شب نمونه", language="fa", **{column_name("used_by", "en"): "Press"})
    a_place()
    statement, first, second = a_statement_in_many_words(publisher)
    claims = a_background(event=event)
    publish_source(claims, by=publisher)
    Gap.objects.create(issuer=statement.issuer, dated="2023", **{column_name("note", "en"): "Mentioned, not found."})
    beside = address(statement, "fa", f"wordings/{second.ref}/?beside={first.ref}")
    paths = [
        f"/en/sources/{first.ref}/", f"/fa/sources/{claims.ref}/", address(statement, "fa", "wordings/"),
        address(statement, "en", f"wordings/{first.ref}/"), beside,
        "/fa/coverage/", "/fa/timeline/", "/en/names/", "/fa/places/",
    ]  # fmt: skip
    for path in paths:
        page.set_viewport_size({"width": 320, "height": 700})
        page.goto(f"{live_server.url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert violations(page) == [], path
    assert valid_html({path: client.get(path).content for path in paths}) == []

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}{beside}")
    one, other = (
        page.locator(".beside-row").nth(1).locator(".beside-cell").nth(place).bounding_box() for place in (0, 1)
    )
    assert one["x"] > other["x"], "from right to left, the first side stands on the right"
    assert abs(one["y"] - other["y"]) < 1
    page.set_viewport_size({"width": 390, "height": 900})
    one, other = (
        page.locator(".beside-row").nth(1).locator(".beside-cell").nth(place).bounding_box() for place in (0, 1)
    )
    assert other["y"] >= one["y"] + one["height"], "on a phone the two stand below each other"
    page.emulate_media(media="print")
    assert not page.locator(".languages").is_visible()
