"""A site of its own with other languages, in a process of its own: what a module of these tests finds there."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def found_in_a_site(module: str, languages: str, *arguments: str) -> Any:
    """What ``python -m module arguments`` writes as its last line, JSON, where the site has these languages."""
    with tempfile.TemporaryDirectory(prefix="memorial-other-site-") as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SITE_URL")}
        around = {
            "SITE_LANGUAGES": languages, "MEMORIAL_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings",
            "HASHED_STATIC_FILES": "false",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments], cwd=ROOT, env={**kept, **around}, capture_output=True,
            text=True, check=False, timeout=240,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def an_empty_site() -> None:
    """Make the tables in the process that was started so."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
