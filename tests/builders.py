"""Objects for tests: plainly fictional, complete, and different only where a test says so."""

from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from memorial.accounts.models import IN_ONE_LANGUAGE, Grant, User
from memorial.languages.columns import column_name
from memorial.statements.models import Issuer, Occasion, Source, Statement

PASSWORD = "a long and harmless password"  # noqa: S105 not a secret


@cache
def _hashed() -> str:
    """The password as it is stored: hashing it is slow on purpose, and is done once."""
    return make_password(PASSWORD)


def a_user(name: str, *roles: str, language: str = "") -> User:
    """A user with the given roles; a translator's (reviewer's ...) language is ``language``."""
    user = User.objects.create(username=name, password=_hashed(), is_staff=True)
    for role in roles:
        Grant.objects.create(user=user, role=role, language=language if role in IN_ONE_LANGUAGE else "")
    return user


def named(name: str, *languages: str) -> dict[str, str]:
    """The columns of a label's name in each language: ``named("Example Ministry", "az", "en")``."""
    return {column_name("name", tag): f"{name} ({tag})" for tag in languages}


def an_issuer(slug: str = "example-ministry", **fields: Any) -> Issuer:
    """The Example Ministry."""
    names = named("Example Ministry", "az", "en", "fa")
    return Issuer.objects.create(**{"slug": slug, "kind": Issuer.Kind.MINISTRY, **names, **fields})


def an_occasion(slug: str = "example-day", **fields: Any) -> Occasion:
    """The Day of Examples, 20 May, counted from 1990."""
    names = named("Day of Examples", "az", "en", "fa")
    return Occasion.objects.create(**{"slug": slug, "month": 5, "day": 20, "first_year": 1990, **names, **fields})


def a_statement(**fields: Any) -> Statement:
    """A statement of the Example Ministry, in Azerbaijani, with one source and no text yet."""
    if "issuer" not in fields:
        fields["issuer"] = Issuer.objects.filter(slug="example-ministry").first() or an_issuer()
    defaults = {"slug": "example-statement", "dated": "2025-05-20", "original_language": "az"}
    statement = Statement.objects.create(**{**defaults, **fields})
    Source.objects.create(
        statement=statement,
        publisher="Example Gazette",
        url="https://gazette.example/1",
        language=statement.original_language,
        published="2025-05-20T09:00+04:00",
        what=Source.What.RELAY_FULL,
    )
    return statement
