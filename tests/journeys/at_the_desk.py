"""What people do at the desk in a browser, said in their own words; every function leaves the page it ended on open."""

import re
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, expect

from tests.builders import PASSWORD

# What a server that is just replacing its workers may take to answer, and what adding a language may take, on a machine
# that has much else to do: milliseconds.
PATIENCE = 20_000
WHILE_COLUMNS_ARE_ADDED = 60_000


@dataclass(frozen=True)
class Wish:
    """A language as somebody asks for it: what is typed into the search, and by hand where CLDR is silent."""

    tag: str
    search: str
    direction: str
    name_own: str = ""
    name_en: str = ""
    script: str = ""


def at_the_desk(browser: Browser, site: str, name: str) -> Page:
    """Log somebody in with a browser of their own, and show the desk's first page in English."""
    context = browser.new_context(base_url=site, locale="en", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("#login-form [type=submit]")
    expect(page).to_have_url(re.compile(r"/admin/$"), timeout=PATIENCE)
    return page


def said(page: Page) -> Locator:
    """What the desk says about what was just done."""
    return page.locator(".messagelist .success")


# -- a language --------------------------------------------------------------------------------------------------------
def ask_for(page: Page, wish: Wish) -> None:
    """Ask for a language as a translator who may not add one."""
    page.goto("/admin/languages/add/")
    page.fill("#language-query", wish.search)
    page.locator("[data-language-search]").get_by_role("button", name="Search").click()
    if wish.name_en:
        page.get_by_role("link", name=re.compile("^Describe .* by hand$")).first.click()
        for name in ("tag", "name_own", "name_en", "script"):
            page.fill(f"[name={name}]", getattr(wish, name))
        choose(page, "direction", wish.direction)
    else:
        page.locator(f'a[href="?tag={wish.tag}"]').first.click()
    expect(page.locator("[name=tag]")).to_have_value(wish.tag)
    page.get_by_role("button", name="Ask for this language").click()
    expect(page).to_have_url(re.compile(r"/languages/requests/\d+/$"))
    expect(page.locator(".state").first).to_contain_text("requested")


def choose(page: Page, name: str, value: str) -> None:
    """Choose a value, whether it is offered as a menu or as buttons."""
    if page.locator(f"select[name={name}]").count():
        page.select_option(f"select[name={name}]", value)
    else:
        page.check(f"[name={name}][value={value}]")


def approve_the_wish(page: Page) -> None:
    """Approve the one open request, and wait on its page until the language can be worked in."""
    page.goto("/admin/languages/requests/")
    page.locator(".request-lines a").first.click()
    page.get_by_role("button", name="Approve and add").click()
    expect(page.get_by_role("link", name="Open its board")).to_be_visible(timeout=WHILE_COLUMNS_ARE_ADDED)


def translate_phrase(page: Page, tag: str, source: str, words: str) -> None:
    """Say one phrase of the readers' pages in a language, and leave its field: it is saved by itself."""
    page.goto(f"/admin/languages/{tag}/phrases/?q={source.replace(' ', '+')}")
    exact = page.locator(".phrase-english").get_by_text(source, exact=True)
    row = page.locator("[data-row]").filter(has=exact).first
    row.locator("[data-field]").first.fill(words)
    page.keyboard.press("Tab")
    expect(row).to_have_attribute("data-state", "saved")


def name_in(page: Page, tag: str, slug: str, words: str) -> None:
    """Give a label its name in a language, on the sheet of names."""
    page.goto(f"/admin/languages/{tag}/names/")
    row = page.locator(f'[data-row][data-called="{slug}"]').first
    row.locator("[data-field=name]").fill(words)
    page.keyboard.press("Tab")
    expect(row).to_have_attribute("data-state", "saved")


def make_public(page: Page, tag: str, reason: str) -> None:
    """Show a language to readers although its board is not complete, saying why."""
    page.goto(f"/admin/languages/{tag}/")
    page.locator("details.override summary").click()
    page.fill("#override-reason", reason)
    page.get_by_role("button", name="Make public with this reason").click()
    expect(said(page)).to_be_visible()


# -- a text ------------------------------------------------------------------------------------------------------------
def open_workbench(page: Page, statement: dict[str, str], tag: str) -> None:
    """Open a text of a statement, and wait for the editor of rich text."""
    page.goto(f"/admin/statements/statement/{statement['pk']}/text/{tag}/")
    expect(editor(page)).to_be_visible()


def editor(page: Page) -> Locator:
    """Where the text itself is typed."""
    return page.locator(".field-text_body .ProseMirror")


def write(page: Page, title: str, *paragraphs: str) -> None:
    """Type a title and a text, in place of what is there."""
    page.fill("[name=text_title]", title)
    editor(page).click()
    page.keyboard.press("ControlOrMeta+A")
    for number, paragraph in enumerate(paragraphs):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(paragraph)


def press(page: Page, button: str) -> None:
    """Press one of the buttons under the text, and read that it is done."""
    page.locator(".bench-actions").get_by_role("button", name=button, exact=True).click()
    expect(said(page)).to_be_visible()


def publish(page: Page, statement: dict[str, str], tag: str) -> None:
    """Publish one language of a statement, at once."""
    page.goto(f"/admin/statements/statement/{statement['pk']}/publish/")
    for box in page.locator("input[name=languages]").all():
        if box.is_enabled():
            box.set_checked(box.get_attribute("value") == tag)
    page.locator("form.publish-form [type=submit]").click()
    expect(said(page)).to_be_visible()
