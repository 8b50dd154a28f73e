"""Two people at one text, two languages at once, and a server that dies: what was typed is still there."""

import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.at_the_desk import at_the_desk, editor, open_workbench, press, write
from tests.journeys.living_site import LivingSite

LONGEST = 10  # seconds of typing that may be lost, at most


@pytest.fixture(scope="module")
def with_persian(patterns: Any) -> Callable[[str], LivingSite]:
    """The site to which Persian was added, on each database system; it is not served."""

    @cache
    def made(system: str) -> LivingSite:
        site: LivingSite = patterns.copy(system)
        site.run("manage.py", "add_language", "fa")
        return site

    return made


@pytest.fixture
def site(
    request: pytest.FixtureRequest, with_persian: Callable[[str], LivingSite], patterns: Any
) -> Iterator[LivingSite]:
    """A copy of it, being served."""
    made: LivingSite = patterns.like(with_persian(request.param))
    made.start()
    yield made
    made.stop()


def at_the_text(browser: Browser, site: LivingSite, name: str, tag: str) -> Page:
    """Somebody who has opened a text."""
    page = at_the_desk(browser, site.url, name)
    open_workbench(page, site.statement, tag)
    return page


def history(page: Page, site: LivingSite, tag: str) -> str:
    """All that the history of a text shows, opened."""
    page.goto(f"/admin/statements/statement/{site.statement['pk']}/text/{tag}/history/")
    return page.content()


@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
def test_two_who_write_the_same_text_choose_between_them(browser: Browser, site: LivingSite) -> None:
    first, second = (at_the_text(browser, site, name, "fa") for name in ("translator", "second"))
    write(first, "عنوان یکم", "بند یکم از مترجم نخست.", "بند دوم از مترجم نخست.")
    write(second, "عنوان دوم", "بند یکم از مترجم دیگر.", "بند دوم از مترجم دیگر.")
    press(first, "Save draft")

    # The second sees both texts, each whole, and what the colleague saved is not touched.
    second.locator(".bench-actions").get_by_role("button", name="Save draft", exact=True).click()
    expect(second.locator(".conflict-form")).to_be_visible()
    shown = second.locator("#content").inner_text()
    for words in ("عنوان یکم", "عنوان دوم", "از مترجم نخست", "از مترجم دیگر"):
        assert words in shown

    # Chosen passage by passage: the title of one, the first paragraph of the other, and so on.
    for number, line in enumerate(second.locator(".choice").all()):
        line.locator(f"input[value={'mine' if number % 2 else 'theirs'}]").check()
    second.get_by_role("button", name="Save this choice").click()
    expect(second.locator(".messagelist .success")).to_be_visible()
    expect(second.locator("[name=text_title]")).to_have_value("عنوان یکم")
    assert "از مترجم دیگر" in editor(second).inner_text()
    kept = history(second, site, "fa")
    assert "عنوان یکم" in kept
    assert len(re.findall(r"Revision \d", kept)) >= 2


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_two_who_write_different_languages_both_save(browser: Browser, site: LivingSite) -> None:
    persian = at_the_text(browser, site, "translator", "fa")
    russian = at_the_text(browser, site, "russian", "ru")
    write(persian, "بیانیه نمونه", "این نخستین بند است.")
    write(russian, "Пример заявления", "Это первый абзац.")
    press(persian, "Save draft")
    press(russian, "Save draft")
    for page, tag, title, words in (
        (persian, "fa", "بیانیه نمونه", "این نخستین بند است."),
        (russian, "ru", "Пример заявления", "Это первый абзац."),
    ):
        open_workbench(page, site.statement, tag)
        expect(page.locator("[name=text_title]")).to_have_value(title)
        expect(editor(page)).to_contain_text(words)


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_a_server_that_is_killed_loses_ten_seconds_at_most(browser: Browser, site: LivingSite) -> None:
    page = at_the_text(browser, site, "translator", "fa")
    page.fill("[name=text_title]", "بیانیه نمونه")
    editor(page).click()
    typed: list[float] = []
    began = time.monotonic()
    # Somebody who types on and on, a word every half second: never a pause in which a draft would be kept anyway.
    while time.monotonic() - began < LONGEST + 4:
        page.keyboard.type(f"word{len(typed)} ")
        typed.append(time.monotonic())
        page.wait_for_timeout(400)
    site.kill()
    killed = time.monotonic()
    page.context.close()  # nor does the browser live to send its last words
    site.start()

    page = at_the_desk(browser, site.url, "translator")
    page.goto(f"/admin/statements/statement/{site.statement['pk']}/text/fa/")
    expect(page.locator(".draft-note")).to_be_visible()
    page.get_by_role("button", name="Restore").click()
    expect(editor(page)).to_be_visible()
    expect(page.locator("[name=text_title]")).to_have_value("بیانیه نمونه")
    found = editor(page).inner_text()
    lost = [number for number in range(len(typed)) if f"word{number} " not in f"{found} "]
    assert [number for number in lost if killed - typed[number] > LONGEST] == []
    assert "word0" in found
    # What was restored is saved like anything else that is typed.
    press(page, "Save draft")
    expect(editor(page)).to_contain_text("word0")
