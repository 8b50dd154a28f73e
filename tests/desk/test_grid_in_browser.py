"""The first page and the grid in a real browser: accessible, on a phone, by keyboard and without scripts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from memorial.accounts.models import User
from tests.accessibility import Look, in_both_looks

from .many_texts import an_archive

Open = Callable[[User, str], Page]
Ask = Callable[[Page], list[str]]


@in_both_looks
def test_axe_finds_nothing_on_both_pages(
    desk_page: Open, editor: User, administrator: User, found_by_axe: Ask, look: Look
) -> None:
    an_archive(20, 8, by=editor, reviewer=administrator)
    page = desk_page(administrator, look.language)
    page.emulate_media(color_scheme=look.colours)
    for address in ("", "grid/", "grid/?language=fa&state=published", "grid/?state=missing&language=az"):
        page.goto(f"/admin/{address}")
        assert (address, found_by_axe(page)) == (address, [])


def test_the_page_is_never_wider_than_the_screen(desk_page: Open, editor: User) -> None:
    an_archive(10, 8, by=editor)
    page = desk_page(editor, "az")
    for address in ("", "grid/"):
        page.goto(f"/admin/{address}")
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert (address, width, wider) == (address, width, 0)


def test_a_wide_grid_is_moved_by_keyboard_and_keeps_its_first_column(desk_page: Open, editor: User) -> None:
    an_archive(10, 8, by=editor)
    page = desk_page(editor, "en")
    page.set_viewport_size({"width": 800, "height": 800})
    page.goto("/admin/grid/")
    area = page.get_by_role("region", name="10 statements")
    area.focus()
    expect(area).to_be_focused()
    first = area.get_by_role("rowheader").first
    before = first.bounding_box()
    for _press in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)  # it moves smoothly
    assert area.evaluate("each => each.scrollLeft") > 100
    assert first.bounding_box() == before


def test_on_a_phone_each_statement_is_a_card_and_still_a_row(
    desk_page: Open, persian_translator: User, found_by_axe: Ask
) -> None:
    an_archive(10, 8, by=persian_translator)
    page = desk_page(persian_translator, "fa")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/admin/grid/")
    expect(page.get_by_role("row")).to_have_count(11)
    expect(page.get_by_role("columnheader")).to_have_count(3)
    cell = page.get_by_role("cell").last
    expect(cell).to_contain_text("فارسی")
    assert found_by_axe(page) == []


def test_the_filters_work_without_javascript(desk_page: Open, editor: User) -> None:
    an_archive(20, 8, by=editor)
    page = desk_page(editor, "en")
    plain = page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, locale="en", storage_state=page.context.storage_state()
    ).new_page()
    plain.goto(page.url.split("/admin/")[0] + "/admin/grid/")
    plain.get_by_text("Languages shown").first.click()
    plain.get_by_label("فارسی").check()
    plain.get_by_label("State", exact=True).select_option("missing")
    plain.get_by_role("button", name="Show", exact=True).click()
    expect(plain.get_by_role("columnheader", name="فارسی")).to_be_visible()
    assert "state=missing" in plain.url
    assert "language=fa" in plain.url
    plain.context.close()
