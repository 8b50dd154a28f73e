"""What the desk's largest pages cost with twelve languages, forty labels and two hundred statements."""

from tests.desk.twelve_languages import LANGUAGES, weighed

FIVE = "az,en,ru,tr,fa"
MOST = 40  # queries
STATEMENT = "statements/statement/{statement}/"
WORKBENCH, FORM, SHEET, GRID = f"{STATEMENT}text/fa/", f"{STATEMENT}change/", "languages/fa/names/", "grid/"


def test_no_page_takes_more_than_forty_queries() -> None:
    found = weighed([WORKBENCH, FORM, SHEET, GRID])
    assert {len(pages) for pages in found.values()} == {4}
    assert {
        (who, page): weight.queries
        for who, pages in found.items()
        for page, weight in pages.items()
        if weight.queries > MOST
    } == {}


def test_the_statement_form_does_not_grow_with_the_languages() -> None:
    few, many = (weighed([FORM], statements=6, languages=languages) for languages in (FIVE, LANGUAGES))
    for who, pages in few.items():
        assert pages[FORM].controls == many[who][FORM].controls
        assert pages[FORM].controls > 0
