"""What starting the server takes in: nothing that only few requests need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTED = """
import sys
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
from django.urls import reverse
reverse("reading:home", args=["en"])
sys.stdout.write(" ".join(sys.modules))
"""


@pytest.fixture(scope="module")
def taken_in() -> set[str]:
    """The modules of a process that has made its application and knows all addresses of pages."""
    done = subprocess.run(
        [sys.executable, "-c", LISTED], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "library", ["ninja", "redis", "boto3", "icalendar", "snowballstemmer", "edtf", "PIL", "uharfbuzz", "django.test"]
)
def test_a_page_does_not_wait_for_what_it_does_not_need(library: str, taken_in: set[str]) -> None:
    assert library not in taken_in


def test_setting_up_does_not_wait_for_the_addresses_of_pages() -> None:
    asked = """
import sys
import django
django.setup()
from memorial.ops.management.commands.set_up import Command
command = Command()
command.check(**command.get_check_kwargs({}))
sys.stdout.write(" ".join(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert "memorial.reading.models" in done.stdout.split()
    assert not {"ninja", "config.urls", "memorial.reading.urls"} & set(done.stdout.split())


def test_a_worker_has_loaded_all_pages_when_it_begins_to_serve() -> None:
    loaded = """
import gc
import sys
from importlib import import_module
from types import SimpleNamespace
from memorial.ops.server.worker import Worker
worker = Worker.__new__(Worker)
worker.app = SimpleNamespace(wsgi=lambda: import_module("config.wsgi").application)
worker.load_wsgi()
views = [name for name in sys.modules if name.startswith("memorial.reading.views.")]
print(callable(worker.wsgi), len(views) > 10, gc.isenabled(), gc.get_freeze_count() > 50_000)
"""
    done = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["True"] * 4


def test_what_python_has_compiled_is_kept_for_the_next_start(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho "$2: [$PYTHONDONTWRITEBYTECODE]" >> {seen}\n')
    python.chmod(0o700)
    subprocess.run(
        ["make", "run", f"PY={python}", "PYTHON=true", "CATALOGUES=", "--old-file=.venv/.installed"],
        cwd=ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, check=True, timeout=60,
    )  # fmt: skip
    assert seen.read_text().splitlines() == ["set_up: []", "gunicorn: []"]
