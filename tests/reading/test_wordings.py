"""The wordings of one statement, listed and compared."""

import re
from html import unescape

import pytest
from django.test import Client

from memorial.accounts.models import User
from memorial.publishing.source_release import publish_source
from memorial.reading.study.two_wordings import MOST_LISTED, compare
from memorial.statements.models import Source, Statement
from tests.publishing.sources import a_witness

from .conftest import address, published, published_again
from .wordings import FIRST, KEPT, SECOND, a_statement_in_many_words

Words = tuple[Statement, Source, Source]


@pytest.fixture
def words(publisher: User) -> Words:
    """A statement and two sources that print it in English."""
    return a_statement_in_many_words(publisher)


def text(client: Client, path: str) -> str:
    """The page without its tags, on one line."""
    response = client.get(path)
    assert response.status_code == 200
    content = re.sub(r"(?s)<head>.*?</head>|<[^>]+>|[\u2068\u2069]", " ", response.content.decode())
    return " ".join(unescape(content).split())


# -- Comparing ---------------------------------------------------------------------------------------------------------


def test_paragraphs_are_compared_by_what_they_say() -> None:
    rows = compare(KEPT, FIRST).rows
    assert [(row.kind, row.first_number, row.second_number) for row in rows] == [
        ("changed", 1, 1), ("changed", 2, 2), ("first-only", 3, 0), ("changed", 4, 3),
    ]  # fmt: skip
    assert [(each.first, each.second) for row in rows for each in row.differences if row.kind == "changed"] == [
        ("in Example Land", ""),
        (": Northville, Southville, Eastville and Westville", ""),
        ("those", "all"),
    ]
    assert compare(KEPT, FIRST).count("first-only") == 1


def test_each_side_is_whole() -> None:
    for row in compare(KEPT, SECOND).rows:
        if row.first:
            assert "".join(piece.text for piece in row.of_first) == row.first.text
        if row.second:
            assert "".join(piece.text for piece in row.of_second) == row.second.text


def test_the_same_words_have_no_difference() -> None:
    comparison = compare(KEPT, re.sub("<p>", '<p data-key="p9">', KEPT, count=1))
    assert comparison.changed == []
    assert {row.kind for row in comparison.rows} == {"same"}


def test_the_list_of_differences_ends_somewhere_and_says_so() -> None:
    long = "".join(f"<p>Paragraph {number} of one, with words.</p>" for number in range(MOST_LISTED + 30))
    comparison = compare(long, "<p>Nothing of the kind.</p>")
    assert len(comparison.changed) == MOST_LISTED
    assert comparison.unlisted == 31


# -- The list ----------------------------------------------------------------------------------------------------------


def test_wordings_are_listed_with_what_each_can_be_compared_with(client: Client, words: Words, publisher: User) -> None:
    statement, first, second = words
    russian = a_witness(statement, language="ru", publisher="Пример", body="<p>Слова.</p>")
    publish_source(russian, by=publisher)
    content = client.get(address(statement, "en", "wordings/")).content.decode()
    for path in (
        f"/en/sources/{first.ref}/",
        address(statement, "en", f"wordings/{first.ref}/"),
        address(statement, "en", f"wordings/{first.ref}/?beside={second.ref}"),
        address(statement, "en", f"wordings/{second.ref}/?beside={first.ref}"),
        f"/en/sources/{russian.ref}/",
    ):
        assert f'href="{path}"' in content, path
    assert address(statement, "en", f"wordings/{russian.ref}/") not in content
    assert "This archive has no text of the statement in that language to compare it with." in content


# -- One beside another ------------------------------------------------------------------------------------------------


def test_a_wording_stands_beside_the_text_in_its_own_language(client: Client, words: Words) -> None:
    statement, first, _second = words
    for lang in ("en", "az", "fa"):
        content = client.get(address(statement, lang, f"wordings/{first.ref}/")).content.decode()
        assert "<del>" in content
        assert f'href="{address(statement, "en")}"' in content, "the text that is compared is the English one"
        assert content.count('lang="en" dir="ltr"') >= 6


def test_it_is_said_what_is_compared_with_what(client: Client, words: Words) -> None:
    statement, first, second = words
    said = text(client, address(statement, "en", f"wordings/{first.ref}/"))
    for sentence in (
        "The text kept in this archive",
        "This is the full text, translated by the archive; it is not an official translation.",
        "This is an extract from what this source prints; it is not the full text.",
        "Printed by Example Agency : 20 May 2025, 10:30 (UTC+04:00)",
        "One side at least is not the full text.",
        "The statement’s original language: Azerbaijani.",
        "Edition 1 of the statement’s text",
        "Edition 1 of the source",
    ):
        assert sentence in said, sentence
    assert "One side at least" not in text(client, address(statement, "en", f"wordings/{second.ref}/"))


def test_differences_stand_in_words_too(client: Client, words: Words) -> None:
    statement, first, _second = words
    said = text(client, address(statement, "en", f"wordings/{first.ref}/"))
    for line in (
        "Paragraph 1 beside paragraph 1 The text kept in this archive : in Example Land Example Agency : no such words",
        "The text kept in this archive , paragraph 3",
        "Example Agency : no such paragraph",
        "The text kept in this archive : those Example Agency : all",
    ):
        assert line in said, line


def test_two_wordings_of_one_language_stand_beside_each_other(client: Client, words: Words) -> None:
    statement, first, second = words
    path = address(statement, "en", f"wordings/{second.ref}/")
    content = client.get(f"{path}?beside={first.ref}").content.decode()
    assert "What is compared" in content
    assert "The text kept in this archive</h3>" not in content
    assert '<meta name="robots" content="noindex' in content
    assert f'<link rel="canonical" href="http://memorial.test{path}">' in content


def test_a_wording_in_a_language_without_a_text_stands_alone(client: Client, publisher: User) -> None:
    statement = published(publisher, languages=("az", "en"))
    source = a_witness(statement, language="fa", body="<p>چراغ‌ها روشن شد.</p>")
    publish_source(source, by=publisher)
    content = client.get(address(statement, "en", f"wordings/{source.ref}/")).content.decode()
    assert "The wording stands alone." in content
    assert 'lang="fa" dir="rtl"><p id="p1">' in content
    assert "<del>" not in content


def test_what_cannot_be_compared_is_not_found(client: Client, words: Words, publisher: User) -> None:
    statement, first, second = words
    russian = a_witness(statement, language="ru", publisher="Пример", body="<p>Слова.</p>")
    publish_source(russian, by=publisher)
    unpublished = a_witness(statement)
    other = published(publisher, slug="other")
    path = address(statement, "en", f"wordings/{first.ref}/")
    for asked in (
        f"{path}?beside={first.ref}", f"{path}?beside={russian.ref}", f"{path}?beside={unpublished.ref}",
        f"{path}?beside=%00", f"{path}?beside={'x' * 10_000}", f"{path}?beside=%3Cscript%3E",
        address(statement, "en", f"wordings/{unpublished.ref}/"), address(other, "en", f"wordings/{second.ref}/"),
        address(statement, "ru", f"wordings/{first.ref}/"),
    ):  # fmt: skip
        response = client.get(asked)
        assert response.status_code == 404, asked
        assert b"<script>" not in response.content


def test_a_wrong_slug_leads_to_the_right_one(client: Client, words: Words) -> None:
    statement, first, second = words
    for rest in ("wordings/", f"wordings/{first.ref}/", f"wordings/{first.ref}/?beside={second.ref}"):
        response = client.get(f"/en/statements/{statement.sid}/wrong/{rest}")
        assert (response.status_code, response["Location"]) == (301, address(statement, "en", rest))


def test_the_newest_edition_of_the_text_is_compared(client: Client, words: Words, publisher: User) -> None:
    statement, first, _second = words
    published_again(statement, "en", publisher, body=FIRST)
    said = text(client, address(statement, "en", f"wordings/{first.ref}/"))
    assert "The words of both are the same." in said
    assert "Edition 2 of the statement’s text" in said
