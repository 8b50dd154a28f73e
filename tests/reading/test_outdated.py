"""What readers are told of a text whose original has changed in meaning since."""

import pytest
from django.test import Client
from django.utils import translation

from memorial.accounts.models import User
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Significance
from memorial.translations.ready import mark_ready

from .conftest import a_text, address, published_again

OF_THE_ORIGINAL = "The original has changed in meaning since this text was made from it."
OF_ANOTHER = "The text from which this one was made has changed in meaning since."


def in_words(sentence: str, tag: str) -> str:
    """What the interface says for a sentence in a language."""
    with translation.override(tag):
        return translation.gettext(sentence)


def page(client: Client, statement: Statement, lang: str, rest: str = "") -> str:
    response = client.get(address(statement, lang, rest))
    assert response.status_code == 200
    return response.content.decode()


def change(statement: Statement, lang: str, by: User, significance: int = Significance.MEANING) -> Edition:
    """The next edition of a text, marked as a change of this significance."""
    edition = published_again(statement, lang, by, title=f"Changed in {lang}")
    mark_ready(edition.revision, significance=significance, by=by)
    return edition


@pytest.fixture
def changed(statement: Statement, publisher: User) -> Statement:
    """The statement, whose Azerbaijani original has a second edition that says something else."""
    change(statement, "az", publisher)
    return statement


def test_readers_of_a_translation_are_told_and_shown_the_way(client: Client, changed: Statement) -> None:
    content = page(client, changed, "en")
    notice = content[content.index(OF_THE_ORIGINAL) :].split("</p>")[0]
    assert f'<a href="{address(changed, "az")}" hreflang="az">' in notice
    assert '<span lang="az" dir="ltr">Azərbaycanca</span></a>' in notice


def test_readers_of_the_original_and_of_a_translation_that_is_up_to_date_are_told_nothing(
    client: Client, changed: Statement, publisher: User
) -> None:
    assert in_words(OF_THE_ORIGINAL, "az") not in page(client, changed, "az")
    published_again(changed, "en", publisher)
    assert OF_THE_ORIGINAL not in page(client, changed, "en")


def test_a_change_of_wording_is_not_told(client: Client, statement: Statement, publisher: User) -> None:
    change(statement, "az", publisher, Significance.WORDING)
    assert OF_THE_ORIGINAL not in page(client, statement, "en")


def test_the_pages_of_sealed_editions_stay_as_they_are(client: Client, changed: Statement) -> None:
    assert OF_THE_ORIGINAL not in page(client, changed, "en", "v/1/")
    edition = changed.editions.get(language="en")
    assert OF_THE_ORIGINAL not in edition.canonical


def test_a_text_made_from_another_translation_names_that_one(
    client: Client, statement: Statement, publisher: User
) -> None:
    english = statement.texts.get(language="en").head
    a_text(statement, "tr", publisher, based_on=english)
    publish(statement, ["tr"], by=publisher)
    change(statement, "en", publisher)
    content = page(client, statement, "tr")
    assert in_words(OF_THE_ORIGINAL, "tr") not in content
    notice = content[content.index(in_words(OF_ANOTHER, "tr")) :].split("</p>")[0]
    assert f'<a href="{address(statement, "en")}" hreflang="en">' in notice
