"""Who may do what in which language: the whole table."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries, Settings

from memorial.accounts.models import Grant, Role, User
from memorial.accounts.permission import Action, may
from tests.builders import PASSWORD, a_user

pytestmark = pytest.mark.django_db

E, P, A = Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR
OWN, OTHER = "translator, own language", "translator, other language"
# Everybody who may; all others may not.
MATRIX = {
    Action.ENTER_DESK: {E, P, A, OWN, OTHER},
    Action.VIEW_RECORD: {E, P, A, OWN, OTHER},
    Action.CHANGE_RECORD: {E, P, A},
    Action.DELETE_RECORD: {E, P, A},
    Action.CHANGE_LABEL: {E, P, A, OWN},
    Action.VIEW_TEXT: {E, P, A, OWN, OTHER},
    Action.CHANGE_TEXT: {E, P, A, OWN},
    Action.PUBLISH: {E, P, A},
    Action.CHANGE_LANGUAGE: {A},
    Action.MANAGE_PEOPLE: {A},
}


def test_the_table_has_every_action() -> None:
    assert MATRIX.keys() == set(Action)


@pytest.mark.parametrize("who", [E, P, A, OWN, OTHER])
@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_exactly_what_the_table_says(who: str, action: Action) -> None:
    role = Role.TRANSLATOR if who in (OWN, OTHER) else who
    user = a_user("somebody", role, language="fa")
    language = "az" if who == OTHER else "fa"
    assert may(user, action, language) is (who in MATRIX[action])


@pytest.mark.parametrize("action", Action)
def test_nobody_without_a_role_may_do_anything(action: Action) -> None:
    assert not may(a_user("newcomer"), action, "az")
    assert not may(AnonymousUser(), action, "az")


@pytest.mark.parametrize("action", Action)
def test_a_deactivated_administrator_may_do_nothing(action: Action) -> None:
    user = a_user("gone", Role.ADMINISTRATOR)
    user.is_active = False
    user.save()
    assert not may(user, action, "az")


@pytest.mark.parametrize("action", Action)
def test_a_superuser_may_do_everything(action: Action) -> None:
    assert may(User.objects.create_superuser("root", password=PASSWORD), action, "az")


def test_editors_publish_only_where_the_setting_lets_them(settings: Settings) -> None:
    settings.EDITORS_MAY_PUBLISH = False
    assert not may(a_user("an-editor", Role.EDITOR), Action.PUBLISH, "az")
    assert may(a_user("a-publisher", Role.PUBLISHER), Action.PUBLISH, "az")


def test_a_translator_may_not_change_a_text_when_no_language_is_named(persian_translator: User) -> None:
    assert not may(persian_translator, Action.CHANGE_TEXT)


def test_roles_add_up() -> None:
    user = a_user("both", Role.TRANSLATOR, Role.EDITOR, language="fa")
    assert may(user, Action.CHANGE_TEXT, "tr")
    assert not may(user, Action.MANAGE_PEOPLE)


def test_one_translator_may_have_several_languages() -> None:
    user = a_user("polyglot", Role.TRANSLATOR, language="fa")
    Grant.objects.create(user=user, role=Role.TRANSLATOR, language="tr")
    assert [tag for tag in ("az", "en", "fa", "ru", "tr") if may(user, Action.CHANGE_TEXT, tag)] == ["fa", "tr"]


def test_roles_are_asked_for_once(editor: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = User.objects.get(pk=editor.pk)
    with django_assert_num_queries(1):
        for action in Action:
            may(user, action, "az")
