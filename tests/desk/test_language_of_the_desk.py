"""In which language the desk speaks."""

from collections.abc import Callable

import pytest
from django.test import Client

from memorial.accounts.models import User

Enter = Callable[[User], Client]


@pytest.mark.parametrize(
    ("asked", "lang", "dir_"), [("az", "az", "ltr"), ("fa-IR, en", "fa", "rtl"), ("de", "en", "ltr")]
)
def test_it_speaks_as_the_browser_asks(db: None, asked: str, lang: str, dir_: str) -> None:
    page = Client().get("/admin/login/", headers={"Accept-Language": asked}).content.decode()
    assert f'<html lang="{lang}" dir="{dir_}">' in page


def test_what_is_listed_begins_with_a_capital_of_the_language(administrator: User, enter: Enter) -> None:
    client = enter(administrator)
    first = client.get("/admin/", headers={"Accept-Language": "az"}).content.decode()
    assert '<li><a href="/admin/accounts/user/">İstifadəçilər</a></li>' in first
    person = client.get(f"/admin/accounts/user/{administrator.pk}/change/", headers={"Accept-Language": "az"})
    assert '<a href="/admin/accounts/user/">İstifadəçilər</a>' in person.content.decode(), "in Django's own templates"
    assert "Istifadəçilər" not in first
    assert ">Users<" in client.get("/admin/", headers={"Accept-Language": "en"}).content.decode()


def test_the_language_chosen_is_kept_and_wins(editor: User, enter: Enter) -> None:
    client = enter(editor)
    answer = client.post("/admin/language/", {"language": "ru", "next": "/admin/statements/issuer/"})
    assert answer.url == "/admin/statements/issuer/"
    editor.refresh_from_db()
    assert editor.interface_language == "ru"
    page = client.get("/admin/", headers={"Accept-Language": "az"}).content.decode()
    assert '<html lang="ru" dir="ltr">' in page


def test_a_language_that_the_site_lacks_is_not_kept(editor: User, enter: Enter) -> None:
    enter(editor).post("/admin/language/", {"language": "xx"})
    editor.refresh_from_db()
    assert editor.interface_language == ""


def test_the_switch_leads_nowhere_else(editor: User, enter: Enter) -> None:
    answer = enter(editor).post("/admin/language/", {"language": "az", "next": "https://elsewhere.example/"})
    assert answer.url == "/admin/"


def test_the_switch_is_a_post_with_a_token(editor: User, enter: Enter) -> None:
    assert enter(editor).get("/admin/language/").status_code == 405
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post("/admin/language/", {"language": "az"}).status_code == 403


def test_a_chosen_language_does_not_change_readers_pages(editor: User, enter: Enter) -> None:
    client = enter(editor)
    client.post("/admin/language/", {"language": "fa"})
    assert 'lang="az"' in client.get("/az/").content.decode()
