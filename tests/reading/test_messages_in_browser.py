"""The pages of a subscription in a real browser: what axe finds, and whether they fit the smallest window."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from memorial.reading.models import Subscription
from tests import accessibility

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.mark.django_db(transaction=True)
def test_a_subscription_is_confirmed_changed_and_ended_by_buttons(
    browser: Browser, live_server: Any, settings: Any, site_languages: None
) -> None:
    settings.MAIL_IS_ON = True
    row = Subscription.objects.create(email="reader@example.org", language="fa", asked_at=timezone.now())
    with browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640}) as window:
        page = window.new_page()
        page.set_default_timeout(10_000)
        page.goto("/fa/follow/")
        assert accessibility.violations(page) == []
        assert page.evaluate(FITS)
        page.goto(f"/en/follow/{row.token}/")
        assert accessibility.violations(page) == []
        page.get_by_role("button", name="Yes, tell me by e-mail").click()
        assert page.get_by_role("status").inner_text() == "Thank you. You will be told by e-mail."
        assert accessibility.violations(page) == []
        assert page.evaluate(FITS)
        page.get_by_label("How often").select_option("weekly")
        page.get_by_role("button", name="Save").click()
        row.refresh_from_db()
        assert row.frequency == "weekly"
        page.get_by_role("button", name="End these messages and delete my address").click()
        assert "your address is deleted" in page.get_by_role("status").inner_text()
        assert not window.cookies()
    assert not Subscription.objects.exists()
