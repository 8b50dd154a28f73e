"""What the desk's largest pages cost with twelve languages, forty labels and two hundred statements."""

import pytest

from .twelve_languages import LANGUAGES, Measured, measured

FEW = "az,en,fa"
MOST = 40  # queries
STATEMENT = "statements/statement/{statement}/"
# The workbench, the statement's form and the sheet of names.
WORK = [f"{STATEMENT}text/fa/", f"{STATEMENT}change/", "languages/fa/names/"]
BOARDS = ["", "grid/", "grid/?mine=1", "grid/?state=missing&outdated=1&sort=date"]


@pytest.fixture(scope="module")
def many() -> Measured:
    """What pages take in a large site of many languages."""
    return measured([*WORK, *BOARDS], languages=LANGUAGES)


@pytest.fixture(scope="module")
def few() -> Measured:
    """What they take in a smaller one of three."""
    return measured(BOARDS, statements=120, languages=FEW)


def test_no_page_takes_more_than_forty_queries(many: Measured) -> None:
    assert {len(pages) for pages in many["queries"].values()} == {len(WORK) + len(BOARDS)}
    found = {(who, page): number for who, pages in many["queries"].items() for page, number in pages.items()}
    assert {place: number for place, number in found.items() if number > MOST} == {}


def test_the_boards_take_as_many_whatever_the_number_of_languages_and_statements(few: Measured, many: Measured) -> None:
    for who, pages in few["queries"].items():
        for page, number in pages.items():
            # The grid takes a query for each step of urgency that a page reaches: one to five.
            steps = 4 if page.startswith("grid/") and "sort=date" not in page else 0
            assert abs(number - many["queries"][who][page]) <= steps, (who, page)


def test_the_statement_form_has_the_same_controls_whatever_the_number_of_languages(
    few: Measured, many: Measured
) -> None:
    assert few["forms"].keys() == many["forms"].keys() == {"editor", "translator"}
    for who, small in few["forms"].items():
        large = many["forms"][who]
        assert (len(small["panel"]), len(large["panel"])) == (3, 12)
        assert small["controls"] == large["controls"] != []
        assert small["controls in the panel"] == large["controls in the panel"] == []
