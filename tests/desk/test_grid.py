"""The grid's page: its numbers, its lists, its filters and its ways to the work."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from memorial.accounts.models import Role, User
from memorial.desk.boards.standing import ALONG_THE_BAR
from memorial.languages.columns import languages
from memorial.publishing import kept_tallies
from memorial.publishing.grid import CellState
from memorial.statements.models import Statement
from tests.builders import a_statement, a_user

from .many_texts import an_archive

Enter = Callable[[User], Client]
Open = Callable[[User, str], Page]
Ask = Callable[[Page], list[str]]


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


def test_every_state_has_its_part_of_the_bar_and_its_colour() -> None:
    assert sorted(ALONG_THE_BAR) == sorted(CellState)
    styles = {name: Path(finders.find(f"desk/{name}.css")).read_text() for name in ("standings", "languages")}
    for state in CellState:
        assert f".bar-{state} {{" in styles["standings"], state
        assert re.search(rf"\.state-{state}\b", "".join(styles.values())), state


def test_the_first_pages_numbers_are_those_of_the_grid(
    archive: list[Statement], persian_translator: User, enter: Enter
) -> None:
    client = enter(persian_translator)
    first = client.get("/admin/").context["standings"]
    assert first == client.get("/admin/grid/").context["standings"]
    assert [standing.tag for standing in first] == ["fa"]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_numbers_that_are_not_of_this_moment_say_when_they_were_counted(
    archive: list[Statement],
    persian_translator: User,
    enter: Enter,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    said = {"en": "Numbers: ", "fa": "عددها: "}[language]
    User.objects.filter(pk=persian_translator.pk).update(interface_language=language)
    client = enter(persian_translator)
    exact = [client.get(path) for path in ("/admin/grid/", "/admin/")]
    monkeypatch.setattr(kept_tallies, "EXACT", 10)
    monkeypatch.setattr(kept_tallies, "SHARE", 0.0001)
    exact.append(client.get("/admin/grid/"))
    assert not any('class="counted"' in page.content.decode() for page in exact)
    a_statement()
    for path in ("/admin/grid/", "/admin/"):
        page = client.get(path)
        standing = page.context["standings"][0]
        assert standing.total == len(archive)  # an old number
        said_here = f'<p class="counted">{said}<time datetime="{standing.counted_at.isoformat()}"'
        assert said_here in page.content.decode()


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
