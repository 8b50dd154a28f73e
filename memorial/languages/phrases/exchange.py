"""Phrases out to a PO file, for Poedit and the tools of gettext, and in from one, with a report by line."""

from io import BytesIO
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from memorial.accounts.models import User
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.enrol import take_the_set

from .plurals import plural_forms
from .po_file import EXPORTED_AT, Entry, PoFile, read
from .save import PhraseConflict, reasons_about_language, reasons_against_phrase, tell_everyone, write
from .source import key_of
from .standing import PhraseState, phrase_states

HEADER = """\
# Phrases of the site's interface.
msgid ""
msgstr ""
"Project-Id-Version: memorial\\n"
"POT-Creation-Date: {revised}\\n"
"PO-Revision-Date: {revised}\\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"
"{exported_at}: {now}\\n"

"""


class RefusedLine(NamedTuple):
    """An entry of a file that was not saved: its line, its source, and every reason."""

    line: int
    source: str
    reasons: list[Reason]


class Report(NamedTuple):
    """What became of a file: entries saved, entries that the site says so already, and those refused, by line."""

    saved: int
    unchanged: int
    refused: list[RefusedLine]


def to_po(tag: str) -> bytes:
    """Return what the site says in a language, saved or shipped, as a PO file: every source, as the desk lists them."""
    catalogue = Catalog()
    catalogue.mime_headers = [("Plural-Forms", plural_forms(tag))]  # how many forms are written
    for state in phrase_states(tag):
        source = state.source
        forms = tuple(state.forms.get(name, "") for name in state.categories)
        catalogue.add(
            (source.singular, source.plural) if source.is_plural else source.singular,
            forms if source.is_plural else forms[0],
            locations=[(path, None) for path in source.references],
            flags=source.flags,
            auto_comments=[*source.comments, ", ".join(source.places)],
            context=source.context or None,
        )
    now = timezone.now()
    written = BytesIO()
    write_po(written, catalogue, width=100, omit_header=True)
    header = HEADER.format(
        revised=f"{now:%Y-%m-%d %H:%M%z}",
        language=to_locale(tag),
        plural_forms=plural_forms(tag),
        exported_at=EXPORTED_AT,
        now=now.isoformat(),
    )
    return header.encode() + written.getvalue().lstrip()


def from_po(tag: str, data: bytes, *, by: User | None) -> Report:
    """Save the phrases of a PO file, each that can be, and report the others. One transaction.

    An entry without a translation changes nothing. A phrase that somebody else has saved since the file was exported
    is left as it is. Raises Refused for a file that cannot be used at all; then nothing is saved.
    """
    if reasons := reasons_about_language(tag, by):
        raise Refused(reasons)
    file = read(tag, data)
    saved = unchanged = 0
    refused = []
    with transaction.atomic():
        take_the_set()
        states = {state.source.key: state for state in phrase_states(tag)}
        for entry in file.entries:
            try:
                if _save(tag, states.get(key_of(entry.context, entry.singular)), entry, file, by=by):
                    saved += 1
                else:
                    unchanged += 1
            except Refused as refusal:
                refused.append(RefusedLine(entry.line, entry.singular, list(refusal.reasons)))
        if saved:
            tell_everyone(tag)
    return Report(saved, unchanged, sorted(refused, key=lambda each: each.line))


def _save(tag: str, state: PhraseState | None, entry: Entry, file: PoFile, *, by: User | None) -> bool:
    """Save one entry; False where the site says so already. Raises Refused."""
    if state is None:
        raise Refused([Reason("unknown", _("The interface has no such string any more."))])
    if entry.is_fuzzy:
        raise Refused([Reason("fuzzy", _("It is marked as uncertain (fuzzy): look at it, and take the mark away."))])
    if entry.is_plural != state.source.is_plural:
        message = (
            _("The string counts something, and needs a form for each plural category.")
            if state.source.is_plural
            else _("The string counts nothing, and has one form only.")
        )
        raise Refused([Reason("forms", message)])
    forms = file.by_category(tag, entry) if entry.is_plural else {"other": entry.texts[0]}
    if forms == state.forms:
        return False
    if reasons := reasons_against_phrase(state.source, tag, forms, by):
        raise Refused(reasons)
    stored = state.phrase
    if stored and file.exported_at and stored.saved_at > file.exported_at and not _is_by(stored.saved_by_id, by):
        raise PhraseConflict(stored)
    return write(tag, state.source, forms, seen=state.version, by=by)[1]


def _is_by(saver: int | None, by: User | None) -> bool:
    return saver == (by.pk if by else None)
