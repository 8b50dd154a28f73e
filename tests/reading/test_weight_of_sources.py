"""How many queries the pages of sources and wordings cost, whatever the number of sources."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memorial.accounts.models import User
from memorial.publishing.source_release import publish_source
from tests.publishing.sources import a_background, a_witness

from .conftest import address
from .wordings import a_statement_in_many_words


@pytest.mark.django_db
def test_pages_ask_as_much_of_two_wordings_as_of_twelve(client: Client, publisher: User) -> None:
    statement, first, second = a_statement_in_many_words(publisher)
    claims = a_background()
    publish_source(claims, by=publisher)
    budgets = {
        address(statement, "en"): 9,  # one more than that of a statement without other wordings
        address(statement, "en", "wordings/"): 4,
        address(statement, "en", f"wordings/{first.ref}/"): 5,
        address(statement, "en", f"wordings/{first.ref}/?beside={second.ref}"): 4,
        f"/en/sources/{first.ref}/": 4,
        f"/en/sources/{claims.ref}/": 3,
    }

    def counted() -> dict[str, int]:
        found = {}
        for path in budgets:
            client.get(path)  # what a process asks once is asked
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            found[path] = len(asked)
        return found

    few = counted()
    assert {path: count for path, count in few.items() if count > budgets[path]} == {}
    for number in range(10):
        publish_source(a_witness(statement, publisher=f"Agency {number}"), by=publisher)
    assert counted() == few
