"""The cast: who appears in the tests."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from memorial.accounts.models import Role, User
from memorial.languages.phrases import runtime
from memorial.languages.phrases.stored import Phrases
from tests.builders import a_user

pytest_plugins = [
    "tests.browser",
    "tests.caches",
    "tests.database",
    "tests.made_once",
    "tests.repeated_queries",
    "tests.storages",
    "tests.tables",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, one file after the other: else one worker waits for the other at the end."""
    first = ("journeys", "_in_browser.py", "languages", "_schemathesis.py", "_weight.py", "_demonstration.py")
    items.sort(key=lambda item: next((place for place, name in enumerate(first) if name in str(item.path)), len(first)))


@pytest.fixture(autouse=True)
def _no_phrases_of_another_test() -> Iterator[None]:
    """A process keeps its phrases in memory, where no rollback takes them away."""
    yield
    if runtime.number() or runtime.has_phrases():
        runtime.use(Phrases())


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    """Argon2 as on the site, but with as little work as it can do: it is slow on purpose, at each login of a test."""
    for name, least in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
        setattr(Argon2PasswordHasher, name, least)


@pytest.fixture
def editor(db: None) -> User:
    """An editor."""
    return a_user("editor", Role.EDITOR)


@pytest.fixture
def publisher(db: None) -> User:
    """A publisher."""
    return a_user("publisher", Role.PUBLISHER)


@pytest.fixture
def persian_translator(db: None) -> User:
    """A translator into Persian."""
    return a_user("translator-fa", Role.TRANSLATOR, language="fa")


@pytest.fixture
def administrator(db: None) -> User:
    """An administrator."""
    return a_user("administrator", Role.ADMINISTRATOR)
