"""The workbench in a real browser: side by side, keeping what is typed, two people at once, keyboard, phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from memorial.accounts.models import Role, User
from memorial.statements.models import Statement
from memorial.translations.drafts import draft_of
from memorial.translations.models import PrivateDraft, Revision, Text
from memorial.translations.save import save_text
from tests.accessibility import Look, in_both_looks
from tests.builders import PASSWORD, a_statement, a_user

Open = Callable[[User, str], Page]
Ask = Callable[[Page], list[str]]
LONG = "".join(
    f"<p>Abzas {number}: uzun bir cümlə, sütunun eninə sığmır və növbəti sətrə keçir.</p>" for number in range(20)
)
# What Chromium itself writes to the console when an answer is 401 or 409.
BY_THE_BROWSER = "Failed to load resource"


@pytest.fixture
def written(transactional_db: None, desk_page: Open) -> Statement:
    """A statement with its original, of paragraphs and a list."""
    statement = a_statement()
    body = "<h2>Giriş</h2><p>Birinci abzas.</p><ul><li>birinci bənd</li><li>ikinci bənd</li></ul><p>Son.</p>"
    save_text(
        statement, "az", title="Bəyanat", summary="", body=body + LONG, seen=None, by=a_user("colleague", "editor")
    )
    return statement


@pytest.fixture
def expects_refusals(complaints: list[str]) -> Callable[[], None]:
    """Forget the browser's own lines about answers that the test asks for, and nothing else."""

    def forget() -> None:
        complaints[:] = [line for line in complaints if BY_THE_BROWSER not in line]

    return forget


def address(statement: Statement, language: str = "fa") -> str:
    return f"/admin/statements/statement/{statement.pk}/text/{language}/"


def opened(page: Page, where: str) -> Any:
    """Go to a workbench; return its editor."""
    page.goto(where)
    edited = page.locator("[contenteditable=true]")
    expect(edited).to_be_visible()
    return edited


def press(page: Page, what: str) -> None:
    page.locator(f".action-buttons [value={what}]").click()
    page.wait_for_load_state()


def test_what_is_typed_is_kept_and_restored_after_a_reload(
    desk_page: Open, persian_translator: User, written: Statement, found_by_axe: Ask
) -> None:
    page = desk_page(persian_translator, "fa")
    edited = opened(page, address(written))
    page.fill("[name=text_title]", "عنوان ناتمام")
    edited.click()
    page.keyboard.type("نیمه\u200cکاره")
    expect(page.locator("[data-count=text]")).to_contain_text("۳")
    expect(page.locator("#kept[data-state=good]")).to_be_visible(timeout=9000)
    assert not Text.objects.filter(language="fa").exists()
    page.reload()
    expect(page.locator(".draft-note")).to_be_visible()
    assert found_by_axe(page) == []
    page.locator(".draft-note form[method=get] button").click()
    expect(page.locator("[name=text_title]")).to_have_value("عنوان ناتمام")
    expect(page.locator("[contenteditable=true]")).to_contain_text("نیمه\u200cکاره")
    page.locator(".draft-note [value=discard]").click()
    expect(page.locator("[name=text_title]")).to_have_value("")
    assert not PrivateDraft.objects.exists()


def test_leaving_the_page_keeps_the_last_words(desk_page: Open, persian_translator: User, written: Statement) -> None:
    page = desk_page(persian_translator, "en")
    opened(page, address(written))
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("[name=text_title]", "واپسین واژه")
    page.goto("/admin/")
    for _try in range(40):
        if PrivateDraft.objects.filter(title="واپسین واژه").exists():
            return
        page.wait_for_timeout(50)
    pytest.fail("The last words were not kept.")


def test_the_caret_shows_the_partner_and_a_click_leads_back(
    desk_page: Open, persian_translator: User, written: Statement
) -> None:
    source = Text.objects.get(language="az").head
    assert source is not None
    body = source.body.replace("Birinci abzas.", "بند نخست").replace("Son.", "پایان")
    save_text(written, "fa", title="بیانیه", summary="", body=body, seen=None, based_on=source, by=persian_translator)
    page = desk_page(persian_translator, "en")
    edited = opened(page, address(written))
    edited.locator("p", has_text="پایان").click()
    expect(page.locator("[data-column=source] .is-partner")).to_have_text("not translated yetSon.")
    expect(page.locator("[data-column=source] .is-partner .block-mark")).to_be_hidden()
    page.locator("[data-column=source] p", has_text="Birinci abzas.").click()
    page.keyboard.press("Home")
    page.wait_for_timeout(100)  # the editor hears of the cursor a moment after the browser moved it
    page.keyboard.type("تازه ")
    expect(edited.locator("p").first).to_contain_text("تازه")
    expect(page.locator("[data-column=source] .block-mark:visible")).to_have_count(23)


def test_the_columns_scroll_together_until_it_is_switched_off(
    desk_page: Open, persian_translator: User, written: Statement
) -> None:
    source = Text.objects.get(language="az").head
    assert source is not None
    save_text(
        written, "fa", title="بیانیه", summary="", body=source.body, seen=None, based_on=source, by=persian_translator
    )
    page = desk_page(persian_translator, "en")
    edited = opened(page, address(written))
    column = page.locator("[data-column=source]")
    column.scroll_into_view_if_needed()
    column.hover()
    page.mouse.wheel(0, 400)
    expect(edited.locator("p").first).not_to_be_in_viewport()
    page.uncheck("#scroll-together")
    before = edited.evaluate("element => element.scrollTop")
    column.hover()
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(300)
    assert edited.evaluate("element => element.scrollTop") == before


def test_everything_is_done_by_the_keyboard_alone(
    desk_page: Open, persian_translator: User, written: Statement, found_by_axe: Ask
) -> None:
    page = desk_page(persian_translator, "en")
    opened(page, address(written))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert found_by_axe(page) == []
    page.keyboard.press("Escape")
    page.focus("[name=text_title]")
    page.keyboard.type("بیانیه?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Alt+PageDown")
    expect(page.locator("#bench-said")).to_contain_text("Giriş")
    page.keyboard.press("Alt+Enter")
    page.locator("[contenteditable=true]").press("Control+a")
    page.keyboard.type("مقدمه")
    page.keyboard.press("Alt+PageDown")
    expect(page.locator("#bench-said")).to_contain_text("Birinci abzas.")
    page.keyboard.press("Alt+Enter")
    page.keyboard.press("Alt+PageDown")
    page.keyboard.press("Alt+PageDown")
    page.keyboard.press("Alt+Enter")
    page.keyboard.press("F9")
    expect(page.locator("#bench-said")).to_contain_text("The source says:")
    page.keyboard.press("F8")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    page.wait_for_load_state()
    expect(page.locator("ul.messagelist li.success")).to_have_count(1)
    head = Text.objects.get(language="fa").head
    assert head is not None
    assert head.title == "بیانیه?"
    assert head.body.startswith('<h2 data-key="p1">مقدمه</h2><p data-key="p2">Birinci abzas.</p>')
    assert "چ" in head.body


def test_a_paragraph_of_a_list_is_copied_into_a_list(
    desk_page: Open, persian_translator: User, written: Statement
) -> None:
    page = desk_page(persian_translator, "en")
    edited = opened(page, address(written))
    page.fill("[name=text_title]", "بیانیه")
    for words in ("Birinci abzas.", "birinci bənd", "ikinci bənd"):
        page.locator("[data-column=source] [data-key]", has_text=words).click()
        page.locator("[data-tool=copy]").click()
    expect(edited.locator("li")).to_have_count(2)
    press(page, "save")
    head = Text.objects.get(language="fa").head
    assert head is not None
    assert head.body == (
        '<p data-key="p2">Birinci abzas.</p><ul><li data-key="p3">birinci bənd</li>'
        '<li data-key="p4">ikinci bənd</li></ul>'
    )


def test_a_character_is_inserted_at_the_caret_of_the_field_last_used(
    desk_page: Open, persian_translator: User, written: Statement
) -> None:
    page = desk_page(persian_translator, "en")
    opened(page, address(written))
    page.fill("[name=text_title]", "می")
    page.locator("[data-tool=characters]").click()
    page.get_by_role("button", name="zero-width non-joiner").click()
    expect(page.locator("[name=text_title]")).to_be_focused()
    page.keyboard.type("خواهم")
    expect(page.locator("[name=text_title]")).to_have_value("می\u200cخواهم")


def test_two_translators_of_one_language_meet_on_the_conflict_page(
    desk_page: Open,
    persian_translator: User,
    written: Statement,
    found_by_axe: Ask,
    expects_refusals: Callable[[], None],
) -> None:
    first = desk_page(persian_translator, "fa")
    second = desk_page(a_user("second-fa", Role.TRANSLATOR, language="fa"), "en")
    for page, words in ((first, "یکم"), (second, "دوم")):
        opened(page, address(written)).click()
        page.fill("[name=text_title]", "بیانیه")
        page.locator("[contenteditable=true]").click()
        page.keyboard.type(words)
    press(first, "save")
    expect(first.locator("ul.messagelist li.success")).to_have_count(1)
    press(second, "save")
    expects_refusals()
    expect(second.locator("fieldset.choice.is-contested")).to_have_count(1)
    assert found_by_axe(second) == []
    second.set_viewport_size({"width": 390, "height": 800})
    assert second.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0
    second.locator("button[value=merge]").click()
    expect(second.locator("ul.messagelist li.success")).to_have_count(1)
    head = Text.objects.get(language="fa").head
    assert head is not None
    assert "یکم" in head.body
    assert "دوم" in head.body


def test_two_languages_are_saved_at_once(desk_page: Open, persian_translator: User, written: Statement) -> None:
    russian = a_user("translator-ru", Role.TRANSLATOR, language="ru")
    pages = {"fa": desk_page(persian_translator, "fa"), "ru": desk_page(russian, "ru")}
    for language, page in pages.items():
        opened(page, address(written, language))
        page.fill("[name=text_title]", f"Title {language}")
    for page in pages.values():
        press(page, "save")
        expect(page.locator("ul.messagelist li.success")).to_have_count(1)
    written.refresh_from_db()
    assert (written.title_fa, written.title_ru) == ("Title fa", "Title ru")


def test_a_session_that_ends_is_said_and_typing_goes_on_after_logging_in_elsewhere(
    desk_page: Open, persian_translator: User, written: Statement, expects_refusals: Callable[[], None]
) -> None:
    page = desk_page(persian_translator, "en")
    opened(page, address(written))
    kept_cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.fill("[name=text_title]", "پس از خروج")
    expect(page.locator("#kept[data-state=bad]")).to_contain_text("you have been logged out", timeout=9000)
    assert any(cookie["name"] == "sessionid" for cookie in kept_cookies)
    other = page.context.new_page()
    other.goto("/admin/login/")
    other.fill("#id_username", persian_translator.username)
    other.fill("#id_password", PASSWORD)
    other.click("#login-form [type=submit]")
    other.wait_for_url("**/admin/")
    other.close()
    expect(page.locator("#kept[data-state=good]")).to_be_visible(timeout=12000)
    assert PrivateDraft.objects.get().title == "پس از خروج"
    press(page, "save")
    expect(page.locator("ul.messagelist li.success")).to_have_count(1)
    assert Revision.objects.filter(title="پس از خروج").exists()
    expects_refusals()


def test_pressing_save_after_the_session_has_ended_loses_nothing(
    desk_page: Open,
    persian_translator: User,
    written: Statement,
    found_by_axe: Ask,
    expects_refusals: Callable[[], None],
) -> None:
    page = desk_page(persian_translator, "fa")
    opened(page, address(written))
    page.fill("[name=text_title]", "عنوان")
    page.context.clear_cookies(name="sessionid")
    press(page, "save")
    expect(page.locator(".log-in-again")).to_be_visible()
    expects_refusals()
    assert found_by_axe(page) == []
    page.fill("#id_username", persian_translator.username)
    page.fill("#id_password", PASSWORD)
    page.locator("[value=log-in]").click()
    expect(page.locator("[name=text_title]")).to_have_value("عنوان")
    assert draft_of(written, "fa", persian_translator) is not None


@in_both_looks
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(
    desk_page: Open, editor: User, written: Statement, found_by_axe: Ask, look: Look
) -> None:
    save_text(written, "ru", title="Заявление", summary="", body="<p>Текст</p>", seen=None, by=editor)
    page = desk_page(editor, look.language)
    page.emulate_media(color_scheme=look.colours)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        opened(page, address(written) + "?third=ru")
        page.locator("[data-tool=characters]").click()
        assert (width, found_by_axe(page)) == (width, [])
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0


def test_without_javascript_it_is_plainer_and_whole(
    desk_page: Open, persian_translator: User, written: Statement
) -> None:
    page = desk_page(persian_translator, "en")
    origin = page.url.split("/admin/")[0]
    plain = page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, locale="en", storage_state=page.context.storage_state(), base_url=origin
    ).new_page()
    plain.goto(address(written))
    plain.fill("[name=text_title]", "بیانیه")
    plain.fill("[name=text_body]", "<p>متن</p>")
    expect(plain.locator("[data-tool=next]")).to_be_hidden()
    theirs = save_text(written, "fa", title="دیگری", summary="", body="<p>دیگر</p>", seen=None, by=persian_translator)
    plain.locator(".action-buttons [value=save]").click()
    plain.locator("[name=take-title][value=mine]").check()
    plain.locator("button[value=merge-and-edit]").click()
    expect(plain.locator("[name=text_title]")).to_have_value("بیانیه")
    plain.locator(".action-buttons [value=save]").click()
    expect(plain.locator("ul.messagelist li.success")).to_have_count(1)
    plain.context.close()
    head = Text.objects.get(language="fa").head
    assert head is not None
    assert (head.title, head.number) == ("بیانیه", theirs.number + 1)
