"""Which public translations the text they were made from has left behind."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.publishing.outdated import newer_meaning
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Significance
from memorial.translations.ready import mark_ready

from .conftest import LATER, a_ready_statement, published_again, write

AFTERWARDS = datetime(2030, 5, 21, 9, 0, tzinfo=UTC)


def changed(statement: Statement, by: User, significance: int | None = Significance.MEANING) -> Revision:
    """One revision of the original more, marked as ready with this significance."""
    revision = write(statement, "az", by, title=f"Changed {Revision.objects.count()}")
    if significance is not None:
        mark_ready(revision, significance=significance, by=by)
    return revision


def next_edition(statement: Statement, by: User, at: datetime | None = None) -> Edition:
    return publish(statement, ["az"], by=by, note="Changed.", at=at)[0]


@pytest.fixture
def persian(ready: Statement, publisher: User) -> Edition:
    """The first Persian edition, published with the Azerbaijani one that it was made from."""
    return publish(ready, ["fa", "az"], by=publisher)[0]


def test_a_translation_of_the_newest_edition_is_not_outdated(persian: Edition) -> None:
    assert newer_meaning(persian) is None


@pytest.mark.parametrize("significance", [Significance.MEANING, Significance.URGENT])
def test_a_newer_edition_with_a_change_of_meaning_is_found(
    ready: Statement, persian: Edition, publisher: User, significance: int
) -> None:
    changed(ready, publisher, significance)
    assert newer_meaning(persian) is None, "readers do not see it yet"
    newer = next_edition(ready, publisher)
    assert newer_meaning(persian) == newer


@pytest.mark.parametrize("significance", [None, Significance.WORDING])
def test_a_change_of_wording_or_one_that_nobody_marked_is_none(
    ready: Statement, persian: Edition, publisher: User, significance: int | None
) -> None:
    changed(ready, publisher, significance)
    next_edition(ready, publisher)
    assert newer_meaning(persian) is None


def test_a_change_of_meaning_on_the_way_to_the_newest_edition_counts(
    ready: Statement, persian: Edition, publisher: User
) -> None:
    changed(ready, publisher)
    changed(ready, publisher, Significance.WORDING)
    assert newer_meaning(persian) is None
    newer = next_edition(ready, publisher)
    assert newer_meaning(persian) == newer


def test_a_change_that_is_not_in_the_edition_that_readers_see_does_not_count(
    ready: Statement, persian: Edition, publisher: User
) -> None:
    changed(ready, publisher, Significance.WORDING)
    next_edition(ready, publisher)
    changed(ready, publisher)
    assert newer_meaning(persian) is None


def test_a_scheduled_edition_counts_from_its_moment_on(ready: Statement, persian: Edition, publisher: User) -> None:
    changed(ready, publisher)
    newer = next_edition(ready, publisher, at=LATER)
    assert newer_meaning(persian) is None
    assert newer_meaning(persian, AFTERWARDS) == newer


def test_an_edition_in_a_language_that_readers_do_not_see_does_not_count(
    ready: Statement, persian: Edition, publisher: User
) -> None:
    changed(ready, publisher)
    next_edition(ready, publisher)
    Language.objects.filter(tag="az").update(state=Language.State.RETIRED)
    assert newer_meaning(persian) is None


def test_a_translation_that_was_brought_up_to_date_is_not_outdated(
    ready: Statement, persian: Edition, publisher: User
) -> None:
    changed(ready, publisher)
    next_edition(ready, publisher)
    again = published_again(ready, "fa", publisher)
    assert newer_meaning(again) is None
    assert newer_meaning(persian), "the earlier edition was made from the earlier text"


def test_any_language_can_be_the_one_that_a_text_was_made_from(
    ready: Statement, persian: Edition, publisher: User
) -> None:
    write(ready, "tr", publisher, based_on=persian.revision)
    turkish = publish(ready, ["tr"], by=publisher)[0]
    changed(ready, publisher)
    next_edition(ready, publisher)
    assert newer_meaning(turkish) is None
    newer = published_again(ready, "fa", publisher)
    assert newer_meaning(turkish) is None
    mark_ready(newer.revision, significance=Significance.MEANING, by=publisher)
    assert newer_meaning(turkish) == newer


def test_other_statements_do_not_count(ready: Statement, persian: Edition, publisher: User) -> None:
    other = a_ready_statement(publisher, slug="other", issuer=ready.issuer)
    in_persian = publish(other, ["fa", "az"], by=publisher)[0]
    changed(other, publisher)
    next_edition(other, publisher)
    assert newer_meaning(in_persian)
    assert newer_meaning(persian) is None


def test_it_takes_one_query_and_none_for_an_original(
    ready: Statement, persian: Edition, publisher: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    original = ready.editions.get(language="az")
    changed(ready, publisher)
    next_edition(ready, publisher)
    with django_assert_num_queries(1):
        newer = newer_meaning(persian)
        assert newer
        assert (newer.language, newer.title, newer.statement.sid) == ("az", newer.title, ready.sid)
    with django_assert_num_queries(0):
        assert newer_meaning(original) is None
