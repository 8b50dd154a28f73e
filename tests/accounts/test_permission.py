"""Who may do what in which language: the whole table."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries, Settings

from memorial.accounts.models import IN_ONE_LANGUAGE, Grant, Role, User
from memorial.accounts.permission import Action, may
from tests.builders import PASSWORD, a_user

pytestmark = pytest.mark.django_db

# Each role of one language is asked about its own language, and about another one.
ROLES = ("editor", "publisher", "contributor", "translator", "reviewer", "lead", "manager", "admin")
CALLED = {
    "editor": Role.EDITOR, "publisher": Role.PUBLISHER, "contributor": Role.CONTRIBUTOR,
    "translator": Role.TRANSLATOR, "reviewer": Role.REVIEWER, "lead": Role.LEAD, "manager": Role.LANGUAGE_MANAGER,
    "admin": Role.ADMINISTRATOR,
}  # fmt: skip
# x: may, in every language. o: may, in the own language only. Empty: may not.
# Where a setting decides: p: only if EDITORS_MAY_PUBLISH, a: only if TRANSLATORS_MAY_ADD_LANGUAGES.
TABLE = """
                   editor publisher contributor translator reviewer lead manager admin
    ENTER_DESK        x       x          x          x         x      x      x      x
    VIEW_RECORD       x       x          x          x         x      x      x      x
    CHANGE_RECORD     x       x          .          .         .      .      .      x
    DELETE_RECORD     x       x          .          .         .      .      .      x
    CHANGE_LABEL      x       x          .          o         o      o      .      x
    CHANGE_PHRASE     .       .          .          o         o      o      x      x
    VIEW_TEXT         x       x          x          x         x      x      x      x
    CHANGE_TEXT       x       x          o          o         o      o      .      x
    APPROVE_TEXT      x       x          .          o         o      o      .      x
    REVIEW_TEXT       .       .          .          .         o      o      .      x
    MARK_READY        x       x          .          .         .      o      .      x
    PUBLISH           p       x          .          .         .      .      .      x
    REQUEST_LANGUAGE  x       x          x          x         x      x      x      x
    ADD_LANGUAGE      .       .          .          a         a      a      x      x
    CHANGE_LANGUAGE   .       .          .          .         .      .      x      x
    LAUNCH_LANGUAGE   .       .          .          .         .      o      x      x
    MANAGE_TEAM       .       .          .          .         .      o      x      x
    MANAGE_PEOPLE     .       .          .          .         .      .      .      x
"""
ROWS = {words[0]: dict(zip(ROLES, words[1:], strict=True)) for words in map(str.split, TABLE.strip().splitlines()[1:])}


def test_the_table_has_every_action_and_every_role() -> None:
    assert TABLE.split()[: len(ROLES)] == list(ROLES)
    assert list(ROWS) == [action.name for action in Action]
    assert set(CALLED.values()) == set(Role)


@pytest.mark.parametrize("settings_say_yes", [True, False], ids=["trusted", "not trusted"])
@pytest.mark.parametrize("who", ROLES)
def test_each_role_may_do_exactly_what_the_table_says(settings: Settings, who: str, settings_say_yes: bool) -> None:
    settings.EDITORS_MAY_PUBLISH = settings.TRANSLATORS_MAY_ADD_LANGUAGES = settings_say_yes
    user = a_user("somebody", CALLED[who], language="fa")
    everywhere = {"x"} | ({"p", "a"} if settings_say_yes else set())
    expected = {
        action.name: (ROWS[action.name][who] in everywhere | {"o"}, ROWS[action.name][who] in everywhere)
        for action in Action
    }
    assert {action.name: (may(user, action, "fa"), may(user, action, "ru")) for action in Action} == expected
    # Asked without a language, an action of one language is nobody's who has it in that language only.
    assert {action.name: may(user, action) for action in Action} == {
        name: elsewhere for name, (_own, elsewhere) in expected.items()
    }


def test_each_setting_decides_for_its_own_action_only(settings: Settings) -> None:
    settings.EDITORS_MAY_PUBLISH, settings.TRANSLATORS_MAY_ADD_LANGUAGES = False, True
    editor, translator = a_user("an-editor", Role.EDITOR), a_user("a-translator", Role.TRANSLATOR, language="fa")
    assert not may(editor, Action.PUBLISH, "az")
    assert may(translator, Action.ADD_LANGUAGE)
    settings.EDITORS_MAY_PUBLISH, settings.TRANSLATORS_MAY_ADD_LANGUAGES = True, False
    assert may(editor, Action.PUBLISH, "az")
    assert not may(translator, Action.ADD_LANGUAGE)


def test_each_role_of_a_language_has_the_rights_of_those_before_it() -> None:
    before: set[Action] = set()
    for role in IN_ONE_LANGUAGE:
        user = a_user(f"a-{role}", role, language="fa")
        rights = {action for action in Action if may(user, action, "fa")}
        assert before < rights, role
        before = rights


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


def test_a_translator_may_not_change_a_text_when_no_language_is_named(persian_translator: User) -> None:
    assert not may(persian_translator, Action.CHANGE_TEXT)
    assert not may(persian_translator, Action.CHANGE_TEXT, "")


def test_roles_add_up() -> None:
    user = a_user("both", Role.TRANSLATOR, Role.EDITOR, language="fa")
    assert may(user, Action.CHANGE_TEXT, "tr")
    assert not may(user, Action.MANAGE_PEOPLE)


def test_a_role_in_one_language_adds_nothing_to_a_role_in_another() -> None:
    user = a_user("two", Role.CONTRIBUTOR, language="fa")
    Grant.objects.create(user=user, role=Role.REVIEWER, language="ru")
    assert [tag for tag in ("az", "fa", "ru") if may(user, Action.REVIEW_TEXT, tag)] == ["ru"]
    assert [tag for tag in ("az", "fa", "ru") if may(user, Action.CHANGE_LABEL, tag)] == ["ru"]
    assert [tag for tag in ("az", "fa", "ru") if may(user, Action.CHANGE_TEXT, tag)] == ["fa", "ru"]


def test_one_translator_may_have_several_languages() -> None:
    user = a_user("polyglot", Role.TRANSLATOR, language="fa")
    Grant.objects.create(user=user, role=Role.TRANSLATOR, language="tr")
    assert [tag for tag in ("az", "en", "fa", "ru", "tr") if may(user, Action.CHANGE_TEXT, tag)] == ["fa", "tr"]


def test_roles_are_asked_for_once(editor: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = User.objects.get(pk=editor.pk)
    with django_assert_num_queries(1):
        for action in Action:
            may(user, action, "az")
