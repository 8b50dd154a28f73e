"""The pages on which a language comes about, in a real browser: axe, a narrow screen, and without JavaScript."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from memorial.accounts.models import Role, User
from memorial.languages.models import Language, LanguageRequest
from memorial.languages.requests import request_language
from memorial.publishing.must_have import require
from tests.accessibility import Look, in_both_looks
from tests.builders import a_statement, a_user, an_occasion

Open = Callable[[User, str], Page]
Ask = Callable[[Page], list[str]]


@pytest.fixture
def pages(transactional_db: None, desk_page: Open, editor: User) -> list[str]:
    """The address of every page of this part, each with something on it; readers do not see Persian yet."""
    Language.objects.filter(tag="fa").update(state=Language.State.PREPARING)
    translator = a_user("translator-tr", Role.TRANSLATOR, language="tr")
    asked = request_language("ps", by=translator, reason="Readers in Kabul.", fallbacks=["fa"])
    failed = request_language("uk", by=translator)
    known = {"state": "failed", "answer": "The tables are in use.", "decided_at": timezone.now()}
    LanguageRequest.objects.filter(pk=failed.pk).update(**known)
    require(a_statement(), by=editor)
    require(an_occasion(), by=editor)
    return [
        "languages/add/", "languages/add/?q=pers", "languages/add/?tag=ku", "languages/add/?tag=lez",
        "languages/requests/", f"languages/requests/{asked.pk}/", f"languages/requests/{failed.pk}/",
        "languages/must-have/?language=fa", "languages/fa/", "languages/fa/formats/", "languages/fa/describe/",
        "languages/language/",
    ]  # fmt: skip


def a_manager() -> User:
    """Somebody who manages languages, and the record."""
    return a_user("manager", Role.LANGUAGE_MANAGER, Role.EDITOR)


@in_both_looks
def test_axe_finds_nothing(desk_page: Open, pages: list[str], found_by_axe: Ask, look: Look) -> None:
    page = desk_page(a_manager(), look.language)
    page.emulate_media(color_scheme=look.colours)
    for address in pages:
        page.goto(f"/admin/{address}")
        assert (address, found_by_axe(page)) == (address, [])


def test_nothing_is_wider_than_a_narrow_screen(desk_page: Open, pages: list[str]) -> None:
    page = desk_page(a_manager(), "az")
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for address in pages[:-1]:
            page.goto(f"/admin/{address}")
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert (address, width, wider) == (address, width, 0)


def test_answers_appear_while_a_name_is_typed(desk_page: Open, pages: list[str], persian_translator: User) -> None:
    page = desk_page(persian_translator, "en")
    page.goto("/admin/languages/add/")
    page.locator("#language-query").press_sequentially("lezg")
    expect(page.locator(".language-results li")).to_have_count(1)
    page.get_by_role("link", name="Choose").click()
    expect(page.locator("[name=name_own]")).to_have_value("Лезги чӀал")
    page.locator("[name=reason]").fill("Readers in Qusar.")
    page.get_by_role("button", name="Ask for this language").click()
    page.wait_for_url("**/languages/requests/*/")
    expect(page.locator("[aria-current=step]")).to_have_count(1)
    assert LanguageRequest.objects.get(language="lez").requested_by == persian_translator


def test_a_language_is_asked_for_without_javascript(
    desk_page: Open, pages: list[str], persian_translator: User
) -> None:
    page = desk_page(persian_translator, "en")
    context = page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, locale="en", storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"{page.url.split('/admin/')[0]}/admin/languages/add/")
    plain.locator("#language-query").fill("Лезги")
    plain.get_by_role("button", name="Search").click()
    plain.get_by_role("link", name="Choose").first.click()
    plain.get_by_role("button", name="Look at it again").click()
    expect(plain.locator("[name=name_en]")).to_have_value("Lezgian")
    plain.get_by_role("button", name="Ask for this language").click()
    plain.wait_for_url("**/languages/requests/*/")
    context.close()
    assert LanguageRequest.objects.filter(language="lez").exists()


@pytest.mark.usefixtures("tables_as_before")
def test_the_page_of_a_request_looks_again_without_javascript(desk_page: Open, pages: list[str]) -> None:
    page = desk_page(a_manager(), "en")
    context = page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, locale="en", storage_state=page.context.storage_state()
    )
    asked = LanguageRequest.objects.get(language="ps")
    LanguageRequest.objects.filter(pk=asked.pk).update(state="adding", decided_at=timezone.now())
    plain = context.new_page()
    plain.goto(f"{page.url.split('/admin/')[0]}/admin/languages/requests/{asked.pk}/")
    expect(plain.get_by_role("link", name="Look again")).to_be_visible()
    failed = {"state": "failed", "answer": "The tables are in use."}
    LanguageRequest.objects.filter(pk=asked.pk).update(**failed)
    expect(plain.get_by_text("The tables are in use.")).to_be_visible(timeout=15_000)
    context.close()
