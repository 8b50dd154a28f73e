"""Where a statement stands in every language."""

import pytest
from pytest_django import DjangoAssertNumQueries

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.progress import State, TextState, progress
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Significance
from memorial.translations.ready import mark_ready
from tests.builders import a_statement
from tests.publishing.conftest import LATER, a_ready_statement, published_again, write

pytestmark = pytest.mark.django_db


def line(statement: Statement, tag: str) -> TextState:
    return next(line for line in progress(statement) if line.language.tag == tag)


def test_there_is_one_line_a_language_in_the_sites_order(ready: Statement) -> None:
    Language.objects.filter(tag="tr").update(state=Language.State.LEAVING)
    Language.objects.filter(tag="fa").update(position=99)
    assert [line.language.tag for line in progress(ready)] == ["az", "en", "ru", "fa"]


def test_a_language_without_a_text_is_missing(publisher: User) -> None:
    empty = line(a_statement(), "az")
    assert (empty.state, empty.text, empty.head, empty.edition) == (State.MISSING, None, None, None)


def test_a_text_is_a_draft_until_it_is_published(ready: Statement, publisher: User) -> None:
    draft = line(ready, "az")
    assert (draft.state, draft.edition) == (State.DRAFT, None)
    assert draft.head is not None
    assert draft.head.saved_by == publisher


def test_a_published_text_is_published_until_it_changes(ready: Statement, publisher: User) -> None:
    [edition] = publish(ready, ["az"], by=publisher)
    published = line(ready, "az")
    assert (published.state, published.edition, published.public_edition) == (State.PUBLISHED, edition, edition)
    write(ready, "az", publisher, title="Changed")
    assert line(ready, "az").state == State.CHANGED


def test_a_change_around_the_text_shows_too(ready: Statement, publisher: User) -> None:
    publish(ready, ["az"], by=publisher)
    ready.sources.update(publisher="Another Gazette")
    assert line(ready, "az").state == State.CHANGED


def test_what_others_publish_does_not_make_a_text_changed(ready: Statement, publisher: User) -> None:
    other = a_ready_statement(publisher, ["az"], slug="another")
    ready.related.add(other)
    publish(ready, ["en"], by=publisher)
    publish(other, ["az"], by=publisher)
    publish(ready, ["az"], by=publisher)
    assert line(ready, "en").state == State.PUBLISHED


def test_a_waiting_edition_is_scheduled_and_readers_still_see_the_earlier_one(
    ready: Statement, publisher: User
) -> None:
    [first] = publish(ready, ["az"], by=publisher)
    second = published_again(ready, "az", publisher, at=LATER)
    waiting = line(ready, "az")
    assert (waiting.state, waiting.edition, waiting.public_edition) == (State.SCHEDULED, second, first)


def test_a_translation_of_an_older_revision_is_outdated(ready: Statement, publisher: User) -> None:
    newer = write(ready, "az", publisher, title="Changed")
    assert line(ready, "en").outdated_by is None, "nobody has said yet that it is ready to be translated"
    mark_ready(newer, significance=Significance.MEANING, by=publisher)
    assert line(ready, "en").outdated_by == Significance.MEANING
    assert line(ready, "az").outdated_by is None


def test_the_number_of_queries_does_not_grow_with_languages_or_texts(
    ready: Statement, publisher: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(13) as before:
        for line in progress(ready):
            str(line.head and line.head.saved_by)
    write(ready, "ru", publisher)
    write(ready, "tr", publisher)
    write(ready, "az", publisher, title="Changed")
    publish(ready, ["az", "en", "fa", "ru", "tr"], by=publisher)
    with django_assert_num_queries(len(before)):
        for line in progress(ready):
            assert line.edition
            str((line.head and line.head.saved_by, line.edition.sealed_by, line.outdated_by))
