"""Logging in at the desk: a few wrong passwords, then a pause, that tells nothing about who has an account."""

import pytest
from django.test import Client

from memorial.accounts.attempts import OF_PAIR, TOO_MANY
from memorial.accounts.models import User
from memorial.statements.models import Statement
from tests.builders import PASSWORD, a_user


def log_in(username: str, password: str = "wrong", address: str = "192.0.2.7") -> str:  # noqa: S107 it is wrong
    """Send the real form; return "" where it lets in, else what it says."""
    answer = Client(REMOTE_ADDR=address).post(
        "/admin/login/?next=/admin/", {"username": username, "password": password, "next": "/admin/"}
    )
    if answer.status_code == 302:
        return ""
    return " ".join(answer.context["form"].non_field_errors())


@pytest.mark.usefixtures("each_cache")
def test_after_some_wrong_passwords_even_the_right_one_has_to_wait_there_and_nowhere_else(editor: User) -> None:
    said = [log_in("editor") for _ in range(OF_PAIR.most)]
    assert all("correct" in each for each in said)
    assert log_in("editor") == log_in("editor", PASSWORD) == str(TOO_MANY)
    assert log_in("editor", PASSWORD, address="198.51.100.1") == ""


@pytest.mark.usefixtures("each_cache")
def test_an_account_that_is_not_there_is_answered_the_same(editor: User) -> None:
    a_user("nobody")  # has no role
    names = ("editor", "nobody", "not-there")
    heard = {name: [log_in(name, PASSWORD if name == "nobody" else "wrong") for _ in range(7)] for name in names}
    assert heard["editor"] == heard["nobody"] == heard["not-there"]
    assert heard["editor"][-1] == str(TOO_MANY)


@pytest.mark.usefixtures("each_cache")
def test_a_success_begins_the_count_anew(editor: User) -> None:
    for _time in range(3):
        assert all("correct" in log_in("editor") for _ in range(OF_PAIR.most - 1))
        assert log_in("editor", PASSWORD) == ""


@pytest.mark.usefixtures("each_cache")
def test_a_form_without_a_password_is_no_try(editor: User) -> None:
    for _time in range(OF_PAIR.most + 2):
        log_in("editor", "")
    assert log_in("editor", PASSWORD) == ""


def test_logging_in_again_at_the_workbench_is_counted_with_it(persian_translator: User, statement: Statement) -> None:
    address = f"/admin/statements/statement/{statement.pk}/text/fa/"
    client = Client(REMOTE_ADDR="192.0.2.7")
    typed = {"text_title": "بیانیه", "do": "log-in", "username": persian_translator.username, "password": "wrong"}
    for _time in range(OF_PAIR.most):
        client.post(address, typed)
    answer = client.post(address, typed | {"password": PASSWORD})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert str(TOO_MANY) in page
    assert "بیانیه" in page
    assert log_in(persian_translator.username) == str(TOO_MANY)
