"""The first accounts of an empty site, so that every door can be tried at once."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from memorial.accounts.models import Grant, Role, User

# User name, role, and the language of a translator or a reviewer.
CAST = (
    ("editor", Role.EDITOR, ""),
    ("publisher", Role.PUBLISHER, ""),
    ("translator", Role.TRANSLATOR, "fa"),
    ("reviewer", Role.REVIEWER, "fa"),
    ("administrator", Role.ADMINISTRATOR, ""),
)


@dataclass(frozen=True)
class NewAccount:
    """An account just made; its password is known here and nowhere else."""

    name: str
    role: Role
    language: str
    password: str


@transaction.atomic
def make_first_accounts() -> list[NewAccount]:
    """Make one account for each role, with random passwords; where anybody can log in already, nothing is made."""
    if User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
        return []
    made = []
    for name, role, language in CAST:
        account = NewAccount(name, role, language, secrets.token_urlsafe(15))
        user = User.objects.create_user(username=name, password=account.password, is_staff=True)
        Grant.objects.create(user=user, role=role, language=language)
        made.append(account)
    return made
