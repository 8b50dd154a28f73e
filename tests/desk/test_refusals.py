"""What somebody sees whom a door of the desk does not let in."""

from collections.abc import Callable

from django.test import Client

from memorial.accounts.models import User
from tests.builders import PASSWORD

Enter = Callable[[User], Client]


def test_a_page_without_the_right_for_it_says_so_in_the_users_language(persian_translator: User, enter: Enter) -> None:
    User.objects.filter(pk=persian_translator.pk).update(interface_language="fa")
    answer = enter(persian_translator).get("/admin/accounts/user/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert '<html lang="fa" dir="rtl">' in page
    assert "اجازهٔ این کار را ندارید" in page
    assert "no-store" in answer["Cache-Control"]


def test_a_form_without_its_token_is_refused_in_words(editor: User) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "az"})
    answer = client.post("/admin/login/", {"username": editor.username, "password": PASSWORD})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert '<html lang="az" dir="ltr">' in page
    assert "Bu forma qəbul edilə bilmədi" in page
    assert "style=" not in page
    assert "<style" not in page
