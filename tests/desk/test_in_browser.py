"""The desk in a real browser: typing in the editor, saving, publishing, and what axe has to say."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from memorial.accounts.models import User
from memorial.publishing.models import Edition
from memorial.statements.models import Statement
from memorial.translations.models import Text
from memorial.translations.save import save_text
from tests.accessibility import Look, in_both_looks
from tests.builders import a_statement, a_user, an_occasion

Open = Callable[[User, str], Page]
Ask = Callable[[Page], list[str]]


@pytest.fixture
def written(transactional_db: None, desk_page: Open) -> Statement:
    """A statement whose original has been saved once."""
    statement = a_statement()
    colleague = a_user("colleague", "editor")
    body = "<p>Birinci.</p><ul><li>bənd</li></ul><p>İkinci.</p>"
    save_text(statement, "az", title="Bəyanat", summary="", body=body, seen=None, by=colleague)
    return statement


def opened(page: Page, address: str) -> None:
    """Go to a page of the desk and wait until its texts have their editors, whole: their parts come one by one."""
    page.goto(f"/admin/{address}")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[contenteditable=true]")).to_have_count(page.locator("[data-rich-text]").count())


def test_a_text_is_typed_saved_and_published(desk_page: Open, editor: User, written: Statement) -> None:
    page = desk_page(editor, "az")
    page.goto(f"/admin/statements/statement/{written.pk}/change/")
    edited = page.locator("[contenteditable=true]")
    expect(edited).to_have_role("textbox")
    expect(edited).to_have_accessible_name(page.locator("label[for=id_text_body]").inner_text())
    expect(edited).to_have_attribute("lang", "az")
    expect(edited).to_have_attribute("dir", "ltr")
    edited.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("Üçüncü: ə ğ ı İ ş.")
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/statements/statement/")
    body = Text.objects.get(statement=written).head.body
    # Keys of what was there stay; the new paragraph has a new one.
    assert body == (
        '<p data-key="p1">Birinci.</p><ul><li data-key="p2">bənd</li></ul>'
        '<p data-key="p3">İkinci.</p><p data-key="p4">Üçüncü: ə ğ ı İ ş.</p>'
    )
    page.goto(f"/admin/statements/statement/{written.pk}/change/")
    page.locator(".panel a.button").click()
    page.locator(".publish-form input[type=submit]").click()
    page.wait_for_url("**/change/")
    assert Edition.objects.get().body == body


def test_a_split_paragraph_keeps_one_key(desk_page: Open, editor: User, written: Statement) -> None:
    page = desk_page(editor, "az")
    page.goto(f"/admin/statements/statement/{written.pk}/change/")
    edited = page.locator("[contenteditable=true]")
    edited.locator("p").first.click()
    page.keyboard.press("Home")
    for _letter in "Biri":
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(100)  # the editor hears of the cursor a moment after the browser moved it
    page.keyboard.press("Enter")
    assert (
        page.locator("textarea[name=text_body]")
        .input_value()
        .startswith('<p data-key="p1">Biri</p><p>nci.</p><ul><li data-key="p2">bənd</li></ul>')
    )


def test_a_persian_translation_is_typed_from_right_to_left(
    desk_page: Open, persian_translator: User, written: Statement, found_by_axe: Ask
) -> None:
    page = desk_page(persian_translator, "fa")
    page.goto(f"/admin/statements/statement/{written.pk}/text/fa/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.fill("[name=text_title]", "بیانیه")
    edited = page.locator("[contenteditable=true]")
    expect(edited).to_have_attribute("lang", "fa")
    expect(edited).to_have_attribute("dir", "rtl")
    edited.click()
    page.keyboard.type("متن نخست")
    page.locator(".action-buttons [value=save]").click()
    page.wait_for_load_state()
    expect(page.locator("ul.messagelist li.success")).to_have_count(1)
    head = Text.objects.get(language="fa").head
    assert "متن نخست" in head.body
    assert head.based_on == Text.objects.get(language="az").head
    assert found_by_axe(page) == []


def test_formatting_links_and_passages_in_another_language(
    desk_page: Open, editor: User, written: Statement, found_by_axe: Ask
) -> None:
    page = desk_page(editor, "en")
    opened(page, f"statements/statement/{written.pk}/change/")
    area = page.locator("textarea[name=text_body]")
    page.locator("[contenteditable=true] p").first.click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.wait_for_function("getSelection().toString() === 'Birinci.'")
    page.wait_for_timeout(200)  # the editor learns of a selection after the browser has it
    page.get_by_role("button", name="Strong").click()
    expect(page.get_by_role("button", name="Strong")).to_have_attribute("aria-pressed", "true")
    expect(area).to_have_value(re.compile("<strong>Birinci"))
    page.get_by_role("button", name="Link", exact=True).click()
    dialog = page.get_by_role("dialog")
    assert found_by_axe(page) == []
    dialog.get_by_label("Address").fill("https://gazette.example/")
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_be_hidden()
    expect(area).to_have_value(re.compile("gazette"))
    page.get_by_role("button", name="Passage in another language").click()
    dialog.get_by_label("Language tag").fill("fa")
    dialog.get_by_label("Direction").fill("rtl")
    dialog.get_by_role("button", name="Apply").click()
    page.get_by_role("button", name="Heading", exact=True).click()
    html = area.input_value()
    assert html.startswith('<h2 data-key="p1">')
    assert 'href="https://gazette.example/"' in html
    assert "<strong>" in html
    assert 'lang="fa" dir="rtl"' in html
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/statements/statement/")
    stored = Text.objects.get().head.body
    for part in ("<strong>", 'href="https://gazette.example/"', 'lang="fa"', '<h2 data-key="p1">'):
        assert part in stored


def test_an_address_that_is_none_becomes_no_link(desk_page: Open, editor: User, written: Statement) -> None:
    page = desk_page(editor, "en")
    page.goto(f"/admin/statements/statement/{written.pk}/change/")
    page.locator("[contenteditable=true] p").first.click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.get_by_role("button", name="Link", exact=True).click()
    page.get_by_role("dialog").get_by_label("Address").fill("javascript:alert(1)")
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    assert "<a" not in page.locator("[contenteditable=true]").inner_html()


def test_the_toolbar_is_one_tab_stop_walked_by_arrows(desk_page: Open, editor: User, written: Statement) -> None:
    page = desk_page(editor, "en")
    page.goto(f"/admin/statements/statement/{written.pk}/change/")
    bar = page.get_by_role("toolbar")
    expect(bar.locator("button[tabindex='0']")).to_have_count(1)
    bar.locator("button").first.focus()
    page.keyboard.press("ArrowRight")
    expect(bar.locator("button").nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(bar.locator("button").last).to_be_focused()


@in_both_looks
def test_axe_finds_nothing_at_the_desk(
    desk_page: Open, editor: User, written: Statement, found_by_axe: Ask, look: Look
) -> None:
    page = desk_page(editor, look.language)
    page.emulate_media(color_scheme=look.colours)
    for address in (
        "", "statements/statement/", "statements/statement/add/", f"statements/statement/{written.pk}/change/",
        f"statements/statement/{written.pk}/publish/", f"statements/statement/{written.pk}/text/az/history/",
        f"statements/issuer/{written.issuer_id}/change/", "languages/language/",
    ):  # fmt: skip
        opened(page, address)
        assert (address, found_by_axe(page)) == (address, [])


def test_the_page_for_logging_in_is_accessible(desk_page: Open, editor: User, found_by_axe: Ask) -> None:
    page = desk_page(editor, "en")
    page.context.clear_cookies()
    page.goto("/admin/")
    assert found_by_axe(page) == []


def test_nothing_is_wider_than_a_narrow_screen(desk_page: Open, editor: User, written: Statement) -> None:
    page = desk_page(editor, "az")
    page.set_viewport_size({"width": 320, "height": 800})
    for address in (
        "", f"statements/statement/{written.pk}/change/", f"statements/statement/{written.pk}/text/fa/",
        f"statements/statement/{written.pk}/publish/", f"statements/issuer/{written.issuer_id}/change/",
    ):  # fmt: skip
        opened(page, address)
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert (address, wider) == (address, 0)


def test_without_javascript_the_text_is_edited_as_html(desk_page: Open, editor: User, written: Statement) -> None:
    page = desk_page(editor, "en")
    plain = page.context.browser.new_context(
        java_script_enabled=False, locale="en", storage_state=page.context.storage_state()
    ).new_page()
    origin = page.url.split("/admin/")[0]
    plain.goto(f"{origin}/admin/statements/statement/{written.pk}/change/")
    area = plain.locator("textarea[name=text_body]")
    expect(area).to_be_visible()
    area.fill(area.input_value() + "<p>Yeni.</p>")
    plain.locator("input[name=_save]").click()
    plain.context.close()
    assert "Yeni." in Text.objects.get(statement=written).head.body


def test_a_name_in_another_script_is_read_in_its_own_direction_among_the_filters(
    desk_page: Open, editor: User, written: Statement
) -> None:
    an_occasion(name_fa="20 January")
    an_occasion("other-day")  # with only one there is nothing to choose
    page = desk_page(editor, "fa")
    page.goto("/admin/statements/statement/")
    name, other = page.get_by_text("20 January", exact=True), page.locator("#changelist-filter li a").first
    where = """link => [0, 3].map(place => {
        const letter = document.createRange();
        letter.setStart(link.firstChild, place);
        letter.setEnd(link.firstChild, place + 1);
        return letter.getBoundingClientRect();
    }).map(box => [box.left, box.right])"""
    (number_left, _), (letter_left, _) = name.evaluate(where)
    assert number_left < letter_left
    ends = """link => {
        const all = document.createRange();
        all.selectNodeContents(link);
        return all.getBoundingClientRect().right;
    }"""
    assert name.evaluate(ends) == pytest.approx(other.evaluate(ends), abs=2)
