"""The team of a language and the roles of a person in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Page

from memorial.accounts.models import Role, User
from tests.accessibility import Look, in_both_looks
from tests.builders import a_user

ADDRESS = "/admin/languages/fa/team/"


@in_both_looks
def test_the_page_is_accessible_and_fits_a_phone(
    desk_page: Callable[[User, str], Page], found_by_axe: Callable[[Page], list[str]], look: Look
) -> None:
    lead = a_user("lead-fa", Role.LEAD, language="fa")
    a_user("a-translator-with-a-rather-long-user-name", Role.TRANSLATOR, language="fa")
    page = desk_page(lead, look.language)
    page.emulate_media(color_scheme=look.colours)
    page.goto(ADDRESS)
    assert page.locator("html").get_attribute("dir") == ("rtl" if look.language == "fa" else "ltr")
    assert found_by_axe(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert found_by_axe(page) == []


def test_the_roles_of_a_person_are_accessible(
    desk_page: Callable[[User, str], Page], found_by_axe: Callable[[Page], list[str]]
) -> None:
    person = a_user("somebody", Role.TRANSLATOR, language="fa")
    page = desk_page(a_user("administrator", Role.ADMINISTRATOR), "en")
    page.goto(f"/admin/accounts/user/{person.pk}/change/")
    page.locator("#grants-group .add-row a").click()
    page.fill("#id_grants-1-language", "lez")
    page.select_option("#id_grants-1-role", "contributor")
    assert found_by_axe(page) == []
    page.locator("input[name=_continue]").first.click()
    page.wait_for_selector(".messagelist .success")
    assert sorted(person.grants.values_list("role", "language")) == [("contributor", "lez"), ("translator", "fa")]
