"""A translator wishes for a language, and its readers get a statement in it; nobody restarts or interrupts anything."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.at_the_desk import (
    Wish,
    approve_the_wish,
    ask_for,
    at_the_desk,
    make_public,
    name_in,
    open_workbench,
    press,
    publish,
    translate_phrase,
    write,
)
from tests.journeys.living_site import LivingSite, reading

# The heading of the readers' first page, and where a statement was read.
HEADING = "Official statements and commemorations"
PERSIAN = Wish("fa", search="Persian", direction="rtl")
# Neither CLDR nor Django knows Lezgian.
LEZGIAN = Wish("lez", "lez", "ltr", name_own="Лезги чӀал", name_en="Lezgian", script="Cyrl")
WORDS = {
    "fa": ("بیانیه‌های رسمی", "وزارت نمونه", "بیانیه نمونه", "این نخستین بند است."),
    "lez": ("Официал лагьанвай гафар", "Чешнедин министерство", "Чешнедин гаф", "Им сад лагьай паяр я."),
}


@pytest.fixture
def people(browser: Browser) -> "Callable[[LivingSite, str], Page]":
    """Somebody at a browser of their own: ``people(site, "translator")``."""

    def person(site: LivingSite, name: str) -> Page:
        return at_the_desk(browser, site.url, name)

    return person


@pytest.mark.parametrize(
    ("wish", "system"),
    [(PERSIAN, "sqlite"), (LEZGIAN, "postgresql")],
    ids=lambda part: part.tag if isinstance(part, Wish) else part,
)
def test_a_language_goes_from_a_wish_to_its_readers(
    living_site: Callable[[str], LivingSite], people: Callable[[LivingSite, str], Page], wish: Wish, system: str
) -> None:
    site, tag = living_site(system), wish.tag
    site.start()
    statement = site.statement
    address = f"statements/{statement['sid']}/{statement['slug']}/"
    heading, issuer, title, paragraph = WORDS[tag]
    with reading(site, "/az/", "/az/statements/", f"/az/{address}", "/en/issuers/example-ministry/") as readers:
        translator, administrator = people(site, "translator"), people(site, "administrator")

        # The language: wished for, approved, its columns there and all servers aware of it.
        ask_for(translator, wish)
        approve_the_wish(administrator)
        assert site.get(f"/{tag}/")[0] == 404  # readers do not see what is being prepared

        # The words of the pages, a name, and the statement beside its original.
        translate_phrase(translator, tag, HEADING, heading)
        name_in(translator, tag, "example-ministry", issuer)
        open_workbench(translator, statement, tag)
        write(translator, title, paragraph, paragraph, paragraph)
        press(translator, "Send to review")

        # Somebody else approves it, an editor publishes it, and the language is shown.
        reviewer, editor = people(site, "reviewer"), people(site, "editor")
        open_workbench(reviewer, statement, tag)
        press(reviewer, "Approve")
        publish(editor, statement, tag)
        assert site.get(f"/{tag}/{address}")[0] == 404
        make_public(administrator, tag, "Its readers wait for the commemoration.")

        # A reader, without a word of any other language in what was translated.
        home = site.wait(f"/{tag}/", seconds=10)
        page = site.wait(f"/{tag}/{address}", seconds=10)
        assert heading in re.sub(r"<[^>]*>", "", home)
        for html in (home, page):
            assert re.search(rf'<html lang="{tag}" dir="{wish.direction}"', html)
        for words in (title, paragraph, issuer):
            assert words in page
        translator.goto(f"/{tag}/{address}")
        expect(translator.locator("h1")).to_have_text(title)
        expect(translator.locator("html")).to_have_css("direction", wish.direction)
    assert readers.failures == [], site.log
    assert {status for _path, status in readers.answers} == {200}
    assert len(readers.answers) > 100
