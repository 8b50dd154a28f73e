"""The interface in the languages that the site is delivered with: whole, certain, and with the same placeholders."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.browser import require

ROOT = Path(__file__).resolve().parents[2]
DELIVERED = ("az", "ru", "tr", "fa")  # beside English, in which the interface is written
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%([sd])|\{(\w*)\}")


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Catalog]:
    """Each delivered catalogue as it is after all strings of today's code and templates were read into it."""
    if shutil.which("xgettext") is None:
        require("gettext", "gettext")
    copy = tmp_path_factory.mktemp("sources")
    for folder in ("memorial", "config", "templates"):
        if (ROOT / folder).exists():
            shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("locale", "*.pyc", "*.mo"))
    locale = copy / "locale"
    locale.mkdir()
    if (ROOT / "memorial" / "locale").exists():
        shutil.copytree(ROOT / "memorial" / "locale", locale, dirs_exist_ok=True)
    languages = [argument for tag in DELIVERED for argument in ("--locale", tag)]
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", *languages, "--no-obsolete", "--verbosity", "0"],
        cwd=copy,
        env={"PATH": os.environ["PATH"]},
        check=True,
        capture_output=True,
        timeout=120,
    )
    catalogues = {}
    for tag in DELIVERED:
        with (locale / tag / "LC_MESSAGES" / "django.po").open("rb") as file:
            catalogues[tag] = read_po(file, locale=tag)
    return catalogues


def placeholders(text: str) -> set[str]:
    """Return the placeholders of a string."""
    return {match.group() for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def messages(catalogue: Catalog) -> list[Message]:
    """Return the messages without the header."""
    return [message for message in catalogue if message.id]


def forms(message: Message) -> list[str]:
    """Return the translations of a message: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("tag", DELIVERED)
def test_every_string_of_the_interface_is_translated(merged: dict[str, Catalog], tag: str) -> None:
    assert len(messages(merged[tag])) > 50, "hardly any string was found: is the interface marked for translation?"
    missing = [message.id for message in messages(merged[tag]) if not all(forms(message)) or message.fuzzy]
    assert missing == [], f"{len(missing)} strings are missing or uncertain in {tag}"


@pytest.mark.parametrize("tag", DELIVERED)
def test_translations_keep_the_placeholders(merged: dict[str, Catalog], tag: str) -> None:
    wrong = []
    for message in messages(merged[tag]):
        if not all(forms(message)):
            continue
        # A singular may say "one" instead of the number: only the last form must have what the plural has.
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        allowed = set().union(*map(placeholders, originals))
        strange = any(placeholders(form) - allowed for form in forms(message))
        if strange or placeholders(originals[-1]) != placeholders(forms(message)[-1]):
            wrong.append(originals[0])
    assert wrong == []


@pytest.mark.parametrize("tag", DELIVERED)
def test_plurals_have_as_many_forms_as_the_language(merged: dict[str, Catalog], tag: str) -> None:
    catalogue = merged[tag]
    several = [message for message in messages(catalogue) if not isinstance(message.id, str)]
    assert [message.id[0] for message in several if len(forms(message)) != catalogue.num_plurals] == []
