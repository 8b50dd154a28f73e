"""A site of its own with twelve languages and a full archive: what each page of the desk weighs there.

``python -m tests.desk.twelve_languages STATEMENTS ADDRESS ...`` writes it as JSON: person, address, weight.
``{statement}`` in an address is the key of the newest statement.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lxml import html

LANGUAGES = "az,en,ru,tr,fa,fr,de,es,ar,he,ka,zh-hans"
LABELS = 40
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ("editor", "administrator", "translator", "reviewer")


@dataclass(frozen=True)
class Weight:
    """What one page takes: queries of the database, and controls of its forms that somebody can fill or press."""

    queries: int
    controls: int


def measured(addresses: list[str], *, statements: int = 200, languages: str = LANGUAGES) -> dict[str, dict[str, int]]:
    """The queries of each address under ``/admin/``, by person, measured in a process with these languages."""
    found = weighed(addresses, statements=statements, languages=languages)
    return {who: {address: weight.queries for address, weight in pages.items()} for who, pages in found.items()}


def weighed(addresses: list[str], *, statements: int = 200, languages: str = LANGUAGES) -> dict[str, dict[str, Weight]]:
    """The weight of each address under ``/admin/``, by person, measured in a process with these languages."""
    with tempfile.TemporaryDirectory(prefix="memorial-twelve-") as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SITE_URL")}
        environment = {**kept, "SITE_LANGUAGES": languages, "MEMORIAL_DATA_DIR": folder}
        done = subprocess.run(
            [sys.executable, "-m", "tests.desk.twelve_languages", str(statements), *addresses], cwd=ROOT,
            env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings"}, capture_output=True, text=True,
            check=False, timeout=240,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, list[int]]] = json.loads(done.stdout.splitlines()[-1])
    return {who: {page: Weight(*weight) for page, weight in pages.items()} for who, pages in found.items()}


def _main(statements: int, addresses: list[str]) -> dict[str, dict[str, tuple[int, int]]]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from memorial.statements.models import Statement
    from tests.builders import a_user
    from tests.desk.many_texts import an_archive

    setup_test_environment()
    call_command("migrate", verbosity=0)
    people = {name: a_user(name, name, language="fa") for name in PEOPLE}
    an_archive(statements, LABELS, by=people["translator"], reviewer=people["reviewer"])
    newest = Statement.objects.latest("pk").pk
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for name, user in people.items():
        client = Client()
        client.force_login(user)
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(f"/admin/{address.format(statement=newest)}")
            assert answer.status_code == 200, (name, address, answer.status_code)
            found.setdefault(name, {})[address] = (len(queries), _controls(answer.content))
    return found


def _controls(page: bytes) -> int:
    """The controls of the page's own forms: not hidden fields, nor those around every page."""
    content = html.fromstring(page).get_element_by_id("content")
    shown = content.xpath(".//input[not(@type='hidden')] | .//textarea | .//select | .//button")
    return len(shown)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main(int(sys.argv[1]), sys.argv[2:])) + "\n")
