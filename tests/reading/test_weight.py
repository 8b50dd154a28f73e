"""How many queries and bytes a page costs, whatever the number of languages and statements."""

import re
from io import StringIO
from pathlib import Path
from statistics import median

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.reading.addresses import of_statement
from memorial.reading.editions import for_a_page
from memorial.statements.models import Statement
from tests.builders import an_issuer, an_occasion

from .conftest import a_place, address, an_event, only_public, published, published_again
from .many import copy_of, many_more

BUDGETS = {
    "statement": 8,
    "statements/": 6,
    "statements/?issuer=example-ministry&occasion=example-day&event=example-event&year=2000": 6,
    "": 6,
    "issuers/example-ministry/": 3,
    "occasions/example-day/": 4,
    "events/example-event/": 9,
    "events/example-event/figures/": 5,
    "places/example-town/": 6,
    "issuers/": 2,
    "timeline/": 5,
    "timeline/?view=statements": 4,
    "coverage/": 5,
    "names/": 2,
    "events/": 2,
}


@pytest.fixture
def archive(publisher: User) -> Statement:
    """Ten statements of one series; the one returned is related to others and has two editions in English."""
    around = {"issuer": an_issuer(), "occasion": an_occasion(), "events": [an_event()], "places": [a_place()]}
    rows = [published(publisher, slug=f"e-{n}", dated=f"20{n:02}-05-20", **around) for n in range(10)]
    rows[5].related.set(rows[6:])
    published_again(rows[5], "en", publisher)
    return rows[5]


def queries(client: Client, archive: Statement) -> dict[str, list[str]]:
    """What each page of BUDGETS asks the database."""
    found = {}
    for path in BUDGETS:
        whole = address(archive, "en") if path == "statement" else f"/en/{path}"
        client.get(whole)  # what a process asks once is asked
        with CaptureQueriesContext(connection) as asked:
            assert client.get(whole).status_code == 200, whole
        found[path] = [query["sql"] for query in asked.captured_queries]
    return found


def counts(found: dict[str, list[str]]) -> dict[str, int]:
    return {path: len(asked) for path, asked in found.items()}


def test_pages_ask_as_much_of_ten_statements_as_of_ten_thousand(client: Client, archive: Statement) -> None:
    few = queries(client, archive)
    assert {path: count for path, count in counts(few).items() if count > BUDGETS[path]} == {}
    many_more(archive, 9_990)
    assert Statement.objects.count() == 10_000
    many = queries(client, archive)
    assert counts(many) == counts(few)
    with CaptureQueriesContext(connection) as deep:
        assert client.get("/en/statements/?page=400").status_code == 200
    assert len(deep) == len(few["statements/"])
    if connection.vendor == "sqlite":
        assert unindexed([str(Edition.objects.filter(latest=None).query)]), "a look at every edition is noticed"
        for path in ("statement", "statements/", ""):
            assert unindexed(many[path]) == [], path
        assert unindexed([query["sql"] for query in deep.captured_queries]) == []


def unindexed(asked: list[str]) -> list[str]:
    """The queries for which SQLite would read the whole table of editions, and how it says so."""
    found = []
    for sql in asked:
        if not sql.startswith("SELECT"):
            continue
        # The table of languages, which is read whole, has the same alias as the later editions.
        told_apart = sql.replace(
            'U0."tag" AS "tag" FROM "languages_language" U0 WHERE U0.', '"tag" FROM "languages_language" WHERE '
        )
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + told_apart.replace("%", "%%"), ())
            steps = [detail for *_, detail in cursor.fetchall()]
        found += [f"{step}: {sql}" for step in steps if re.match(r"SCAN (publishing_edition|U\d+)", step)]
    return found


def test_pages_ask_as_much_in_five_languages_as_in_twenty(client: Client, archive: Statement) -> None:
    few = queries(client, archive)
    in_twenty_languages(archive)
    page = client.get(address(archive, "en")).content.decode()
    assert page.count("hreflang=") > 20
    assert counts(queries(client, archive)) == counts(few)


def test_a_statement_page_asks_as_much_with_four_public_languages_as_with_forty(
    client: Client, archive: Statement
) -> None:
    only_public("az", "en", "ru", "tr")
    few = queries(client, archive)["statement"]
    for number in range(36):
        tag = f"q{chr(97 + number // 10)}{chr(97 + number % 10)}"
        Language.objects.create(tag=tag, name_en=tag, name_own=tag, script="Latn", state="public")
    assert Language.objects.public().count() == 40
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address(archive, "en")).content.decode()
    assert [query["sql"].partition(" WHERE ")[0] for query in asked.captured_queries] == [
        sql.partition(" WHERE ")[0] for sql in few
    ]
    assert page.count("hreflang=") < 10, "there is no address in a language that the statement does not exist in"
    assert "qdf" in page, "it is named as one of those that the statement is missing in"


def in_twenty_languages(statement: Statement) -> None:
    """Editions of a statement in fifteen languages more."""
    pattern = statement.editions.filter(language="en").latest("number")
    for number in range(15):
        tag = f"q{chr(97 + number)}x"
        Language.objects.create(tag=tag, name_en=tag, name_own=tag, script="Latn", state="public")
        Edition.objects.bulk_create([copy_of(pattern, language=tag, number=1, title=f"Title in {tag}")])
    assert Language.objects.public().count() == 20


def test_a_page_reads_of_other_languages_only_that_they_are_there(archive: Statement) -> None:
    in_twenty_languages(archive)
    editions, newest = for_a_page(archive.sid, "en")
    assert {"title", "note", "sha256"} <= vars(newest).keys()
    assert set(editions.by_language) >= {"az", "en", "qax", "qox"}
    original, other = editions.newest("az"), editions.newest("qax")
    assert original is not None
    assert other is not None
    assert "title" in vars(original), "it is cited beside the translation"
    assert "note" not in vars(original)
    assert not {"title", "visible_from", "facts"} & vars(other).keys()
    assert other.title == "Title in qax", "and it is there for whoever asks"
    assert editions.original_language == "az"


def test_a_page_that_says_where_a_statement_can_be_read_asks_as_much_in_two_languages_as_in_seventeen(
    client: Client, archive: Statement
) -> None:
    def asked() -> tuple[int, str]:
        client.get(address(archive, "fa"))
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address(archive, "fa"))
        assert response.status_code == 404
        return len(captured), response.content.decode()

    few, _page = asked()
    in_twenty_languages(archive)
    many, page = asked()
    assert "Title in qox" in page
    assert many == few


def test_no_question_of_a_statement_page_takes_the_columns_of_every_language(
    client: Client, archive: Statement
) -> None:
    for sql in queries(client, archive)["statement"]:
        assert '"title_az"' not in sql
        assert '"name_az"' not in sql


def test_a_statement_page_and_its_stylesheet_are_light(client: Client, statement: Statement) -> None:
    found = finders.find("reading/site.css")
    assert isinstance(found, str)
    style = brotli.compress(Path(found).read_bytes())
    page = brotli.compress(client.get(address(statement, "en")).content)
    assert len(style) + len(page) < 12_000, "the budget is 40 kB; much less is easy to keep"
    assert settings.DEBUG is False


def test_a_statement_page_of_the_demonstration_does_not_grow_unnoticed(client: Client) -> None:
    asked = ["--statements", "16", "--languages", "az", "en", "ru", "tr"]
    call_command("load_demonstration", *asked, stdout=StringIO(), stderr=StringIO())
    rows = Edition.objects.visible().select_related("statement")
    pages = {each.pk: client.get(of_statement(each)).content for each in rows}
    assert len(pages) > 30
    assert all(b"application/ld+json" in page and b'class="figures"' in page for page in pages.values())
    sizes = [len(brotli.compress(page, quality=11)) for page in pages.values()]
    assert median(sizes) < 3_450, "each thing that is added to every page is worth its bytes, or is left out"
    assert max(sizes) < 4_150
