"""Reading a PO file that somebody made with Poedit or another tool, and trusting nothing in it.

Format: GNU gettext manual, "The Format of PO Files" and "Additional functions for plural forms".
"""

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from memorial.accounts.refusal import Reason, Refused

from .plurals import categories, typical

LARGEST = 2 * 1024 * 1024  # bytes
MOST_FORMS = 10  # plural forms; no language has more than six
EXPORTED_AT = "X-Exported-At"
_EXPORTED_AT = re.compile(rf'^"{EXPORTED_AT}: ([^"\\]+)\\n"', re.MULTILINE)


class _Catalogue(Catalog):
    """A catalogue that believes no header: Babel makes room for as many plural forms as one asks for."""

    @property
    def num_plurals(self) -> int:
        """How many plural forms there are. Raises ValueError for more than any language has."""
        number = super().num_plurals
        if number > MOST_FORMS:
            raise ValueError(f"{number} plural forms")
        return number


@dataclass(frozen=True)
class Entry:
    """One entry that has a translation: ``texts`` are one, or one for each plural form of the file."""

    line: int
    context: str
    singular: str
    texts: tuple[str, ...]
    is_plural: bool
    is_fuzzy: bool


@dataclass(frozen=True)
class PoFile:
    """What a file says, and when it was exported, where it was and still says so."""

    entries: list[Entry]
    exported_at: datetime | None
    form_of: Callable[[int], int]

    def by_category(self, tag: str, entry: Entry) -> dict[str, str]:
        """Return the texts of an entry that counts something, by the plural categories of a language.

        The file's own expression says which of its forms a number takes.
        """
        forms = {}
        for name in categories(tag):
            place = self.form_of(typical(tag, name))
            forms[name] = entry.texts[place] if 0 <= place < len(entry.texts) else ""
        return forms


def read(tag: str, data: bytes) -> PoFile:
    """Return what a file in the language ``tag`` says. Raises Refused for one that cannot be used at all."""
    if len(data) > LARGEST:
        raise Refused([Reason("too-large", _("The file is larger than %(size)d MB.") % {"size": LARGEST // 1024**2})])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused([Reason("encoding", _("The file is not in UTF-8: save it so."))]) from error
    catalogue, form_of = _parsed(tag, text)
    language = dict(catalogue.mime_headers).get("Language", "")
    if language and not _is_in(language, tag):
        message = _("The file is in “%(language)s”, and not in “%(tag)s”.")
        raise Refused([Reason("language", message % {"language": language[:40], "tag": tag})])
    entries = [_entry(message) for message in catalogue if message.id]
    return PoFile([entry for entry in entries if any(entry.texts)], _exported_at(text), form_of)


def _parsed(tag: str, text: str) -> tuple[Catalog, Callable[[int], int]]:
    catalogue = _Catalogue()
    try:
        PoFileParser(catalogue, abort_invalid=True).parse(StringIO(text))
        # Python's own compiler of these expressions takes nothing but arithmetic with n; that may divide by nothing.
        form_of = gettext.c2py(catalogue.plural_expr)
        for name in categories(tag):
            form_of(typical(tag, name))
    except PoFileError as error:
        message = _("Line %(line)d of the file cannot be read.")
        line = error.lineno + 1  # Babel counts them from 0 here
        raise Refused([Reason("format", message % {"line": line})]) from error
    except (ValueError, RecursionError, ZeroDivisionError) as error:
        message = _("The header of the file cannot be read. Look at its dates and at Plural-Forms.")
        raise Refused([Reason("header", message)]) from error
    return catalogue, form_of


def _entry(message: Message) -> Entry:
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return Entry(
        line=message.lineno or 0,
        context=message.context or "",
        singular=ids[0],
        texts=tuple(text or "" for text in texts),
        is_plural=len(ids) > 1,
        is_fuzzy=message.fuzzy,
    )


def _is_in(language: str, tag: str) -> bool:
    """Whether a header such as ``pt_BR`` names a language; tools may add a region where the tag has none."""
    named = language.split("@", maxsplit=1)[0].split(".", maxsplit=1)[0].replace("_", "-").lower()
    return named == tag or re.fullmatch(rf"{re.escape(tag)}-[a-z]{{2}}", named) is not None


def _exported_at(text: str) -> datetime | None:
    found = _EXPORTED_AT.search(text)
    try:
        moment = parse_datetime(found[1].strip()) if found else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
