"""What the desk's largest pages cost with twelve languages, forty labels and two hundred statements."""

import pytest

from .form_controls import forms_of_a_site
from .twelve_languages import LANGUAGES, Queries, measured

FEW = "az,en,fa"
MOST = 40  # queries
STATEMENT = "statements/statement/{statement}/"
# The workbench, the statement's form and the sheet of names.
WORK = [f"{STATEMENT}text/fa/", f"{STATEMENT}change/", "languages/fa/names/"]
BOARDS = ["", "grid/", "grid/?mine=1", "grid/?state=missing&outdated=1&sort=date"]


@pytest.fixture(scope="module")
def weight() -> Queries:
    """The queries of every page, by person."""
    return measured([*WORK, *BOARDS])


def test_no_page_takes_more_than_forty_queries(weight: Queries) -> None:
    assert {len(pages) for pages in weight.values()} == {len(WORK) + len(BOARDS)}
    found = {(who, page): number for who, pages in weight.items() for page, number in pages.items()}
    assert {place: number for place, number in found.items() if number > MOST} == {}


def test_the_boards_take_as_many_whatever_the_number_of_languages_and_statements(weight: Queries) -> None:
    few = measured(BOARDS, statements=120, languages=FEW)
    for who, pages in few.items():
        for page, number in pages.items():
            # The grid takes a query for each step of urgency that a page reaches: one to five.
            steps = 4 if page.startswith("grid/") and "sort=date" not in page else 0
            assert abs(number - weight[who][page]) <= steps, (who, page)


def test_the_statement_form_has_the_same_controls_whatever_the_number_of_languages() -> None:
    few, many = forms_of_a_site(FEW), forms_of_a_site(LANGUAGES)
    assert len(few) == len(many) > 1
    for who in few:
        assert (len(few[who]["panel"]), len(many[who]["panel"])) == (3, 12)
        assert few[who]["controls"] == many[who]["controls"] != []
        assert few[who]["controls in the panel"] == many[who]["controls in the panel"] == []
