"""The models and the migrations say the same, whatever the languages are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("languages", ["az,en,ru,tr", "az,en,ru,tr,fa,ps,ka", "en"])
def test_no_migration_is_missing(languages: str, tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=ROOT,
        env={
            **os.environ,
            "SITE_LANGUAGES": languages,
            "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
