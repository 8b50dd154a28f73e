"""An editor enters a statement, learns what is missing, publishes it in two languages, and corrects it."""

import hashlib
import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from memorial.accounts.models import User
from memorial.publishing.models import Edition
from memorial.statements.models import Statement
from tests import accessibility
from tests.builders import PASSWORD, an_issuer

SITE = "memorial.test"


@pytest.fixture
def at_the_desk(page: Page, live_server: Any, editor: User) -> Page:
    """The desk's first page, with an editor logged in through its form."""
    an_issuer()
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", editor.username)
    page.fill("#id_password", PASSWORD)
    page.locator("form [type=submit]").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))
    return page


def write_body(page: Page, text: str) -> None:
    """Type a text into the editor of rich text, in place of what is there."""
    area = page.locator(".field-text_body .ProseMirror")
    area.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(text)


def save(page: Page) -> None:
    page.locator("input[name=_continue]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def public(address: str) -> tuple[int, str]:
    """What a reader without a browser gets at an address: status and text."""
    response = Client(headers={"host": SITE}).get(address)
    return response.status_code, response.content.decode()


def publish(page: Page, *tags: str, note: str = "") -> None:
    """Publish in exactly these languages, on the publish page that is open."""
    for box in page.locator("input[name=languages]").all():
        if box.is_enabled():
            box.set_checked(box.get_attribute("value") in tags)
    for tag in tags:
        if note:
            page.fill(f"#note-{tag}", note)
    page.locator("form.publish-form [type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def enter_a_statement(page: Page, site: str) -> Statement:
    """Fill the form of a new statement: its record and its original text, and nothing else."""
    page.goto(f"{site}/admin/statements/statement/add/")
    page.locator(".field-issuer .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill("Example")
    page.locator(".select2-results__option", has_text="Example Ministry").click()
    page.fill("#id_dated", "2025-05-20")
    page.fill("#id_slug", "day-of-examples")
    page.select_option("#id_original_language", "az")
    page.fill("#id_text_title", "Nümunələr günü haqqında bəyanat")
    write_body(page, "Bu, birinci abzasdır.")
    save(page)
    return Statement.objects.get()


def add_a_source(page: Page) -> None:
    """Say where the text was read, on the statement's form that is open."""
    page.locator("#sources-group .add-row a").click()
    page.fill("#id_sources-0-publisher", "Example Gazette")
    page.fill("#id_sources-0-url", "https://gazette.example/1")
    page.select_option("#id_sources-0-language", "az")
    page.locator("#id_sources-0-what").select_option(index=1)
    save(page)


def write_in_english(page: Page, site: str, statement: Statement, body: str) -> None:
    """Write or change the English text, on its own page."""
    page.goto(f"{site}/admin/statements/statement/{statement.pk}/text/en/")
    page.fill("#id_text_title", "Statement on the Day of Examples")
    write_body(page, body)
    page.locator(".action-buttons [value=save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_a_statement_goes_from_an_empty_form_to_its_second_edition(at_the_desk: Page, live_server: Any) -> None:
    page, site = at_the_desk, live_server.url

    # Something is missing, and the form says what.
    statement = enter_a_statement(page, site)
    reasons = page.locator("aside.panel .reasons")
    assert "source" in reasons.inner_text().lower()
    add_a_source(page)
    expect(reasons).to_have_count(0)
    write_in_english(page, site, statement, "This is the first paragraph.")
    address = f"/en/statements/{statement.sid}/{statement.slug}/"
    assert public(address)[0] == 404

    # Published in both languages at one moment.
    page.goto(f"{site}/admin/statements/statement/{statement.pk}/publish/")
    publish(page, "az", "en")
    assert sorted(Edition.objects.values_list("language", "number")) == [("az", 1), ("en", 1)]
    assert len(set(Edition.objects.values_list("visible_from", flat=True))) == 1
    page.goto(f"{site}{address}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Statement on the Day of Examples")
    expect(page.locator("#p1")).to_contain_text("This is the first paragraph.")

    # Changed at the desk: readers go on seeing what they saw.
    write_in_english(page, site, statement, "This is the corrected paragraph.")
    assert "This is the first paragraph." in public(address)[1]
    assert "corrected" not in public(address)[1]

    # Published again: edition 2 with its note, and edition 1 where it was.
    page.goto(f"{site}/admin/statements/statement/{statement.pk}/publish/")
    publish(page, "en", note="One word was wrong.")
    page.goto(f"{site}{address}")
    expect(page.locator("#p1")).to_contain_text("This is the corrected paragraph.")
    expect(page.locator("article")).to_contain_text("One word was wrong.")
    for number, words in ((1, "This is the first paragraph."), (2, "This is the corrected paragraph.")):
        status, html = public(f"{address}v/{number}/")
        assert (status, words in html) == (200, True)
        response = Client(headers={"host": SITE}).get(f"{address}v/{number}.txt")
        digest = hashlib.sha256(response.content).hexdigest()
        assert digest == Edition.objects.get(language="en", number=number).sha256
        assert digest in html


@pytest.mark.django_db(transaction=True)
def test_the_statement_form_keeps_the_accessibility_guidelines(at_the_desk: Page, live_server: Any) -> None:
    page = at_the_desk
    enter_a_statement(page, live_server.url)
    found = accessibility.violations(page)
    assert found == [], "\n".join(found)
