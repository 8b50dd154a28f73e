"""Who gets through which door of the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from memorial.accounts.models import User
from memorial.statements.models import Statement
from tests.builders import PASSWORD, a_user

from .conftest import form_data

Enter = Callable[[User], Client]
LISTS = ["statement", "source", "figure", "gap", "issuer", "occasion", "event", "place", "person"]


@pytest.fixture(params=["editor", "publisher", "persian_translator", "administrator"])
def anybody(request: pytest.FixtureRequest) -> User:
    """Each of the cast in turn."""
    user: User = request.getfixturevalue(request.param)
    return user


def test_nobody_enters_without_a_role(db: None, enter: Enter) -> None:
    assert enter(a_user("nobody")).get("/admin/").status_code == 302
    client = Client()
    answer = client.post("/admin/login/", {"username": "nobody", "password": PASSWORD})
    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated


def test_a_role_is_enough_to_log_in(db: None) -> None:
    user = a_user("someone", "editor")
    User.objects.filter(pk=user.pk).update(is_staff=False)
    answer = Client().post(
        "/admin/login/?next=/admin/", {"username": "someone", "password": PASSWORD, "next": "/admin/"}
    )
    assert answer.status_code == 302


def test_everybody_who_works_here_sees_the_record(anybody: User, enter: Enter, statement: Statement) -> None:
    client = enter(anybody)
    assert client.get("/admin/").status_code == 200
    for name in LISTS:
        assert client.get(f"/admin/statements/{name}/").status_code == 200, name
    for address in ("change/", "text/az/", "text/fa/", "text/fa/history/", "text/az/history/", "publish/", "withdraw/"):
        assert client.get(f"/admin/statements/statement/{statement.pk}/{address}").status_code == 200, address
    assert client.get("/admin/languages/language/").status_code == 200


@pytest.mark.parametrize("who", ["editor", "publisher", "persian_translator"])
def test_only_administrators_see_people(who: str, enter: Enter, request: pytest.FixtureRequest) -> None:
    client = enter(request.getfixturevalue(who))
    assert client.get("/admin/accounts/user/").status_code == 403
    assert client.post("/admin/accounts/user/add/", {"username": "x"}).status_code == 403
    assert "/admin/accounts/user/" not in client.get("/admin/").content.decode()


def test_an_administrator_adds_a_person_and_grants_a_role(administrator: User, enter: Enter) -> None:
    client = enter(administrator)
    new = {"username": "new", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/admin/accounts/user/add/", new).status_code == 302
    person = User.objects.get(username="new")
    data = form_data(client, f"/admin/accounts/user/{person.pk}/change/")
    data |= {
        "grants-TOTAL_FORMS": 1,
        "grants-0-role": "translator",
        "grants-0-language": "fa",
        "grants-0-user": person.pk,
    }
    data |= {"is_active": "on"}
    answer = client.post(f"/admin/accounts/user/{person.pk}/change/", data)
    assert answer.status_code == 302, answer.context["errors"]
    assert [(grant.role, grant.language) for grant in person.grants.all()] == [("translator", "fa")]


def test_nobody_is_deleted_and_groups_are_not_used(administrator: User, enter: Enter) -> None:
    client = enter(administrator)
    assert client.get(f"/admin/accounts/user/{administrator.pk}/delete/").status_code == 403
    assert client.get("/admin/auth/group/").status_code == 404


def test_languages_are_looked_at_only(administrator: User, enter: Enter) -> None:
    client = enter(administrator)
    assert client.get("/admin/languages/language/add/").status_code == 403
    assert client.post("/admin/languages/language/az/change/", {"name_en": "X"}).status_code == 403
    assert client.post("/admin/languages/language/az/delete/", {"post": "yes"}).status_code == 403


def test_a_translator_adds_and_deletes_nothing(persian_translator: User, enter: Enter, statement: Statement) -> None:
    client = enter(persian_translator)
    for name in LISTS:
        assert client.get(f"/admin/statements/{name}/add/").status_code == 403, name
        assert client.post(f"/admin/statements/{name}/add/", {"slug": "x"}).status_code == 403, name
    assert client.post(f"/admin/statements/statement/{statement.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/admin/statements/issuer/{statement.issuer_id}/delete/", {"post": "yes"}).status_code == 403


def test_answers_of_the_desk_are_kept_and_listed_by_nobody(editor: User, enter: Enter) -> None:
    for answer in (Client().get("/admin/login/"), enter(editor).get("/admin/"), enter(editor).get("/admin/jsi18n/")):
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "nonce" not in policy


def test_readers_pages_keep_their_own_policy(db: None) -> None:
    policy = Client().get("/robots.txt")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_no_page_of_the_desk_has_inline_code(editor: User, enter: Enter, statement: Statement) -> None:
    client = enter(editor)
    for address in ("", "statements/statement/", f"statements/statement/{statement.pk}/change/",
                    f"statements/statement/{statement.pk}/text/fa/", "statements/issuer/add/"):  # fmt: skip
        page = client.get(f"/admin/{address}").content.decode()
        assert "<style" not in page
        assert ' style="' not in page
        assert "<script>" not in page
        assert "importmap" not in page
        assert " onclick=" not in page
