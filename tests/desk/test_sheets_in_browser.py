"""The sheets of names and phrases in a real browser: saved row by row, walked by keyboard, and without scripts."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from memorial.accounts.models import User
from memorial.languages.models import Phrase
from memorial.languages.phrases.save import save_phrase
from memorial.languages.phrases.source import Source, sources
from memorial.statements.models import Event, EventName, Issuer
from tests.accessibility import Look, in_both_looks
from tests.builders import a_user, an_issuer, an_occasion

Open = Callable[[User, str], Page]
Ask = Callable[[Page], list[str]]
NAMES = "/admin/languages/fa/names/?beside=az"
PHRASES = "/admin/languages/fa/phrases/?part=all"


def field(row: Issuer, name: str = "name") -> str:
    return f"#issuer-{row.pk}-{name}"


def line(row: Issuer) -> str:
    return f"#issuer-{row.pk}"


@pytest.fixture
def issuers(transactional_db: None) -> list[Issuer]:
    """Two issuers without a Persian name, the first of them described."""
    first = an_issuer("first", name_fa="", description_az="Təsvir", description_en="A description.")
    return [first, an_issuer("second", name_fa="")]


def counting() -> Source:
    """A string that counts something, with a placeholder."""
    return next(source for source in sources().values() if source.is_plural and "%(" in source.singular)


def test_a_row_is_saved_when_it_is_left_and_the_next_one_is_reached_by_enter(
    desk_page: Open, persian_translator: User, issuers: list[Issuer]
) -> None:
    first, second = issuers
    page = desk_page(persian_translator, "en")
    page.goto(NAMES)
    expect(page.locator("#counted")).to_have_text("2 of 2 names are missing.")
    page.locator(field(first)).focus()
    page.keyboard.type("نخست")
    page.keyboard.press("Enter")
    expect(page.locator(field(second))).to_be_focused()
    expect(page.locator(line(first))).to_have_attribute("data-state", "saved")
    expect(page.locator("[data-status]")).to_have_text("first: Saved.")
    expect(page.locator("#counted")).to_have_text("1 of 2 names are missing.")
    page.keyboard.type("دوم")
    page.keyboard.press("ArrowUp")
    expect(page.locator(field(first))).to_be_focused()
    expect(page.locator(line(second))).to_have_attribute("data-state", "saved")
    page.locator(field(first, "description")).fill("سطر ۱\nسطر ۲")
    page.keyboard.press("Control+Enter")
    expect(page.locator(line(first))).to_have_attribute("data-state", "saved")
    expect(page.locator(field(second))).to_be_focused()
    assert list(Issuer.objects.order_by("slug").values_list("name_fa", "description_fa")) == [
        ("نخست", "سطر ۱\nسطر ۲"), ("دوم", None),
    ]  # fmt: skip


def test_a_refused_row_says_why_and_is_saved_once_it_is_mended(
    desk_page: Open, persian_translator: User, issuers: list[Issuer]
) -> None:
    first, second = issuers
    page = desk_page(persian_translator, "en")
    page.goto(NAMES)
    page.locator(field(first)).fill("ن" * 251)
    page.locator(field(second)).focus()
    expect(page.locator(f"{line(first)} .row-outcome")).to_contain_text("has 251 characters; shorten it to 250")
    expect(page.locator(field(first))).to_have_attribute("aria-invalid", "true")
    assert page.locator(field(first)).input_value() == "ن" * 251
    page.locator(field(first)).fill("نخست")
    page.keyboard.press("Enter")
    expect(page.locator(line(first))).to_have_attribute("data-state", "saved")
    expect(page.locator(field(first))).not_to_have_attribute("aria-invalid", "true")


def test_two_translators_in_two_browsers_choose_between_theirs_and_mine(
    desk_page: Open, persian_translator: User, issuers: list[Issuer], found_by_axe: Ask
) -> None:
    first, second = issuers
    mine, theirs = desk_page(persian_translator, "en"), desk_page(a_user("other", "translator", language="fa"), "fa")
    mine.goto(NAMES)
    theirs.goto(NAMES)
    theirs.locator(field(first)).fill("آنها")
    theirs.keyboard.press("Enter")
    expect(theirs.locator(line(first))).to_have_attribute("data-state", "saved")
    mine.locator(field(first)).fill("من")
    mine.keyboard.press("Enter")
    expect(mine.locator(f"{line(first)} .row-theirs")).to_have_text("آنها")
    assert mine.locator(field(first)).input_value() == "من"
    assert found_by_axe(mine) == []
    # Walking through the row decides nothing.
    mine.locator(field(first)).focus()
    mine.locator(field(second)).focus()
    mine.wait_for_timeout(300)
    assert Issuer.objects.get(slug="first").name_fa == "آنها"
    mine.locator(line(first)).get_by_label("Replace it by what I typed").check()
    expect(mine.locator(line(first))).to_have_attribute("data-state", "saved")
    assert Issuer.objects.get(slug="first").name_fa == "من"


def test_what_is_typed_while_a_row_is_saved_is_saved_too(
    desk_page: Open, persian_translator: User, issuers: list[Issuer]
) -> None:
    first, second = issuers
    page = desk_page(persian_translator, "en")
    page.goto(NAMES)
    answered = []

    def slowly(route: object) -> None:
        if not answered:
            answered.append(1)
            page.locator(field(first)).fill("نخست و بیشتر")
        route.continue_()  # type: ignore[attr-defined]

    page.route("**/names/**", slowly)
    page.locator(field(first)).fill("نخست")
    page.locator(field(second)).focus()
    expect(page.locator(line(first))).to_have_attribute("data-state", "saved")
    page.locator(field(second)).focus()
    expect(page.locator(line(first))).to_have_attribute("data-state", "saved")
    expect(page.locator(f"{line(first)} [data-seen]").first).to_have_value("نخست و بیشتر")
    assert Issuer.objects.get(slug="first").name_fa == "نخست و بیشتر"


def test_a_phrase_is_saved_by_keyboard_with_its_placeholders(
    desk_page: Open, transactional_db: None, found_by_axe: Ask
) -> None:
    translator, source = a_user("translator-ru", "translator", language="ru"), counting()
    page = desk_page(translator, "en")
    page.goto(f"/admin/languages/ru/phrases/?part=all&q={quote(source.plural)}")
    row = page.locator(f"#p-{source.key}")
    few = row.locator("[data-field=few]")
    expect(few).to_have_accessible_name(f"{source.singular} For 2 · 3 · 4 · 22 … few")
    few.fill("проба ")
    chip = row.locator(".chip").first
    chip.focus()
    page.keyboard.press("Enter")
    expect(few).to_be_focused()
    assert few.input_value() == "проба " + (chip.get_attribute("data-insert") or "")
    page.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "saved")
    expect(row.locator("[data-badges]")).to_contain_text("written here")
    assert Phrase.objects.get().forms["few"].startswith("проба ")
    row.get_by_role("button", name="Back to the shipped text").click()
    expect(row.locator("[data-badges]")).to_contain_text("shipped")
    expect(few).not_to_have_value("проба " + (chip.get_attribute("data-insert") or ""))
    assert Phrase.objects.get().forms == {}
    assert found_by_axe(page) == []


def test_the_sheets_work_without_scripts(
    browser: Browser, desk_page: Open, persian_translator: User, issuers: list[Issuer]
) -> None:
    first, second = issuers
    with_scripts = desk_page(persian_translator, "en")
    state = with_scripts.context.storage_state()
    context = browser.new_context(
        locale="en", base_url=with_scripts.url.split("/admin")[0], storage_state=state, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(NAMES)
    page.fill(field(first), "نخست")
    page.fill(field(second), "ن" * 251)
    page.locator(".sheet-form input.default").click()
    expect(page.locator("ul.messagelist li")).to_have_count(2)
    expect(page.locator(f"{line(first)} .row-outcome")).to_have_text("Saved.")
    expect(page.locator(f"{line(second)} .row-outcome")).to_contain_text("251")
    assert page.locator(field(second)).input_value() == "ن" * 251
    assert Issuer.objects.get(slug="first").name_fa == "نخست"
    source = next(s for s in sources().values() if s.part == "public" and not s.is_plural and "%" not in s.singular)
    page.goto(PHRASES)
    page.fill(f"#{'p-' + source.key} textarea", "نوشته")
    page.locator(".sheet-form input.default").click()
    expect(page.locator("ul.messagelist li")).to_have_text("1 row is saved.")
    assert Phrase.objects.get().forms == {"other": "نوشته"}
    page.locator(f"#p-{source.key} button[name=reset]").click()
    expect(page.locator("ul.messagelist li")).to_have_text("1 row is saved.")
    assert Phrase.objects.get().forms == {}
    context.close()


@in_both_looks
def test_axe_finds_nothing_and_nothing_is_wider_than_a_telephone(
    desk_page: Open, administrator: User, issuers: list[Issuer], found_by_axe: Ask, look: Look
) -> None:
    an_occasion()
    event = Event.objects.create(slug="the-event", dated="1990-05", name_en="The event")
    EventName.objects.create(event=event, name="Qara May", language="az", used_by_en="the press")
    source = next(source for source in sources().values() if source.part == "public" and not source.is_plural)
    save_phrase("ru", source.key, {"other": source.singular + " …"}, seen=0, by=administrator)
    page = desk_page(administrator, look.language)
    page.emulate_media(color_scheme=look.colours)
    for address in (
        "languages/fa/names/?beside=az", "languages/ru/names/?beside=fa", "languages/fa/phrases/?beside=az&q=figure",
        "languages/ru/phrases/?beside=fa&q=%25%28",
    ):  # fmt: skip
        page.set_viewport_size({"width": 1280, "height": 1300})  # no row half under the bar at the bottom
        page.goto(f"/admin/{address}")
        assert (address, found_by_axe(page)) == (address, [])
        page.set_viewport_size({"width": 390, "height": 844})
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (address, width) == (address, 390)
        assert (address, found_by_axe(page)) == (address, [])


def test_a_sheet_that_may_only_be_read_is_accessible(
    desk_page: Open, persian_translator: User, issuers: list[Issuer], found_by_axe: Ask
) -> None:
    page = desk_page(persian_translator, "fa")
    for address in ("/admin/languages/ru/names/", "/admin/languages/ru/phrases/"):
        page.goto(address)
        expect(page.locator(".notice")).to_be_visible()
        expect(page.locator("[data-field]")).to_have_count(0)
        assert found_by_axe(page) == []
