"""Which grants there can be."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from memorial.accounts.models import Grant, Role, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "language"), [(Role.TRANSLATOR, ""), (Role.EDITOR, "fa")])
def test_a_language_is_named_for_translators_and_only_for_them(editor: User, role: str, language: str) -> None:
    grant = Grant(user=editor, role=role, language=language)
    with pytest.raises(ValidationError, match="Name the language for a contributor"):
        grant.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        grant.save()


def test_nobody_is_granted_the_same_twice(persian_translator: User) -> None:
    with pytest.raises(ValidationError, match="already has this role"):
        Grant(user=persian_translator, role=Role.TRANSLATOR, language="fa").full_clean()
