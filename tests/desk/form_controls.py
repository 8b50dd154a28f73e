"""How large the statement's form is on a site with other languages: asked of a process of its own.

``python -m tests.desk.form_controls`` writes it as JSON; the languages are those of SITE_LANGUAGES.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def form_of_a_site(languages: str) -> dict[str, list[str]]:
    """The names of the form's controls, and the tags of the languages in the panel beside it."""
    with tempfile.TemporaryDirectory(prefix="memorial-form-") as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SITE_URL")}
        around = {"SITE_LANGUAGES": languages, "MEMORIAL_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.desk.form_controls"], cwd=ROOT, env={**kept, **around},
            capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _main() -> dict[str, list[str]]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment
    from lxml import html

    from memorial.translations.save import save_text
    from tests.builders import a_statement, a_user

    setup_test_environment()
    call_command("migrate", verbosity=0)
    editor = a_user("editor", "editor")
    statement = a_statement()
    for tag in os.environ["SITE_LANGUAGES"].split(","):
        save_text(statement, tag, title=f"Title {tag}", summary="", body="<p>x</p>", seen=None, by=editor)
    client = Client()
    client.force_login(editor)
    answer = client.get(f"/admin/statements/statement/{statement.pk}/change/")
    assert answer.status_code == 200, answer.status_code
    page = html.fromstring(answer.content.decode())
    (form,) = page.xpath("//form[@id='statement_form']")
    return {
        "controls": [each.get("name", "") for each in form.xpath(".//input | .//select | .//textarea | .//button")],
        "panel": page.xpath("//ul[@class='language-lines']/li//bdi/@lang"),
        "controls in the panel": page.xpath("//aside//*[self::input or self::select or self::textarea]/@name"),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main()) + "\n")
