"""Which editions readers see, and that none ever changes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ProtectedError
from pytest_django import DjangoAssertNumQueries

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.models import Place, Statement
from tests.publishing.conftest import LATER, LATER_STILL, a_ready_statement, published_again
from tests.statements.conftest import an_event


@pytest.fixture
def edition(ready: Statement, publisher: User) -> Edition:
    """A published edition."""
    return publish(ready, ["az"], by=publisher)[0]


# -- What readers see ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [Language.State.PREPARING, Language.State.RETIRED, Language.State.LEAVING])
def test_editions_in_a_language_that_is_not_public_are_not_visible(edition: Edition, state: str) -> None:
    Language.objects.filter(tag="az").update(state=state)
    assert not Edition.objects.visible().exists()
    assert not Edition.objects.released().exists()


def test_only_the_newest_released_edition_is_visible(edition: Edition, ready: Statement, publisher: User) -> None:
    second = published_again(ready, "az", publisher)
    third = published_again(ready, "az", publisher, at=LATER)
    assert list(Edition.objects.visible()) == [second]
    assert list(Edition.objects.newest()) == [third]
    assert list(Edition.objects.visible(LATER)) == [third]
    assert list(Edition.objects.released().order_by("number")) == [edition, second]


def test_the_next_moment_is_that_of_the_next_scheduled_edition(ready: Statement, publisher: User) -> None:
    publish(ready, ["az"], by=publisher)
    assert Edition.objects.next_moment() is None
    publish(ready, ["fa"], by=publisher, at=LATER_STILL)
    publish(ready, ["en"], by=publisher, at=LATER)
    assert Edition.objects.next_moment() == LATER
    assert Edition.objects.next_moment(LATER) == LATER_STILL
    assert Edition.objects.next_moment(LATER - timedelta(seconds=1)) == LATER


def test_the_latest_statement_comes_first(publisher: User) -> None:
    for dated in ("2024-05-20", "2025-05-20", "2023"):
        publish(a_ready_statement(publisher, ["az"], dated=dated), ["az"], by=publisher)
    dates = Edition.objects.visible().latest_first().values_list("dated", flat=True)
    assert list(dates) == ["2025-05-20", "2024-05-20", "2023"]


def test_a_card_is_one_narrow_query(edition: Edition, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1) as queries:
        [card] = Edition.objects.visible().cards()
        assert (card.title, card.statement.sid, card.statement.slug) == (
            edition.title,
            edition.statement.sid,
            "example-statement",
        )
    selected = queries[0]["sql"].split(" FROM ")[0]
    for long in ("body", "facts", "canonical", "title_"):
        assert long not in selected


# -- Nothing sealed changes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: edition.save(),
        lambda edition: edition.save(update_fields=["title"]),
        lambda edition: edition.delete(),
        lambda edition: Edition.objects.update(title="Changed"),
        lambda edition: Edition.objects.filter(pk=edition.pk).delete(),
        lambda edition: Edition.objects.bulk_update([edition], ["title"]),
        lambda edition: edition.statement.editions.update(title="Changed"),
        lambda edition: Edition.objects.update_or_create(pk=edition.pk, defaults={"title": "Changed"}),
        lambda edition: Edition.objects.bulk_create(
            [edition], update_conflicts=True, update_fields=["title"], unique_fields=["id"]
        ),
    ],
)
def test_the_model_refuses(edition: Edition, change: Callable[[Edition], object]) -> None:
    edition.title = "Changed"
    with pytest.raises(TypeError, match="sealed"):
        change(edition)
    assert Edition.objects.get().title == "Example (az)"


def columns() -> list[str]:
    return [field.column for field in Edition._meta.concrete_fields]


def test_the_database_refuses_to_change_any_column(edition: Edition) -> None:
    for column in columns():
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE publishing_edition SET {column} = {column}")


@pytest.mark.parametrize("command", ["DELETE FROM {}", "UPDATE {} SET id = id + 1"])
@pytest.mark.parametrize("field", ["", "events", "places"])
def test_the_database_refuses_to_remove_or_move_rows(full_edition: Edition, command: str, field: str) -> None:
    model: type[models.Model] = getattr(Edition, field).through if field else Edition
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(command.format(model._meta.db_table))
    assert model._default_manager.count() == 1


@pytest.fixture
def full_edition(publisher: User) -> Edition:
    """An edition with an event and a place."""
    statement = a_ready_statement(publisher, ["az"])
    statement.events.add(an_event())
    statement.places.add(Place.objects.create(slug="example-town", name_az="Nümunə"))
    return publish(statement, ["az"], by=publisher)[0]


def test_what_an_edition_refers_to_cannot_be_removed(edition: Edition, publisher: User) -> None:
    for referred in (edition.statement, edition.issuer, publisher):
        with pytest.raises(ProtectedError):
            referred.delete()


def test_the_events_of_an_edition_cannot_be_taken_away(full_edition: Edition) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        full_edition.events.clear()
    assert full_edition.events.count() == 1
