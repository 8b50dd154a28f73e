"""The first accounts: one a role, once, with passwords that nobody keeps."""

import io
import secrets

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.ops.accounts import make_first_accounts

pytestmark = pytest.mark.django_db


def test_an_empty_site_gets_one_account_a_role() -> None:
    made = {account.name: account for account in make_first_accounts()}
    assert set(made) == {"editor", "publisher", "translator", "reviewer", "administrator"}
    for account in made.values():
        user = authenticate(username=account.name, password=account.password)
        assert isinstance(user, User), account.name
        assert may(user, Action.ENTER_DESK)
    translator = User.objects.get(username="translator")
    assert may(translator, Action.CHANGE_TEXT, "fa")
    assert not may(translator, Action.CHANGE_TEXT, "az")
    reviewer = User.objects.get(username="reviewer")
    assert may(reviewer, Action.REVIEW_TEXT, "fa")
    assert not may(translator, Action.REVIEW_TEXT, "fa")
    assert not may(reviewer, Action.REVIEW_TEXT, "az")
    assert may(User.objects.get(username="administrator"), Action.MANAGE_PEOPLE)
    assert not may(User.objects.get(username="editor"), Action.MANAGE_PEOPLE)


def test_passwords_are_long_different_and_not_stored() -> None:
    made = make_first_accounts()
    assert len({account.password for account in made}) == len(made)
    assert min(len(account.password) for account in made) >= 20
    for account in made:
        assert account.password not in User.objects.get(username=account.name).password


def test_they_are_shown_once_and_never_made_again() -> None:
    first, second = io.StringIO(), io.StringIO()
    call_command("create_first_accounts", stdout=first)
    call_command("create_first_accounts", stdout=second)
    assert "translator" in first.getvalue()
    assert "Persian" in first.getvalue()
    assert second.getvalue() == ""
    assert User.objects.count() == 5


def test_a_site_where_somebody_can_log_in_gets_none() -> None:
    User.objects.create_user(username="somebody", password=secrets.token_urlsafe())
    assert make_first_accounts() == []
    assert User.objects.count() == 1


def test_a_user_who_cannot_log_in_does_not_count() -> None:
    User.objects.create_user(username="archive")  # as the sample archive has one
    assert len(make_first_accounts()) == 5
