"""History, difference, restoring, “ready for translation” and preview in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from memorial.accounts.models import User
from memorial.statements.models import Statement
from memorial.translations.models import Significance, Text
from memorial.translations.ready import mark_ready
from memorial.translations.review import send_back, submit
from memorial.translations.save import save_text
from tests.accessibility import Look, in_both_looks
from tests.builders import a_statement, a_user

Open = Callable[[User, str], Page]
Ask = Callable[[Page], list[str]]
BODY = "<h2>Başlıq</h2><p>Birinci abzas.</p><p>İkinci abzas qalır.</p><ul><li>bənd</li></ul><p>Sonuncu abzas.</p>"
PAGES = {
    "history": "text/{tag}/history/",
    "difference": "text/{tag}/difference/1..2/",
    "marked": "text/{tag}/difference/1..2/?view=marked",
    "restore": "text/{tag}/restore/1/",
    "ready": "text/{tag}/ready/",
    "preview": "text/{tag}/preview/?revision=1",
    "statement": "change/",
}


@pytest.fixture
def revised(transactional_db: None, desk_page: Open) -> Statement:
    """A statement of two languages, each saved twice; the newer original waits to be ready for translation."""
    statement = a_statement()
    colleague = a_user("colleague", "editor")
    az = save_text(
        statement, "az", title="Anım günü haqqında bəyanat", summary="Qısa", body=BODY, seen=None, by=colleague
    )
    mark_ready(az, significance=Significance.MEANING, note="İlk mətn.", by=colleague)
    fa = save_text(
        statement, "fa", title="بیانیه", summary="", body="<p>متن نخست است.</p><p>متن دوم.</p><p>سوم</p>", seen=None,
        based_on=az, by=colleague,
    )  # fmt: skip
    submit(fa.text, seen=fa, by=colleague, message="Please read it.")
    send_back(
        Text.objects.get(pk=fa.text_id), seen=fa, by=a_user("reviewer-fa", "reviewer", language="fa"), message="یک واژه"
    )
    save_text(
        statement, "fa", title="بیانیه‌ی تازه", summary="خلاصه", seen=fa, by=colleague,
        body=fa.body.replace("نخست", "یکم").replace("<p data-key=\"p3\">سوم</p>", "") + "<p>پایان</p>",
    )  # fmt: skip
    body = az.body.replace("Birinci", "İlk").replace("Sonuncu abzas.", "Sonuncu abzas, düzəldilib.") + "<p>Yeni.</p>"
    save_text(statement, "az", title="Anım günü bəyanatı", summary="Qısa", body=body, seen=az, by=colleague)
    return statement


@in_both_looks
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    desk_page: Open, administrator: User, revised: Statement, found_by_axe: Ask, look: Look
) -> None:
    page = desk_page(administrator, look.language)
    page.emulate_media(color_scheme=look.colours)
    for name, route in PAGES.items():
        page.goto(f"/admin/statements/statement/{revised.pk}/{route.format(tag=look.language)}")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert found_by_axe(page) == [], (name, width)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (name, width)


def test_two_revisions_are_compared_and_one_is_restored_by_keyboard(
    desk_page: Open, editor: User, revised: Statement
) -> None:
    page = desk_page(editor, "en")
    page.goto(f"/admin/statements/statement/{revised.pk}/text/az/history/")
    page.get_by_role("radio", name="from revision 1").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show what changed between the two chosen").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/difference/1..2/")
    expect(page.locator("ins", has_text="Yeni.").first).to_be_visible()
    expect(page.get_by_text("İkinci abzas qalır.")).to_be_hidden()
    page.locator("details.unchanged summary").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Restore the older one").click()
    page.get_by_role("button", name="Restore revision 1").click()
    page.wait_for_url("**/history/")
    expect(page.locator(".revision").first).to_contain_text("Anım günü haqqında bəyanat")
    assert Text.objects.get(language="az").head.number == 3
    assert Text.objects.get(language="fa").head.number == 2


def test_the_preview_is_the_readers_page_under_a_banner(desk_page: Open, editor: User, revised: Statement) -> None:
    page = desk_page(editor, "en")
    page.goto(f"/admin/statements/statement/{revised.pk}/text/fa/preview/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("complementary", name="About this preview")).to_have_attribute("dir", "ltr")
    expect(page.locator("h1")).to_have_text("بیانیه‌ی تازه")
    page.get_by_role("link", name="History").click()
    page.wait_for_url("**/text/fa/history/")
