"""The cast: who appears in the tests."""

from collections.abc import Callable, Mapping

import pytest

from memorial.accounts.models import Role, User
from tests import markup
from tests.browser import require
from tests.builders import a_user

pytest_plugins = ["tests.database"]


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


@pytest.fixture
def valid_html() -> Callable[[Mapping[str, str | bytes]], list[str]]:
    """The Nu HTML checker: ``assert valid_html({"/en/": html}) == []``."""
    if not markup.has_java():
        require("Java, for the Nu HTML checker", "default-jre-headless")
    return markup.errors
