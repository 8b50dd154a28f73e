"""Reads the files of the sample archive."""

import tomllib
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGES = ("az", "en", "ru", "tr")


def labels() -> dict[str, Any]:
    """Return issuers, places, events, occasions, what is counted and the claims without a statement."""
    return _read(FOLDER / "labels.toml")


def statements() -> list[dict[str, Any]]:
    """Return the statements, the oldest first."""
    return [_read(path) for path in sorted(FOLDER.glob("20*.toml"))]


def body_html(body: str) -> str:
    """Turn paragraphs of wrapped plain text, with blank lines between them, into the blocks of a body."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in body.split("\n\n"))
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs if paragraph)


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
