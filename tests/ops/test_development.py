"""What somebody who works on the site sees at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import json, pathlib, sys
import django
from django.conf import settings
folder = pathlib.Path(sys.argv[1])
settings.TEMPLATES[0]["DIRS"] = [folder]
django.setup()
from django.template.loader import render_to_string
from django.test import Client
seen = []
for words in ("before", "after"):
    (folder / "page.html").write_text(words)
    seen.append(render_to_string("page.html"))
answer = Client(raise_request_exception=False, headers={"host": "127.0.0.1"}).get("/static/reading/site.css")
print(json.dumps([seen, answer.status_code == 200]))
"""


@pytest.mark.parametrize(
    ("debug", "seen", "is_styled"), [("true", ["before", "after"], True), ("false", ["before", "before"], False)]
)
def test_templates_and_styles_are_read_anew_only_in_development(
    tmp_path: Path, debug: str, seen: list[str], is_styled: bool
) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("HASHED_STATIC_FILES", "SITE_URL")}
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOOK, str(tmp_path)], cwd=ROOT, capture_output=True, text=True,
        env={**kept, "DEBUG": debug, "MEMORIAL_DATA_DIR": str(tmp_path / "data")}, timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == [seen, is_styled]
