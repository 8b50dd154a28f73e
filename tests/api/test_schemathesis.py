"""Requests made from the description of the API, by schemathesis: what it says is what is done."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from memorial.statements.models import Statement


@pytest.mark.django_db(transaction=True)
def test_schemathesis_finds_nothing(statement: Statement, live_server: Any, tmp_path: Path) -> None:
    """All its checks, on every operation: what fits the description, what does not, and what follows from answers."""
    with override_settings(SITE_URL=live_server.url):
        command = [
            str(Path(sys.executable).with_name("schemathesis")), "run", f"{live_server.url}/api/v1/openapi.json",
            "--checks", "all", "--max-examples", "3", "--seed", "1", "--workers", "1", "--no-color",
            "--warnings", "off", "--phases", "examples,coverage,fuzzing",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=120)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Tested: 15" in done.stdout, "every operation was asked"
