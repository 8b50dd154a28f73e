"""The grid's page: its numbers, its lists, its filters and its ways to the work."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from memorial.accounts.models import Role, User
from memorial.languages.columns import languages
from memorial.statements.models import Statement
from tests.builders import a_statement, a_user

from .many_texts import an_archive
from .twelve_languages import measured

Enter = Callable[[User], Client]
Open = Callable[[User, str], Page]
Ask = Callable[[Page], list[str]]
PAGES = ["", "grid/", "grid/?mine=1", "grid/?state=missing&outdated=1&sort=date"]
BUDGET = 40


@pytest.fixture
def archive(persian_translator: User) -> list[Statement]:
    """Sixty statements with texts in every state."""
    reviewer = a_user("reviewer-fa", Role.REVIEWER, language="fa")
    return an_archive(60, 12, by=persian_translator, reviewer=reviewer)


def test_each_number_leads_to_a_list_of_that_length(archive: list[Statement], editor: User, enter: Enter) -> None:
    client = enter(editor)
    occasion = archive[0].occasion_id
    followed = 0
    for question in ("", f"?occasion={occasion}"):
        for standing in client.get(f"/admin/grid/{question}").context["standings"]:
            for part in standing.parts:
                page = client.get(part.address).context["page"]
                assert page.paginator.count == part.number, part
                followed += 1
            if standing.outdated:
                listed = client.get(standing.address_of_outdated).context["page"]
                assert listed.paginator.count == standing.outdated
    assert followed > 5 * len(languages())


def test_the_first_pages_numbers_are_those_of_the_grid(
    archive: list[Statement], persian_translator: User, enter: Enter
) -> None:
    client = enter(persian_translator)
    first = client.get("/admin/").context["standings"]
    assert first == client.get("/admin/grid/").context["standings"]
    assert [standing.tag for standing in first] == ["fa"]


def test_a_translator_sees_her_language_beside_the_original(
    archive: list[Statement], persian_translator: User, editor: User, enter: Enter
) -> None:
    context = enter(persian_translator).get("/admin/grid/").context
    assert [column.tag for column in context["columns"]] == ["fa"]
    assert context["has_originals"]
    assert all(row.original.cell.language == "az" for row in context["rows"])
    context = enter(editor).get("/admin/grid/").context
    assert [column.tag for column in context["columns"]] == languages()
    assert not context["has_originals"]


def test_a_cell_leads_to_the_work(persian_translator: User, enter: Enter, statement: Statement) -> None:
    page = enter(persian_translator).get("/admin/grid/?language=fa&language=ru").content.decode()
    assert reverse("admin:statements_statement_text", args=[statement.pk, "fa"]) in page
    # What is missing in a language that is not hers is told, and leads nowhere.
    assert reverse("admin:statements_statement_text", args=[statement.pk, "ru"]) not in page
    assert reverse("admin:statements_statement_change", args=[statement.pk]) in page


def test_fifty_statements_stand_on_a_page(archive: list[Statement], editor: User, enter: Enter) -> None:
    client = enter(editor)
    first = client.get("/admin/grid/?sort=date")
    assert len(first.context["rows"]) == 50
    assert "?sort=date&amp;page=2" in first.content.decode()
    second = client.get("/admin/grid/?sort=date&page=2").context["rows"]
    assert len(second) == 10
    assert {row.statement.pk for row in second}.isdisjoint(row.statement.pk for row in first.context["rows"])


def test_what_is_no_choice_is_said_and_counts_as_not_given(
    archive: list[Statement], editor: User, enter: Enter
) -> None:
    answer = enter(editor).get("/admin/grid/?occasion=0&state=lost&language=xx&year=abc&sort=up&page=x&issuer=9999")
    assert answer.status_code == 200
    assert answer.context["page"].paginator.count == 60
    assert set(answer.context["form"].errors) == {"occasion", "state", "language", "year", "sort", "issuer"}


def test_an_empty_grid_says_why(editor: User, enter: Enter, db: None) -> None:
    client = enter(editor)
    page = client.get("/admin/grid/", headers={"Accept-Language": "en"}).content.decode()
    assert "No statement has been recorded yet." in page
    a_statement()
    page = client.get("/admin/grid/?state=published", headers={"Accept-Language": "en"}).content.decode()
    assert "No statement is in this state." in page


def test_nobody_sees_it_without_a_role(db: None, enter: Enter) -> None:
    assert enter(a_user("nobody")).get("/admin/grid/").status_code == 302


def test_both_pages_keep_their_budget_of_queries_with_twelve_languages_and_two_hundred_statements() -> None:
    many = measured(PAGES, statements=200)
    assert max(number for pages in many.values() for number in pages.values()) <= BUDGET, many
    assert measured(PAGES, statements=120, languages="az,en,fa") == many


@pytest.mark.parametrize("look", ["az light", "az dark", "fa light", "fa dark"])
def test_axe_finds_nothing_on_both_pages(
    desk_page: Open, editor: User, administrator: User, found_by_axe: Ask, look: str
) -> None:
    an_archive(20, 8, by=editor, reviewer=administrator)
    language, scheme = look.split()
    page = desk_page(administrator, language)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for address in ("", "grid/", "grid/?language=fa&state=published", "grid/?state=missing&language=az"):
        page.goto(f"/admin/{address}")
        page.wait_for_load_state("networkidle")
        assert (address, found_by_axe(page)) == (address, [])


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_is_never_wider_than_the_screen(desk_page: Open, editor: User, width: int) -> None:
    an_archive(10, 8, by=editor)
    page = desk_page(editor, "az")
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("", "grid/"):
        page.goto(f"/admin/{address}")
        page.wait_for_load_state("networkidle")
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert (address, wider) == (address, 0)


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
