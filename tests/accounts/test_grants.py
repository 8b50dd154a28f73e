"""Which grants there can be."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from memorial.accounts.models import IN_ONE_LANGUAGE, Grant, Role, User

pytestmark = pytest.mark.django_db
IN_EVERY_LANGUAGE = [role for role in Role if role not in IN_ONE_LANGUAGE]


@pytest.mark.parametrize(
    ("role", "language"), [*((role, "") for role in IN_ONE_LANGUAGE), *((role, "fa") for role in IN_EVERY_LANGUAGE)]
)
def test_a_language_is_named_for_roles_in_one_language_and_only_for_them(
    editor: User, role: str, language: str
) -> None:
    grant = Grant(user=editor, role=role, language=language)
    with pytest.raises(ValidationError, match="Name the language for a contributor"):
        grant.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        grant.save()


@pytest.mark.parametrize(
    ("role", "language"),
    [*((role, "fa") for role in IN_ONE_LANGUAGE), (Role.LANGUAGE_MANAGER, ""), (Role.ADMINISTRATOR, "")],
)
def test_every_role_can_be_granted(editor: User, role: str, language: str) -> None:
    grant = Grant(user=editor, role=role, language=language)
    grant.full_clean()
    grant.save()
    assert str(grant) == f"{Role(role).label} {language}".strip()


def test_nobody_is_granted_the_same_twice(persian_translator: User) -> None:
    with pytest.raises(ValidationError, match="already has this role"):
        Grant(user=persian_translator, role=Role.TRANSLATOR, language="fa").full_clean()


def test_one_person_may_hold_different_roles_in_different_languages(persian_translator: User) -> None:
    Grant(user=persian_translator, role=Role.REVIEWER, language="fa").full_clean()
    Grant(user=persian_translator, role=Role.TRANSLATOR, language="ru").full_clean()
