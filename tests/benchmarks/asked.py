"""Asks a site from inside, in a process with its settings: which pages there are, and what a rendering asks for.

``pages 50`` writes the addresses of fifty statements, here and in the usual site, and their titles; ``queries /en/``
how many queries each page takes when everything is warm.
"""

import json
import sys

import django

from tests.benchmarks.sizes import LANGUAGES


def pages(number: int) -> list[tuple[str, str, str]]:
    """Return statements that can be read in every language, one language after the other."""
    from memorial.publishing.models import Edition
    from memorial.reading.addresses import of_statement

    each = -(-number // len(LANGUAGES))
    visible = Edition.objects.visible()
    complete = set(
        visible.filter(language=LANGUAGES[0])
        .order_by("statement_id")
        .values_list("statement_id", flat=True)[: each * 4]
    )
    for tag in LANGUAGES[1:]:
        complete &= set(visible.filter(language=tag, statement__in=complete).values_list("statement_id", flat=True))
    chosen = sorted(complete)[:each]
    rows = visible.filter(statement__in=chosen, language__in=LANGUAGES).select_related("statement")
    found = [
        (of_statement(row), f"/{row.language}/statements/{row.statement.slug}/", row.title)
        for row in sorted(rows, key=lambda row: (row.statement_id, LANGUAGES.index(row.language)))
    ]
    if len(found) < number:
        raise SystemExit(f"There are only {len(found)} such pages: make a larger archive.")
    return found[:number]


def queries(paths: list[str]) -> list[int]:
    """Return how many queries each page takes, asked for the second time."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts = Client(headers={"host": "localhost"}), []
    for path in paths:
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200, path
        counts.append(len(captured))
    return counts


if __name__ == "__main__":
    django.setup()
    _, what, *rest = sys.argv
    sys.stdout.write(json.dumps(pages(int(rest[0])) if what == "pages" else queries(rest)))
