"""Two people saved the same text: theirs, mine and what both began with, and a choice for each paragraph."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from memorial.text.clean import clean
from memorial.text.merge import Choice, assemble, merge, merge_words, words_taken
from memorial.translations.models import Revision
from memorial.translations.save import Conflict

from .bench import Bench

_SETTLED = ("same", "both-same")
TAKEN = ("mine", "theirs", "both")


@dataclass(frozen=True)
class Line:
    """One paragraph, the title or the summary, in its three states; None where a state does not have it."""

    choice: Choice
    label: str
    base: SafeString | None
    mine: SafeString | None
    theirs: SafeString | None
    taken: str

    @property
    def is_settled(self) -> bool:
        """Say whether there is nothing to choose."""
        return self.choice.kind in _SETTLED

    @property
    def is_contested(self) -> bool:
        """Say whether both changed it, each in their own way."""
        return self.choice.kind == "conflict"


@dataclass(frozen=True)
class Run:
    """Lines one after the other; settled ones are folded together."""

    is_settled: bool
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many paragraphs."""
        return len(self.lines)


@dataclass(frozen=True)
class Choices:
    """All lines of a conflict."""

    theirs: Revision
    base: Revision | None
    title: Line
    summary: Line
    body: tuple[Line, ...]

    @property
    def runs(self) -> list[Run]:
        """The lines in the order of reading."""
        lines = (self.title, self.summary, *self.body)
        return [Run(is_settled, tuple(run)) for is_settled, run in groupby(lines, lambda line: line.is_settled)]

    @property
    def contested(self) -> int:
        """How many of them both changed."""
        return sum(line.is_contested for line in (self.title, self.summary, *self.body))


def after(bench: Bench, conflict: Conflict, fields: Mapping[str, Any]) -> Choices | None:
    """The choices after a refused save; None where nothing of theirs is there to compare with."""
    if conflict.theirs is None:
        return None
    return choices(bench, fields, base=bench.revision(str(fields.get("text_seen") or "")), theirs=conflict.theirs)


def choices(bench: Bench, fields: Mapping[str, Any], *, base: Revision | None, theirs: Revision) -> Choices:
    """Compare what was typed with what was saved meanwhile; ``take-...`` in ``fields`` says what was chosen."""
    source = bench.revision(str(fields.get("based_on") or ""))
    body = merge(
        base.body if base else "", clean(fields.get("text_body", "")), theirs.body,
        source_html=source.body if source else None,
    )  # fmt: skip
    title = merge_words("title", base.title if base else "", fields.get("text_title", "").strip(), theirs.title)
    typed = fields.get("text_summary", "").replace("\r\n", "\n").strip()
    summary = merge_words("summary", base.summary if base else "", typed, theirs.summary)
    return Choices(
        theirs,
        base,
        _line(title, fields, _("Title"), is_html=False),
        _line(summary, fields, _("Summary"), is_html=False),
        tuple(_line(choice, fields, "", is_html=True) for choice in body),
    )


def merged(bench: Bench, fields: QueryDict) -> QueryDict:
    """What was typed as it was chosen, made in the knowledge of what the colleague saved."""
    theirs = bench.revision(fields.get("text_seen", ""))
    typed = fields.copy()
    if theirs is None or theirs.text.language != bench.language:
        return typed
    found = choices(bench, fields, base=bench.revision(fields.get("conflict_base", "")), theirs=theirs)
    taken = {line.choice.key: line.taken for line in found.body}
    typed["text_body"] = assemble([line.choice for line in found.body], taken)
    typed["text_title"] = " ".join(words_taken(found.title.choice, found.title.taken).split())
    typed["text_summary"] = words_taken(found.summary.choice, found.summary.taken)
    return typed


def _line(choice: Choice, fields: Mapping[str, Any], label: str, *, is_html: bool) -> Line:
    """A line as it is shown; by default it takes what only one of the two changed, and both where both did."""
    chosen = str(fields.get(f"take-{choice.key}", ""))
    if chosen not in TAKEN:
        chosen = {"theirs": "theirs", "conflict": "mine" if not is_html else "both"}.get(choice.kind, "mine")
    base, mine, theirs = (_shown(each, is_html) for each in (choice.base, choice.mine, choice.theirs))
    return Line(choice, label, base, mine, theirs, chosen)


def _shown(words: str | None, is_html: bool) -> SafeString | None:
    if not words:
        return None
    return mark_safe(words if is_html else escape(words))  # noqa: S308 cleaned, or escaped here
