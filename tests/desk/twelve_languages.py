"""A site of its own with twelve languages and a full archive: how many queries each page of the desk takes there.

``python -m tests.desk.twelve_languages STATEMENTS ADDRESS ...`` writes them as JSON: person, address, queries.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

LANGUAGES = "az,en,ru,tr,fa,fr,de,es,ar,he,ka,zh-hans"
LABELS = 40
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ("editor", "administrator", "translator", "reviewer")


def measured(addresses: list[str], *, statements: int = 200, languages: str = LANGUAGES) -> dict[str, dict[str, int]]:
    """The queries of each address under ``/admin/``, by person, measured in a process with these languages."""
    with tempfile.TemporaryDirectory(prefix="memorial-twelve-") as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SITE_URL")}
        environment = {**kept, "SITE_LANGUAGES": languages, "MEMORIAL_DATA_DIR": folder}
        done = subprocess.run(
            [sys.executable, "-m", "tests.desk.twelve_languages", str(statements), *addresses], cwd=ROOT,
            env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings"}, capture_output=True, text=True,
            check=False, timeout=240,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, int]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _main(statements: int, addresses: list[str]) -> dict[str, dict[str, int]]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from tests.builders import a_user
    from tests.desk.many_texts import an_archive

    setup_test_environment()
    call_command("migrate", verbosity=0)
    people = {name: a_user(name, name, language="fa") for name in PEOPLE}
    an_archive(statements, LABELS, by=people["translator"], reviewer=people["reviewer"])
    found: dict[str, dict[str, int]] = {}
    for name, user in people.items():
        client = Client()
        client.force_login(user)
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(f"/admin/{address}")
            assert answer.status_code == 200, (name, address, answer.status_code)
            found.setdefault(name, {})[address] = len(queries)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main(int(sys.argv[1]), sys.argv[2:])) + "\n")
