"""What machines find: the readers' small archive."""

from typing import Any

import pytest
from django.test import Client

from tests.reading.conftest import site_languages, statement

__all__ = ["site_languages", "statement"]


class Machine:
    """A program that asks the API."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, path: str, **headers: str) -> Any:
        """The answer to GET, whatever it is."""
        return self.client.get(path if path.startswith("/") else f"/api/v1/{path}", headers=headers)

    def get(self, path: str) -> Any:
        """The JSON of an answer that must be there."""
        response = self.ask(path.removeprefix("http://memorial.test"))
        assert response.status_code == 200, (path, response.content)
        return response.json()

    def walk(self, path: str) -> list[Any]:
        """All items of a list, page after page."""
        found: list[Any] = []
        address: str | None = path
        while address:
            page = self.get(address)
            found += page["items"]
            address = page["next"]
            assert len(found) < 1000, "the list has no end"
        return found


@pytest.fixture
def machine(client: Client) -> Machine:
    """A program that asks the API."""
    return Machine(client)
