"""Who grants, changes and withdraws roles in one language."""

import threading
from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection

from memorial.accounts.models import IN_ONE_LANGUAGE, Grant, Role, User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.accounts.team import (
    change_role,
    grant_role,
    may_see_team,
    reasons_against_granting,
    reasons_against_withdrawing,
    roles_to_grant,
    team_of,
    withdraw_role,
)
from tests.builders import PASSWORD, a_user

pytestmark = pytest.mark.django_db
# Who grants which role in Persian.
MAY_GRANT = {
    Role.ADMINISTRATOR: set(IN_ONE_LANGUAGE),
    Role.LANGUAGE_MANAGER: set(IN_ONE_LANGUAGE),
    Role.LEAD: {Role.CONTRIBUTOR, Role.TRANSLATOR, Role.REVIEWER},
    Role.REVIEWER: set(),
    Role.TRANSLATOR: set(),
    Role.CONTRIBUTOR: set(),
    Role.PUBLISHER: set(),
    Role.EDITOR: set(),
}


@pytest.fixture
def lead() -> User:
    """The lead of the Persian translators."""
    return a_user("lead-fa", Role.LEAD, language="fa")


@pytest.fixture
def newcomer() -> User:
    """Somebody with an account and no role."""
    return a_user("newcomer")


def codes(refused: Refused) -> list[str]:
    return [reason.code for reason in refused.reasons]


def fresh(user: User) -> User:
    """The same person, asked anew what they may do."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("who", Role)
@pytest.mark.parametrize("role", IN_ONE_LANGUAGE)
def test_who_may_grant_and_withdraw_which_role(newcomer: User, who: Role, role: Role) -> None:
    by = a_user("somebody", who, language="fa")
    is_allowed = role in MAY_GRANT[who]
    assert (role in roles_to_grant("fa", by=by)) is is_allowed
    assert (reasons_against_granting(newcomer, role, "fa", by=by) == []) is is_allowed
    held = Grant.objects.create(user=newcomer, role=role, language="fa")
    assert (reasons_against_withdrawing(held, by=by) == []) is is_allowed
    if is_allowed:
        withdraw_role(held, by=by)
        assert grant_role(newcomer, role, "fa", by=by).role == role
    else:
        with pytest.raises(Refused):
            withdraw_role(held, by=by)
        held.delete()
        with pytest.raises(Refused):
            grant_role(newcomer, role, "fa", by=by)
        assert not newcomer.grants.exists()


def test_a_lead_grants_a_role_that_counts_at_once(lead: User, newcomer: User) -> None:
    assert not may(newcomer, Action.CHANGE_TEXT, "fa")
    grant_role(newcomer, Role.TRANSLATOR, "fa", by=lead)
    assert may(fresh(newcomer), Action.CHANGE_TEXT, "fa")
    assert not may(fresh(newcomer), Action.CHANGE_TEXT, "ru")


def test_a_lead_has_no_say_in_another_language(lead: User, newcomer: User) -> None:
    with pytest.raises(Refused) as refused:
        grant_role(newcomer, Role.CONTRIBUTOR, "ru", by=lead)
    assert codes(refused.value) == ["not-allowed"]
    assert roles_to_grant("ru", by=lead) == []
    with pytest.raises(Refused) as refused:
        withdraw_role(Grant.objects.create(user=newcomer, role=Role.CONTRIBUTOR, language="ru"), by=lead)
    assert codes(refused.value) == ["not-allowed"]


@pytest.mark.parametrize(("role", "language"), [(Role.EDITOR, "fa"), (Role.ADMINISTRATOR, ""), ("king", "fa")])
def test_only_roles_in_one_language_are_granted(administrator: User, newcomer: User, role: str, language: str) -> None:
    with pytest.raises(Refused) as refused:
        grant_role(newcomer, role, language, by=administrator)
    assert codes(refused.value) == ["not-in-one-language"]
    with pytest.raises(Refused) as refused:
        withdraw_role(Grant.objects.create(user=newcomer, role=Role.EDITOR), by=administrator)
    assert codes(refused.value) == ["not-in-one-language"]


def test_a_lead_makes_and_unmakes_no_leads(lead: User, newcomer: User) -> None:
    other = Grant.objects.create(user=a_user("another"), role=Role.LEAD, language="fa")
    translator = Grant.objects.create(user=newcomer, role=Role.TRANSLATOR, language="fa")
    for verb in (
        lambda: grant_role(newcomer, Role.LEAD, "fa", by=lead),
        lambda: change_role(translator, Role.LEAD, by=lead),
        lambda: change_role(other, Role.TRANSLATOR, by=lead),
        lambda: withdraw_role(other, by=lead),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert codes(refused.value) == ["lead"]


@pytest.mark.parametrize("role", [Role.LEAD, Role.LANGUAGE_MANAGER])
def test_nobody_changes_their_own_roles(role: Role) -> None:
    by = a_user("somebody", role, language="fa")
    Grant.objects.get_or_create(user=by, role=Role.TRANSLATOR, language="fa")
    with pytest.raises(Refused) as refused:
        grant_role(by, Role.REVIEWER, "fa", by=by)
    assert codes(refused.value) == ["oneself"]
    own = by.grants.get(role=Role.TRANSLATOR)
    with pytest.raises(Refused) as refused:
        withdraw_role(own, by=by)
    assert codes(refused.value) == ["oneself"]
    with pytest.raises(Refused) as refused:
        change_role(own, Role.REVIEWER, by=by)
    assert codes(refused.value) == ["oneself"]


def test_an_administrator_may_grant_to_themselves(administrator: User) -> None:
    grant = grant_role(administrator, Role.REVIEWER, "fa", by=administrator)
    withdraw_role(grant, by=administrator)
    assert [each.role for each in administrator.grants.all()] == [Role.ADMINISTRATOR]


def test_every_reason_is_named(lead: User) -> None:
    Grant.objects.create(user=lead, role=Role.TRANSLATOR, language="fa")
    with pytest.raises(Refused) as refused:
        grant_role(lead, Role.LEAD, "fa", by=lead)
    assert codes(refused.value) == ["lead", "oneself", "already"]


def test_a_closed_account_gets_no_role_but_loses_what_it_has(lead: User, newcomer: User) -> None:
    held = Grant.objects.create(user=newcomer, role=Role.CONTRIBUTOR, language="fa")
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    with pytest.raises(Refused) as refused:
        grant_role(fresh(newcomer), Role.TRANSLATOR, "fa", by=lead)
    assert codes(refused.value) == ["closed"]
    withdraw_role(held, by=lead)
    assert not newcomer.grants.exists()


def test_a_role_is_changed_in_place(lead: User, newcomer: User) -> None:
    grant = grant_role(newcomer, Role.CONTRIBUTOR, "fa", by=lead)
    change_role(grant, Role.REVIEWER, by=lead)
    assert [(each.role, each.language) for each in newcomer.grants.all()] == [(Role.REVIEWER, "fa")]
    with pytest.raises(Refused) as refused:
        change_role(grant, Role.REVIEWER, by=lead)
    assert codes(refused.value) == ["already"]


def test_whoever_comes_second_is_told(lead: User, newcomer: User) -> None:
    grant = grant_role(newcomer, Role.CONTRIBUTOR, "fa", by=lead)
    Grant.objects.filter(pk=grant.pk).update(role=Role.TRANSLATOR)  # a colleague
    for verb in (lambda: withdraw_role(grant, by=lead), lambda: change_role(grant, Role.REVIEWER, by=lead)):
        with pytest.raises(Refused) as refused:
            verb()
        assert codes(refused.value) == ["gone"]
        grant.role = Role.CONTRIBUTOR  # as it was seen
    assert newcomer.grants.get().role == Role.TRANSLATOR


@pytest.mark.django_db(transaction=True)
def test_two_who_grant_the_same_at_once_grant_it_once() -> None:
    lead, newcomer = a_user("lead-fa", Role.LEAD, language="fa"), a_user("newcomer")
    together, said = threading.Barrier(2), []

    def grant() -> None:
        try:
            together.wait(10)
            said.append(grant_role(newcomer, Role.TRANSLATOR, "fa", by=fresh(lead)).role)
        except Refused as refused:
            said.extend(codes(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=grant) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(said) == ["already", Role.TRANSLATOR]
    assert newcomer.grants.count() == 1


def test_each_change_is_in_the_log_of_the_person(lead: User, newcomer: User) -> None:
    grant = grant_role(newcomer, Role.CONTRIBUTOR, "fa", by=lead)
    change_role(grant, Role.TRANSLATOR, by=lead)
    withdraw_role(grant, by=lead)
    entries = LogEntry.objects.filter(object_id=str(newcomer.pk), user=lead).order_by("pk")
    assert [entry.get_change_message() for entry in entries] == [
        "Added role “contributor fa”.", "Changed role for role “translator fa”.", "Deleted role “translator fa”.",
    ]  # fmt: skip


def test_a_team_is_listed_by_role_and_name(lead: User) -> None:
    a_user("b-translator", Role.TRANSLATOR, language="fa")
    a_user("a-translator", Role.TRANSLATOR, language="fa")
    a_user("a-reviewer", Role.REVIEWER, language="fa")
    a_user("russian", Role.LEAD, language="ru")
    User.objects.create_user("gone", password=PASSWORD, is_active=False).grants.create(role="lead", language="fa")
    assert [grant.user.username for grant in team_of("fa")] == [
        "lead-fa", "a-reviewer", "a-translator", "b-translator",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "sees"),
    [
        (lambda: a_user("x", Role.CONTRIBUTOR, language="fa"), True),
        (lambda: a_user("x", Role.LEAD, language="fa"), True),
        (lambda: a_user("x", Role.LANGUAGE_MANAGER), True),
        (lambda: a_user("x", Role.ADMINISTRATOR), True),
        (lambda: a_user("x", Role.EDITOR), True),
        (lambda: a_user("x", Role.LEAD, language="ru"), False),
        (lambda: a_user("x"), False),
    ],
)
def test_who_sees_a_team(make: Callable[[], User], sees: bool) -> None:
    assert may_see_team(make(), "fa") is sees
