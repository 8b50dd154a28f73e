"""The page of the grid: a row a statement, a column a language, and in each cell the way to the work."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action, may
from memorial.desk.page import desk_page
from memorial.desk.recent import called
from memorial.desk.titles import shown_title
from memorial.desk.workbench.found import text_address
from memorial.languages.columns import languages
from memorial.languages.formats import own_name
from memorial.languages.labels import Label, direction
from memorial.publishing.grid import Cell, Grid
from memorial.statements.models import Statement

from .asked import GridForm
from .standing import standings

ROWS = 50


@dataclass(frozen=True)
class Column:
    """One language of the table."""

    tag: str
    name: str
    dir: str


@dataclass(frozen=True)
class ShownCell:
    """A cell with its column, who saved its text last, and where the work on it goes on (empty: nothing to do)."""

    cell: Cell
    column: Column
    by: str
    address: str


@dataclass(frozen=True)
class Row:
    """One statement; ``original`` is its cell in the original's language where that has no column of its own."""

    statement: Statement
    title: Label
    original: ShownCell | None
    cells: list[ShownCell]


def grid_page(request: HttpRequest) -> HttpResponse:
    """Show the numbers by language, the filters, and fifty statements."""
    form = GridForm(request.GET)
    grid = form.asked(request)
    statements = grid.listed(keep=languages(), without=["summary"])
    page = Paginator(statements, ROWS).get_page(request.GET.get("page"))
    columns = [_column(tag) for tag in grid.tags]
    rows = _rows(request, grid, page, columns)
    context: dict[str, Any] = {
        "form": form,
        "grid": grid,
        "standings": standings(grid),
        "page": page,
        "columns": columns,
        "rows": rows,
        "has_originals": any(row.original for row in rows),
        "is_filtered": bool(grid.state or grid.is_outdated_only or grid.waits_for or form.is_narrowed()),
        "query": _without_page(request),
    }
    return desk_page(request, "desk/boards/grid.html", context, title=_("All texts"))


def _rows(request: HttpRequest, grid: Grid, page: Page[Statement], columns: list[Column]) -> list[Row]:
    statements = list(page.object_list)
    others = {row.original_language for row in statements} - set(grid.tags)
    found = grid.cells(statements, [*grid.tags, *sorted(others)])
    return [
        Row(
            statement,
            shown_title(statement),
            _shown(request, found[statement.pk][statement.original_language], _column(statement.original_language))
            if statement.original_language in others
            else None,
            [_shown(request, found[statement.pk][column.tag], column) for column in columns],
        )
        for statement in statements
    ]


def _shown(request: HttpRequest, cell: Cell, column: Column) -> ShownCell:
    leads_somewhere = cell.text is not None or may(request.user, Action.CHANGE_TEXT, cell.language)
    return ShownCell(
        cell,
        column,
        called(cell.text.head.saved_by) if cell.text and cell.text.head else "",
        text_address(cell.statement, cell.language) if leads_somewhere else "",
    )


def _column(tag: str) -> Column:
    return Column(tag, own_name(tag), direction(tag))


def _without_page(request: HttpRequest) -> str:
    """The address's question without the page, to which a page's number is added."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()
