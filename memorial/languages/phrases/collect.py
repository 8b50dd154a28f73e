"""Collecting every source of the interface, from code, templates and Django's own catalogue, into ``phrases.pot``.

Done by ``make messages`` while the site is developed, with GNU gettext; a running site only reads the file.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import translation

FOLDERS = ("memorial", "config", "templates")
HEADER = """\
# Every string of the interface, and where it is used. Written by "make messages": do not edit.
msgid ""
msgstr ""
"Project-Id-Version: memorial\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
# Where readers' pages show the label of a choice: they name it by its value, so that its own place says nothing.
SHOWN_CHOICES = (
    "statements.Issuer.kind",
    "statements.Source.what",
    "statements.Figure.measure",
    "publishing.Edition.change",
    "translations.Text.completeness",
    "translations.Text.origin",
    "translations.Witness.completeness",
    "reading.Subscription.frequency",
)
# A string, or its singular and plural, as Babel has it.
Id = str | tuple[str, ...] | list[str]
SHOWN = "choices/"  # such a reference, before the name of the field
# What of Django's own can come to stand on a page: names of days and months, formats of sizes and spans of time, and
# what is said of a field of a form. Not the names of its database fields and languages.
OF_DJANGO = (
    "core/validators.py", "forms/boundfield.py", "forms/fields.py", "forms/utils.py", "template/defaultfilters.py",
    "utils/dateformat.py", "utils/dates.py", "utils/text.py", "utils/timesince.py",
)  # fmt: skip


def collect() -> bytes:
    """Return the catalogue of sources as it is for today's code and templates. Needs gettext (xgettext)."""
    found = Catalog()
    for message in (*_ours(), *_djangos()):
        _add(found, message.id, message.context, (path for path, _line in message.locations), message)
    for singular, reference in _choices():
        if (known := found.get(singular)) is None:
            raise LookupError(f"{reference}: its label “{singular}” is not marked for translation")
        _add(found, known.id, known.context, [reference], known)
    written = BytesIO()
    write_po(written, found, width=100, omit_header=True, sort_output=True)
    return HEADER.encode() + written.getvalue().lstrip()


def _add(catalogue: Catalog, singular_or_both: Id, context: str | None, paths: Iterable[str], like: Message) -> None:
    """Add a string, or to one that is there another place of it."""
    known = catalogue.get(_singular(singular_or_both), context)
    before = [path for path, _line in known.locations] if known is not None else []
    # Without line numbers, so that the file changes only when a string or its place does.
    places: list[Any] = [(path, None) for path in sorted({*before, *paths})]
    comments = list(dict.fromkeys([*(known.auto_comments if known is not None else ()), *like.auto_comments]))
    flags = {flag for flag in like.flags if flag.endswith("-format")}
    if known is not None:
        flags |= known.flags
        if not isinstance(known.id, str):
            singular_or_both = known.id
        catalogue.delete(_singular(known.id), context)
    catalogue.add(
        singular_or_both, locations=places, flags=sorted(flags), auto_comments=comments, context=context or None
    )


def _singular(singular_or_both: Id) -> str:
    return singular_or_both if isinstance(singular_or_both, str) else singular_or_both[0]


def _ours() -> list[Message]:
    """What xgettext finds in a copy of the sources, as Django prepares them for it."""
    with tempfile.TemporaryDirectory(prefix="memorial-messages-") as folder:
        copy = Path(folder)
        for name in FOLDERS:
            shutil.copytree(settings.BASE_DIR / name, copy / name, ignore=shutil.ignore_patterns("locale", "*.pyc"))
        (copy / "locale").mkdir()
        command = [
            sys.executable, "-m", "django", "makemessages", "--locale", "xx", "--keep-pot", "--add-location", "file",
            "--verbosity", "0",
        ]  # fmt: skip
        subprocess.run(command, cwd=copy, env={"PATH": os.environ["PATH"]}, check=True, capture_output=True)
        return _read((copy / "locale" / "django.pot").read_bytes())


def _djangos() -> list[Message]:
    folder = Path(django.__file__).parent
    kept = []
    for message in _read((folder / "conf/locale/en/LC_MESSAGES/django.po").read_bytes()):
        message.locations = [(f"django/{path}", 0) for path, _line in message.locations if path in OF_DJANGO]
        if message.locations:
            kept.append(message)
    return kept


def _read(pot: bytes) -> list[Message]:
    # Babel wants a number where gettext leaves a gap to fill in.
    pot = pot.replace(b"nplurals=INTEGER; plural=EXPRESSION", b"nplurals=2; plural=(n != 1)")
    return [message for message in read_po(BytesIO(pot)) if message.id]


def _choices() -> list[tuple[str, str]]:
    """The labels of SHOWN_CHOICES as they stand in the code, and where they are shown."""
    found = []
    with translation.override(None):
        for name in SHOWN_CHOICES:
            model, _, field_name = name.rpartition(".")
            field = apps.get_model(model)._meta.get_field(field_name)
            if not isinstance(field, models.Field) or not field.choices:
                raise LookupError(f"{name} has no choices")
            found += [(str(label), f"{SHOWN}{name}") for _value, label in field.flatchoices]
    return found
