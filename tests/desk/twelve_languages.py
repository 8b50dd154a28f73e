"""A site of its own with twelve languages and a full archive: what the pages of the desk take there.

``python -m tests.desk.twelve_languages STATEMENTS ADDRESS ...`` writes it as JSON: ``queries`` by person and address,
``forms`` by person. ``{statement}`` in an address is the key of the newest statement.
"""

import json
import sys
from typing import TYPE_CHECKING, TypedDict

from .other_site import an_empty_site, found_in_a_site

if TYPE_CHECKING:  # it needs models, which are there once the process has been set up
    from .form_controls import Form

LANGUAGES = "az,en,ru,tr,fa,fr,de,es,ar,he,ka,zh-hans"
LABELS = 40
PEOPLE = ("editor", "administrator", "translator", "reviewer")
Queries = dict[str, dict[str, int]]


class Measured(TypedDict):
    """The queries of each address under ``/admin/``, and the statement's form, by person."""

    queries: Queries
    forms: "dict[str, Form]"


def measured(addresses: list[str], *, statements: int = 200, languages: str = LANGUAGES) -> Measured:
    """What is measured in a process with these languages."""
    found: Measured = found_in_a_site("tests.desk.twelve_languages", languages, str(statements), *addresses)
    return found


def _main(statements: int, addresses: list[str]) -> Measured:
    an_empty_site()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from memorial.statements.models import Statement
    from tests.builders import a_user
    from tests.desk.form_controls import forms
    from tests.desk.many_texts import an_archive

    people = {name: a_user(name, name, language="fa") for name in PEOPLE}
    an_archive(statements, LABELS, by=people["translator"], reviewer=people["reviewer"])
    newest = Statement.objects.latest("pk").pk
    found: Queries = {}
    for name, user in people.items():
        client = Client()
        client.force_login(user)
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(f"/admin/{address.format(statement=newest)}")
            assert answer.status_code == 200, (name, address, answer.status_code)
            found.setdefault(name, {})[address] = len(queries)
    return {"queries": found, "forms": forms([people["editor"], people["translator"]])}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main(int(sys.argv[1]), sys.argv[2:])) + "\n")
