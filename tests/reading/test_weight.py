"""How many queries and bytes a page costs, whatever the number of languages and statements."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.statements.models import Statement
from tests.builders import an_issuer, an_occasion

from .conftest import a_place, address, an_event, published, published_again

BUDGETS = {
    "statement": 8,
    "statements/": 6,
    "statements/?issuer=example-ministry&occasion=example-day&event=example-event&year=2000": 6,
    "": 8,
    "issuers/example-ministry/": 4,
    "occasions/example-day/": 5,
    "events/example-event/": 9,
    "places/example-town/": 7,
    "issuers/": 3,
    "events/": 3,
}


def many_more(statement: Statement, languages: int, statements: int) -> None:
    """The same statement again and again, and in languages whose rows are all that there is of them."""
    tags = [f"q{chr(97 + number)}x" for number in range(languages)]
    for tag in tags:
        Language.objects.create(tag=tag, name_en=tag, name_own=tag, script="Latn", state="public")
    pattern = Edition.objects.get(statement=statement, language="en")
    copied = {
        field.attname: getattr(pattern, field.attname)
        for field in Edition._meta.concrete_fields
        if field.name not in ("id", "statement", "language")
    }
    Edition.objects.bulk_create(Edition(**copied, statement=statement, language=tag) for tag in tags)
    others = Statement.objects.bulk_create(
        Statement(
            slug=f"other-{number}", issuer=statement.issuer, occasion=statement.occasion, dated=statement.dated,
            earliest=statement.earliest, latest=statement.latest, original_language="az",
        )
        for number in range(statements)
    )  # fmt: skip
    editions = Edition.objects.bulk_create(
        Edition(**copied, statement=other, language=lang) for other in others for lang in ("az", "en")
    )
    for through, name in ((Edition.events.through, "event_id"), (Edition.places.through, "place_id")):
        label = through.objects.filter(edition=pattern).values_list(name, flat=True).get()
        through.objects.bulk_create(through(edition=each, **{name: label}) for each in editions)


@pytest.mark.parametrize(("languages", "statements"), [(0, 0), (15, 0), (0, 300), (15, 300)])
def test_pages_stay_within_their_queries(
    client: Client,
    publisher: User,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]],
    languages: int,
    statements: int,
) -> None:
    around = {
        "issuer": an_issuer(), "occasion": an_occasion(), "events": [an_event()], "places": [a_place()],
    }  # fmt: skip
    rows = [published(publisher, slug=f"e-{n}", dated=f"20{n:02}-05-20", **around) for n in range(10)]
    rows[5].related.set(rows[6:])
    published_again(rows[5], "en", publisher)
    many_more(rows[4], languages, statements)
    for path, budget in BUDGETS.items():
        whole = address(rows[5], "en") if path == "statement" else f"/en/{path}"
        client.get(whole)
        with django_assert_max_num_queries(budget):
            assert client.get(whole).status_code == 200, whole


def test_a_statement_page_and_its_stylesheet_are_light(client: Client, statement: Statement) -> None:
    found = finders.find("reading/site.css")
    assert isinstance(found, str)
    style = brotli.compress(Path(found).read_bytes())
    page = brotli.compress(client.get(address(statement, "en")).content)
    assert len(style) + len(page) < 12_000, "the budget is 40 kB; much less is easy to keep"
    assert settings.DEBUG is False
