"""The documentation page in a real browser: what axe finds, and whether it fits."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests import accessibility

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("lang", "width", "scheme"), [("en", 1280, "light"), ("fa", 320, "dark")])
def test_the_documentation_is_accessible_and_fits(
    live_server: Any, browser: Browser, lang: str, width: int, scheme: Any
) -> None:
    size: Any = {"width": width, "height": 800}
    context = browser.new_context(locale=lang, viewport=size, color_scheme=scheme, java_script_enabled=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/api/")
    assert page.get_attribute("html", "lang") == lang
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert accessibility.violations(page) == []
    assert page.evaluate(FITS)
    assert all(url.startswith(live_server.url) for url in asked)
    context.close()
