"""Withdrawing what has been published."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from pytest_django import Settings

from memorial.accounts.models import Role, User
from memorial.accounts.refusal import Refused
from memorial.languages.models import Language
from memorial.publishing.models import Edition, SealedFigure, Withdrawal
from memorial.publishing.progress import State, progress
from memorial.publishing.release import publish
from memorial.publishing.signals import editions_withdrawing
from memorial.publishing.withdrawal import newest_editions, withdraw
from memorial.statements.models import Statement
from tests.builders import a_user
from tests.publishing.conftest import LATER, published_again, write

REASON = "It was published by mistake."
pytestmark = pytest.mark.django_db


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


@pytest.fixture
def published(ready: Statement, publisher: User) -> Statement:
    """A statement that readers see in Azerbaijani, English and Persian."""
    publish(ready, ["az", "en", "fa"], by=publisher)
    return ready


# -- It does ---------------------------------------------------------------------------------------------------------
def test_what_is_withdrawn_is_found_by_nobody_and_can_still_be_read(published: Statement, publisher: User) -> None:
    [one] = withdraw(published, ["en"], by=publisher, reason=f" {REASON} ")
    assert (one.language, one.number, one.keeps_text, one.reason) == ("en", 1, True, REASON)
    assert one.withdrawn_by == publisher
    assert set(Edition.objects.visible().values_list("language", flat=True)) == {"az", "fa"}
    assert set(Edition.objects.released().values_list("language", flat=True)) == {"az", "en", "fa"}


def test_what_is_removed_can_be_read_by_nobody(published: Statement, publisher: User) -> None:
    published_again(published, "en", publisher)
    withdraw(published, ["en"], by=publisher, reason=REASON, keeps_text=False)
    assert set(Edition.objects.visible().values_list("language", flat=True)) == {"az", "fa"}
    assert set(Edition.objects.released().values_list("language", flat=True)) == {"az", "fa"}
    assert Edition.objects.filter(language="en").count() == 2, "it is kept"


def test_each_language_has_its_reason(published: Statement, publisher: User) -> None:
    found = withdraw(published, ["fa", "az"], by=publisher, reason={"az": "Bir", "fa": "یک"})
    assert [(each.language, each.reason) for each in found] == [("fa", "یک"), ("az", "Bir")]
    assert len({each.withdrawn_at for each in found}) == 1


def test_what_was_withdrawn_can_still_be_removed(published: Statement, publisher: User) -> None:
    withdraw(published, ["en"], by=publisher, reason=REASON)
    withdraw(published, ["en"], by=publisher, reason="A court has ordered it.", keeps_text=False)
    assert not Edition.objects.released().filter(language="en").exists()
    assert Withdrawal.objects.count() == 2


def test_the_next_edition_ends_a_withdrawal(published: Statement, publisher: User) -> None:
    withdraw(published, ["en"], by=publisher, reason=REASON, keeps_text=False)
    [again] = publish(published, ["en"], by=publisher, note="It is published again.")
    assert again.number == 2
    assert Edition.objects.visible().get(language="en") == again
    assert Edition.objects.released().get(language="en") == again, "what was removed stays so"


def test_what_waits_for_its_moment_is_never_shown(ready: Statement, publisher: User) -> None:
    publish(ready, ["en"], by=publisher)
    published_again(ready, "en", publisher, at=LATER)
    withdraw(ready, ["en"], by=publisher, reason=REASON)
    then = LATER + timedelta(days=1)
    assert list(Edition.objects.released(then).values_list("number", flat=True)) == [1]
    assert not Edition.objects.visible(then).exists()
    assert [each.number for each in Withdrawal.objects.public()] == [2]
    # It need not be waited for, either: the next edition may come before it would have.
    write(ready, "en", publisher, title="Third")
    [third] = publish(ready, ["en"], by=publisher, note="A note.")
    assert Edition.objects.visible().get() == third
    assert Edition.objects.visible(then).get() == third


def test_readers_are_told_of_nothing_that_they_never_saw(ready: Statement, publisher: User) -> None:
    publish(ready, ["en"], by=publisher, at=LATER)
    withdraw(ready, ["en"], by=publisher, reason=REASON)
    assert not Withdrawal.objects.public().exists()
    assert not Edition.objects.released(LATER + timedelta(days=1)).exists()


def test_readers_are_told_of_nothing_in_a_language_that_is_not_public(published: Statement, publisher: User) -> None:
    withdraw(published, ["fa", "en"], by=publisher, reason=REASON)
    Language.objects.filter(tag="fa").update(state=Language.State.RETIRED)
    assert [each.language for each in Withdrawal.objects.public()] == ["en"]


def test_its_figures_leave_the_ledger(published: Statement, publisher: User) -> None:
    before = SealedFigure.objects.visible().count()
    withdraw(published, ["az", "en", "fa"], by=publisher, reason=REASON)
    assert SealedFigure.objects.visible().count() == 0
    assert before == SealedFigure.objects.count()


def test_those_above_hear_of_all_editions_inside_the_transaction(published: Statement, publisher: User) -> None:
    published_again(published, "en", publisher)
    heard: list[tuple[str, int]] = []

    def hear(sender: object, editions: list[Edition], **kwargs: object) -> None:
        assert connection.in_atomic_block
        heard.extend((each.language, each.number) for each in editions)

    editions_withdrawing.connect(hear)
    try:
        withdraw(published, ["en"], by=publisher, reason=REASON)
    finally:
        editions_withdrawing.disconnect(hear)
    assert sorted(heard) == [("en", 1), ("en", 2)]


def test_the_desk_is_told_until_somebody_writes_on(published: Statement, publisher: User) -> None:
    def state() -> dict[str, str]:
        return {line.language.tag: line.state for line in progress(published)}

    withdraw(published, ["en"], by=publisher, reason=REASON)
    assert (state()["en"], state()["az"]) == (State.WITHDRAWN, State.PUBLISHED)
    write(published, "en", publisher, title="Written on")
    assert state()["en"] == State.DRAFT
    publish(published, ["en"], by=publisher, note="A note.")
    assert state()["en"] == State.PUBLISHED


def test_the_desk_is_told_of_what_the_newest_edition_is_under(published: Statement, publisher: User) -> None:
    withdraw(published, ["en", "fa"], by=publisher, reason=REASON)
    withdraw(published, ["fa"], by=publisher, reason="A court has ordered it.", keeps_text=False)
    publish(published, ["en"], by=publisher, note="It is published again.")
    found = {line.language.tag: line.withdrawn for line in progress(published)}
    assert {tag: each.reason for tag, each in found.items() if each} == {"fa": "A court has ordered it."}
    assert found.keys() > {"az", "en", "fa"}


def test_only_where_something_is_withdrawn_is_one_query_more(
    published: Statement, publisher: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        newest_editions(published)
    withdraw(published, ["en", "fa"], by=publisher, reason=REASON)
    with django_assert_num_queries(2):
        newest = newest_editions(published)
        assert [tag for tag, edition in newest.items() if edition.withdrawn] == ["en", "fa"]
        assert newest["en"].withdrawn.withdrawn_by == publisher


# -- It refuses ------------------------------------------------------------------------------------------------------
def test_nothing_is_withdrawn_without_a_reason_for_readers(published: Statement, publisher: User) -> None:
    with pytest.raises(Refused) as refusal:
        withdraw(published, ["en", "az"], by=publisher, reason={"en": REASON, "az": " "})
    assert codes(refusal) == ["no-reason"]
    assert not Withdrawal.objects.exists()


def test_every_reason_of_every_language_is_given_at_once(ready: Statement, publisher: User) -> None:
    publish(ready, ["az", "en"], by=publisher)
    withdraw(ready, ["az"], by=publisher, reason=REASON)
    with pytest.raises(Refused) as refusal:
        withdraw(ready, ["az", "en", "fa"], by=publisher, reason={"az": REASON, "fa": REASON}, seen={"en": 2})
    assert codes(refusal) == ["withdrawn", "no-reason", "published-since", "nothing"]


def test_a_language_is_chosen(published: Statement, publisher: User) -> None:
    with pytest.raises(Refused) as refusal:
        withdraw(published, [], by=publisher, reason=REASON)
    assert codes(refusal) == ["no-language"]


def test_what_is_removed_is_not_removed_again(published: Statement, publisher: User) -> None:
    withdraw(published, ["en"], by=publisher, reason=REASON, keeps_text=False)
    for keeps_text in (True, False):
        with pytest.raises(Refused) as refusal:
            withdraw(published, ["en"], by=publisher, reason=REASON, keeps_text=keeps_text)
        assert codes(refusal) == ["withdrawn"]


def test_only_who_may_publish_may_withdraw(published: Statement, settings: Settings) -> None:
    settings.EDITORS_MAY_PUBLISH = False
    people = [
        a_user("editor", Role.EDITOR), a_user("translator", Role.TRANSLATOR, language="en"),
        a_user("reviewer", Role.REVIEWER, language="en"), a_user("lead", Role.LEAD, language="en"),
    ]  # fmt: skip
    for person in people:
        with pytest.raises(Refused) as refusal:
            withdraw(published, ["en"], by=person, reason=REASON)
        assert codes(refusal) == ["not-allowed"]


def test_what_was_published_since_is_looked_at_first(published: Statement, publisher: User) -> None:
    published_again(published, "en", publisher)
    with pytest.raises(Refused) as refusal:
        withdraw(published, ["en"], by=publisher, reason=REASON, seen={"en": 1})
    assert codes(refusal) == ["published-since"]
    withdraw(published, ["en"], by=publisher, reason=REASON, seen={"en": 2})


def test_a_withdrawal_is_kept_by_the_model_and_by_the_database(published: Statement, publisher: User) -> None:
    [one] = withdraw(published, ["en"], by=publisher, reason=REASON)
    with pytest.raises(TypeError, match="publish the text again"):
        one.delete()
    with pytest.raises(TypeError, match="publish the text again"):
        Withdrawal.objects.update(reason="Another")
    for sql in ("UPDATE publishing_withdrawal SET keeps_text = true", "DELETE FROM publishing_withdrawal"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_nothing_is_withdrawn_where_one_of_several_cannot_be(published: Statement, publisher: User) -> None:
    moment = timezone.now()
    with pytest.raises(Refused):
        withdraw(published, ["en", "ru"], by=publisher, reason=REASON)
    assert not Withdrawal.objects.filter(withdrawn_at__gte=moment).exists()


# -- What readers are told -------------------------------------------------------------------------------------------
def test_readers_are_told_of_nothing_that_was_called_off_and_removed_afterwards(
    ready: Statement, publisher: User
) -> None:
    publish(ready, ["en"], by=publisher, at=LATER)
    withdraw(ready, ["en"], by=publisher, reason=REASON)
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        withdraw(ready, ["en"], by=publisher, reason=REASON, keeps_text=False)
        assert not Withdrawal.objects.public().exists()
        assert not Edition.objects.not_called_off().exists()


def test_readers_are_told_once_of_what_a_later_withdrawal_takes_again(published: Statement, publisher: User) -> None:
    [first] = withdraw(published, ["en"], by=publisher, reason=REASON)
    published_again(published, "en", publisher, at=LATER)
    withdraw(published, ["en"], by=publisher, reason="Called off.")
    assert list(Withdrawal.objects.public()) == [first], "nobody saw the second edition"
    [removed] = withdraw(published, ["en"], by=publisher, reason="A court has ordered it.", keeps_text=False)
    told = Withdrawal.objects.public().with_edition("number", "sha256").newest_first()
    seen = Edition.objects.get(language="en", number=1)
    assert [(each, each.edition_number, each.edition_sha256) for each in told] == [
        (removed, 1, seen.sha256), (first, 1, seen.sha256),
    ]  # fmt: skip
    assert [each.is_removed for each in Edition.objects.filter(language="en").with_removal()] == [True, True]


def test_a_withdrawal_is_about_what_the_editions_say_that_it_took(published: Statement, publisher: User) -> None:
    withdraw(published, ["en"], by=publisher, reason=REASON)
    assert Withdrawal.objects.about(Q(issuer=published.issuer)).exists()
    assert not Withdrawal.objects.about(Q(issuer__slug="another")).exists()
