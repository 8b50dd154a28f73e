"""The grid: the state of each cell, and numbers that are the lengths of lists."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from memorial.accounts.models import Role, User
from memorial.languages.columns import languages
from memorial.languages.models import Language
from memorial.publishing import kept_tallies
from memorial.publishing.grid import CellState, Grid, Order, cells
from memorial.publishing.progress import progress
from memorial.publishing.release import publish
from memorial.publishing.withdrawal import withdraw
from memorial.statements.models import Occasion, Statement
from memorial.translations.models import Significance, Text
from memorial.translations.ready import mark_ready
from memorial.translations.review import approve, submit
from tests.builders import a_statement, a_user, an_issuer, an_occasion
from tests.desk.many_texts import an_archive
from tests.reading.test_plans import queries, whole_tables

from .conftest import a_ready_statement, write


def _state(statement: Statement, language: str = "fa") -> CellState:
    return cells([statement], [language])[statement.pk][language].state


@pytest.fixture
def archive(persian_translator: User) -> list[Statement]:
    """Seventy statements with texts in every state."""
    reviewer = a_user("reviewer-fa", Role.REVIEWER, language="fa")
    statements = an_archive(70, 12, by=persian_translator, reviewer=reviewer)
    withdrawer = a_user("withdrawer", Role.PUBLISHER)
    shown = cells(statements, ["fa"])
    published = [each for each in statements if shown[each.pk]["fa"].state == CellState.PUBLISHED]
    for statement in published[:2]:
        withdraw(statement, ["fa"], by=withdrawer, reason="An example.")
    write(published[1], "fa", persian_translator, title="Written on")
    return statements


def test_a_cell_goes_from_missing_to_published_and_on(publisher: User, persian_translator: User) -> None:
    statement = a_ready_statement(publisher, ["az"])
    reviewer = a_user("reviewer-fa", Role.REVIEWER, language="fa")
    assert _state(statement) == CellState.MISSING
    head = write(statement, "fa", persian_translator)
    text = Text.objects.get(statement=statement, language="fa")
    assert _state(statement) == CellState.DRAFT
    submit(text, seen=head, by=persian_translator)
    text.refresh_from_db()
    assert _state(statement) == CellState.IN_REVIEW
    approve(Text.objects.get(pk=text.pk), seen=head, by=reviewer)
    assert _state(statement) == CellState.APPROVED
    publish(statement, ["az", "fa"], by=publisher)
    assert _state(statement) == CellState.PUBLISHED
    changed = write(statement, "fa", persian_translator, title="Changed")
    assert _state(statement) == CellState.CHANGED
    submit(Text.objects.get(pk=text.pk), seen=changed, by=persian_translator)
    approve(Text.objects.get(pk=text.pk), seen=changed, by=reviewer)
    assert _state(statement) == CellState.APPROVED
    later = timezone.now() + timedelta(days=3)
    publish(statement, ["fa"], by=publisher, at=later, note="Corrected.")
    assert _state(statement) == CellState.SCHEDULED
    withdraw(statement, ["fa"], by=publisher, reason="An example.")
    assert _state(statement) == CellState.WITHDRAWN
    write(statement, "fa", persian_translator, title="Written on")
    assert _state(statement) == CellState.DRAFT


def test_the_grid_agrees_with_the_statements_own_page(archive: list[Statement]) -> None:
    tags = languages()
    shown = cells(archive[:14], tags)
    for statement in archive[:14]:
        for line in progress(statement):
            cell = shown[statement.pk][line.language.tag]
            assert cell.outdated_by == line.outdated_by
            # The page knows of no review in its state, and compares the facts: it finds a change where the grid cannot.
            same = {CellState.IN_REVIEW: "draft", CellState.APPROVED: "draft"}.get(cell.state, cell.state.value)
            assert line.state.value in (same, "changed"), (cell, line.state)


@pytest.mark.parametrize("narrowed", ["", "occasion", "issuer", "year"])
def test_each_number_is_the_length_of_its_list(archive: list[Statement], narrowed: str) -> None:
    first = archive[0]
    values = {"occasion": first.occasion_id, "issuer": first.issuer_id, "year": first.earliest.year}
    grid = Grid(tuple(languages()), **({narrowed: values[narrowed]} if narrowed else {}))  # type: ignore[arg-type]
    tallies = grid.tallies()
    assert [tally.language for tally in tallies] == languages()
    for tally in tallies:
        one = replace(grid, tags=(tally.language,))
        assert tally.total == one.statements().count() > 0
        assert sum(tally.states.values()) == tally.total
        for state, number in tally.states.items():
            assert number == len(replace(one, state=state).statements()), (tally.language, state)
        assert tally.all_outdated == len(replace(one, is_outdated_only=True).statements())
    if not narrowed:
        persian = tallies[-1]
        assert all(persian.states.values()), "the archive has a text in every state"
        assert persian.all_outdated


def test_a_list_shows_a_cell_in_the_state_asked_for(archive: list[Statement]) -> None:
    grid = Grid(("en", "fa"))
    for state in CellState:
        listed = list(replace(grid, state=state).statements())
        shown = grid.cells(listed)
        assert listed
        for statement in listed:
            assert state in {cell.state for cell in shown[statement.pk].values()}


def test_the_most_urgent_stands_first_then_the_newest(publisher: User) -> None:
    ways = {
        "2001-01-01": Significance.WORDING, "2002-01-01": None, "2003-01-01": Significance.URGENT,
        "2004-01-01": Significance.MEANING, "2005-01-01": None,
    }  # fmt: skip
    for dated, significance in ways.items():
        statement = a_ready_statement(publisher, ["az", "fa"], dated=dated)
        if significance:
            mark_ready(write(statement, "az", publisher, title="Changed"), significance=significance, by=publisher)
    a_ready_statement(publisher, ["az"], dated="2000-01-01")  # nothing in Persian
    worst = Grid(("fa",))
    assert [row.dated[:4] for row in worst.statements()] == ["2003", "2004", "2000", "2001", "2005", "2002"]
    by_date = replace(worst, order=Order.DATE)
    assert [row.dated[:4] for row in by_date.statements()] == ["2005", "2004", "2003", "2002", "2001", "2000"]
    # Seen from English, which has no text at all, nothing is outdated.
    assert [row.dated[:4] for row in Grid(("en",)).statements()] == ["2005", "2004", "2003", "2002", "2001", "2000"]


@pytest.mark.parametrize("order", list(Order))
def test_pages_are_pieces_of_the_whole_list(archive: list[Statement], publisher: User, order: Order) -> None:
    for significance in (Significance.URGENT, Significance.WORDING, Significance.MEANING):
        statement = a_ready_statement(publisher, ["az", "fa"])
        mark_ready(write(statement, "az", publisher, title="Changed"), significance=significance, by=publisher)
    for grid in (
        Grid(("fa",), order=order),
        Grid(("en", "fa"), order=order),
        Grid(("fa",), order=order, state="draft"),
    ):
        whole, listed = list(grid.statements()), grid.listed(keep=languages())
        assert listed.count() == len(whole) > 5
        for size in (2, 7, 500):
            pages = [list(listed[start : start + size]) for start in range(0, len(whole), size)]
            assert [row for page in pages for row in page] == whole


def test_no_page_of_the_grid_sorts_or_reads_the_whole_archive(archive: list[Statement]) -> None:
    for order in Order:
        with queries() as asked:
            assert len(list(Grid(("fa",), order=order).listed()[0:5])) == 5
        for sql, params in asked:
            assert whole_tables(sql, params) == set(), sql
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}", params)
                plan = str(cursor.fetchall())
            # What is behind is known by its keys: few are sorted.
            assert "LIMIT" not in sql or '"id" IN (' in sql or "TEMP B-TREE FOR ORDER BY" not in plan, sql


def test_numbers_of_a_large_archive_are_kept_a_while(
    archive: list[Statement], publisher: User, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(kept_tallies, "EXACT", 10)
    monkeypatch.setattr(kept_tallies, "SHARE", 0.0001)
    first, other = Grid(("fa",)), Grid(("fa",), year=archive[0].earliest.year)
    published, drafts = (replace(first, state=state) for state in (CellState.PUBLISHED, CellState.DRAFT))
    numbers, length = first.tallies(), published.listed().count()
    assert other.tallies() != numbers
    counted_by = timezone.now()
    assert {tally.counted_at for tally in numbers} == {None}
    with django_assert_num_queries(1):  # how many statements there are
        assert Grid(("fa",)).tallies() == numbers
    with django_assert_num_queries(2):  # how many there are: for what is behind, and for the length
        assert published.listed().count() == length
    publish(a_ready_statement(publisher, ["az", "fa"]), ["az", "fa"], by=publisher)
    a_ready_statement(publisher, ["az", "fa"])
    assert first.tallies() == numbers
    assert all(tally.counted_at and tally.counted_at <= counted_by for tally in first.tallies())
    assert published.listed().count() == length
    assert drafts.listed().count() == len(drafts.statements())  # of few, it is always the one of the moment
    cache.clear()
    assert first.tallies() != numbers
    assert published.listed().count() == length + 1


def test_the_grid_is_narrowed_to_an_occasion_an_issuer_and_a_year(db: None) -> None:
    other = an_issuer("other-ministry")
    day: Occasion = an_occasion()
    kept = a_statement(issuer=other, occasion=day, dated="2024-05-20")
    a_statement(issuer=other, occasion=day, dated="2025-05-20")
    a_statement(occasion=day, dated="2024-05-20")
    a_statement(issuer=other, dated="2024-05-20")
    grid = Grid(("fa",), occasion=day.pk, issuer=other.pk, year=2024)
    assert list(grid.statements()) == [kept]


def test_it_shows_only_what_waits_for_somebody(publisher: User, persian_translator: User) -> None:
    Language.objects.filter(tag="fa").update(review=Language.Review.REVIEWER)
    reviewer = a_user("reviewer-fa", Role.REVIEWER, language="fa")
    waiting, _other = (a_ready_statement(publisher, ["az", "fa"]) for _number in range(2))
    text = Text.objects.select_related("head").get(statement=waiting, language="fa")
    assert text.head is not None
    submit(text, seen=text.head, by=publisher)
    assert list(Grid(("fa",), waits_for=reviewer).statements()) == [waiting]
    assert list(Grid(("en",), waits_for=reviewer).statements()) == []
    assert list(Grid(("fa",), waits_for=persian_translator).statements()) == []


def test_cells_cost_one_query_and_numbers_two(archive: list[Statement], django_assert_num_queries: object) -> None:
    grid = Grid(tuple(languages()))
    with django_assert_num_queries(1):  # type: ignore[operator]
        for row in grid.cells(archive).values():
            assert all(cell.text is None or (cell.text.head and cell.text.head.saved_by) for cell in row.values())
    with django_assert_num_queries(2):  # type: ignore[operator]
        grid.tallies()
