"""One archive a size, each in a folder and a process of its own with its own settings."""

import os
from collections.abc import Sequence
from pathlib import Path

LANGUAGES = ("az", "en", "ru", "tr")


def environment(database: str, size: int, folder: Path) -> dict[str, str]:
    """Return the environment of the process that asks the archive of this size; its folder is made."""
    data = folder / f"{database}-{size}"
    data.mkdir(parents=True, exist_ok=True)
    found = {
        **os.environ, "MEMORIAL_DATA_DIR": str(data), "SITE_LANGUAGES": ",".join(LANGUAGES),
        "SITE_URL": "http://localhost", "DJANGO_SETTINGS_MODULE": "config.settings", "HASHED_STATIC_FILES": "false",
        "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    found.pop("DATABASE_URL", None)
    if database == "postgresql":
        from tests.environment import start_postgresql

        found["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or start_postgresql()
    return found


def at(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return a table; the first row is its head."""
    return "".join(f"| {' | '.join(row)} |\n" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]])
