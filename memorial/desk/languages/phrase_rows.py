"""One phrase on the sheet: its source, what the site says, what was typed, and what became of it."""

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from memorial.accounts.refusal import Reason, Refused
from memorial.desk.record import worker
from memorial.languages.formats import format_number, language_here
from memorial.languages.models import Phrase
from memorial.languages.phrases.kept import placeholders
from memorial.languages.phrases.plurals import examples, single_number
from memorial.languages.phrases.save import PhraseConflict, save_phrase
from memorial.languages.phrases.shipped import shipped
from memorial.languages.phrases.source import sources
from memorial.languages.phrases.standing import PhraseState, phrase_state

from .sheet import RowState

SHOWN_EXAMPLES = 4


class Form(NamedTuple):
    """One plural form of a phrase, as the sheet shows it."""

    category: str
    numbers: str
    typed: str
    shipped: str
    theirs: str


@dataclass
class PhraseRow:
    """One phrase of the sheet."""

    tag: str
    standing: PhraseState
    beside: PhraseState | None = None
    typed: dict[str, str] = field(default_factory=dict)
    seen: str = ""
    version: int = 0
    state: RowState = RowState.UNSENT
    reasons: list[Reason] = field(default_factory=list)
    theirs: dict[str, str] | None = None

    @property
    def key(self) -> str:
        """What the fields of this row begin with."""
        return self.standing.source.key

    @property
    def shipped(self) -> dict[str, str]:
        """What the shipped catalogue says; {} where it has nothing in this language."""
        return shipped(self.tag, self.standing.source)

    @property
    def is_ours(self) -> bool:
        """Whether something is stored here in the place of the shipped text."""
        return bool(self.standing.phrase and self.standing.phrase.forms)

    @property
    def placeholders(self) -> list[str]:
        """What must stay in the translation, and the markup with it."""
        source = self.standing.source
        return list(dict.fromkeys([*placeholders(source.singular), *placeholders(source.plural)]))

    @property
    def forms(self) -> list[Form]:
        """A form for each plural category of the language."""
        ours, theirs = self.shipped, self.theirs or {}
        return [
            Form(name, self._numbers(name), self.typed.get(name, ""), ours.get(name, ""), theirs.get(name, ""))
            for name in self.standing.categories
        ]

    def _numbers(self, category: str) -> str:
        """The first numbers that a plural form is for."""
        if not self.standing.source.is_plural:
            return ""
        here = language_here()
        numbers = [format_number(number, here) for number in examples(self.tag, category)[:SHOWN_EXAMPLES]]
        return " · ".join(numbers) + ("" if single_number(self.tag, category) is not None else " …")


def fresh_row(tag: str, standing: PhraseState, beside: PhraseState | None = None) -> PhraseRow:
    """A row that nobody has typed in yet."""
    row = PhraseRow(tag, standing, beside)
    _show(row, standing)
    return row


def rows_sent(request: HttpRequest, tag: str, beside: str, limit: int) -> list[PhraseRow]:
    """The rows of a form, each with what is stored and what was typed. Two queries."""
    known = sources()
    keys = [key for key in dict.fromkeys(request.POST.getlist("row")) if key in known][:limit]
    stored, others = _stored(tag, keys), _stored(beside, keys) if beside else {}
    rows = []
    for key in keys:
        standing = phrase_state(tag, known[key], stored.get(key))
        rows.append(fresh_row(tag, standing, phrase_state(beside, known[key], others.get(key)) if beside else None))
    return rows


def beside_states(tag: str, states: list[PhraseState]) -> dict[str, PhraseState]:
    """What another language says for the same sources. One query."""
    stored = _stored(tag, [state.source.key for state in states])
    return {state.source.key: phrase_state(tag, state.source, stored.get(state.source.key)) for state in states}


def save_row(row: PhraseRow, request: HttpRequest) -> None:
    """Save what was typed in a row, or put the shipped text back; say what became of it."""
    data, key = request.POST, row.key
    is_reset = data.get("reset") == key
    if not is_reset and not any(f"{key}-{name}" in data for name in row.standing.categories):
        return
    now = row.standing
    row.seen, row.version = data.get(f"{key}-seen", row.seen), _whole(data, f"{key}-version")
    row.typed = {name: _lf(data.get(f"{key}-{name}", "")) for name in now.categories}
    is_conflict, choice = f"{key}-conflict" in data, data.get(f"{key}-choice", "")
    is_same = not is_reset and _digest(row.typed) == row.seen
    if is_same or (is_conflict and choice == "theirs"):
        _show(row, now)
        row.state = RowState.UNCHANGED
    elif is_conflict and choice != "mine" and not is_reset:
        row.state, row.theirs = RowState.CONFLICT, now.forms
        row.reasons = [Reason("not-chosen", _("Choose whether to keep what was saved meanwhile or what you typed."))]
    else:
        _save(row, {} if is_reset else row.typed, request)


def _save(row: PhraseRow, forms: dict[str, str], request: HttpRequest) -> None:
    try:
        phrase = save_phrase(row.tag, row.key, forms, seen=row.version, by=worker(request))
    except PhraseConflict as conflict:
        now = phrase_state(row.tag, row.standing.source, conflict.theirs)
        row.state, row.reasons, row.theirs = RowState.CONFLICT, list(conflict.reasons), now.forms
        row.standing, row.version, row.seen = now, now.version, _mark(now)
    except Refused as refused:
        row.state, row.reasons = RowState.REFUSED, list(refused.reasons)
    else:
        row.standing = phrase_state(row.tag, row.standing.source, phrase if phrase.version else None)
        _show(row, row.standing)
        row.state = RowState.SAVED


def _show(row: PhraseRow, now: PhraseState) -> None:
    row.typed, row.version, row.seen = dict(now.forms), now.version, _mark(now)


def _stored(tag: str, keys: list[str]) -> dict[str, Phrase]:
    rows = Phrase.objects.filter(language=tag, key__in=keys).select_related("saved_by")
    return {phrase.key: phrase for phrase in rows}


def _whole(data: QueryDict, name: str) -> int:
    number = data.get(name, "")
    return int(number) if number.isdecimal() and len(number) < 10 else 0


def _mark(now: PhraseState) -> str:
    return _digest({name: now.forms.get(name, "") for name in now.categories})


def _digest(forms: dict[str, str]) -> str:
    """A short mark of what a form was opened with: a page says which rows were changed without sending all twice."""
    texts = "\0".join(f"{name}\0{_lf(text).strip()}" for name, text in sorted(forms.items()))
    return hashlib.blake2s(texts.encode(), digest_size=8).hexdigest()


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
