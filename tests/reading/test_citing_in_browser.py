"""The statement page with its citation in a real browser: valid, accessible, narrow, and without a complaint."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from playwright.sync_api import Page

from memorial.accounts.models import User
from memorial.publishing.release import publish
from memorial.statements.attachments import keep
from memorial.statements.models import Statement
from tests import accessibility

from .conftest import a_text, address, published_again


@pytest.fixture
def full(statement: Statement, publisher: User) -> Statement:
    """The statement with a file, a second edition, and a Persian text."""
    keep(statement, ContentFile(b"%PDF-1.4\nscan", name="scan.pdf"), by=publisher)
    published_again(statement, "en", publisher, title="Title & “quotes” <b>")
    a_text(statement, "fa", publisher, title="بیانیه", origin="official", credit="F. Example")
    publish(statement, ["fa"], by=publisher)
    return statement


def paths(statement: Statement) -> list[str]:
    return [
        address(statement, "en"), address(statement, "en", "v/1/"), address(statement, "fa"), "/en/statements/",
        "/en/issuers/example-ministry/", "/en/occasions/example-day/", "/en/events/example-event/",
    ]  # fmt: skip


def test_the_pages_are_valid_html(
    client: Client, full: Statement, valid_html: Callable[[Mapping[str, str | bytes]], list[str]]
) -> None:
    assert valid_html({path: client.get(path).content for path in paths(full)}) == []


def test_the_browser_finds_nothing_to_complain_of(page: Page, live_server: Any, full: Statement) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": 320, "height": 900})
    for path in paths(full):
        page.goto(live_server.url + path)
        fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(fits), path
        data = page.evaluate("[...document.querySelectorAll('script')].map(each => JSON.parse(each.text)['@id'])")
        assert len(data) == (0 if path == "/en/statements/" else 1)
    assert said == [], "linked data is no script: the policy of the pages has nothing against it"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_a_statement_is_cited(
    page: Page, live_server: Any, full: Statement, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in (address(full, "en"), address(full, "fa"), "/en/issuers/example-ministry/"):
        page.goto(live_server.url + path)
        assert accessibility.violations(page) == [], path
