"""The lines of the first page: a text, what is to be done about it, and where."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from memorial.desk.recent import called
from memorial.desk.workbench.found import text_address
from memorial.languages.formats import own_name
from memorial.languages.labels import direction
from memorial.translations.models import PrivateDraft, Significance

# Lines of each list on the first page.
LINES = 6


@dataclass(frozen=True)
class Line:
    """One text: its title and language, when and by whom, and what else is to be said about it.

    ``message`` is what a reviewer wrote; ``changes`` where the reviewer's changes are shown, ``is_unchanged`` that
    there were none; ``typed_at`` is set where the words are kept privately.
    """

    address: str
    title: str
    tag: str
    name: str
    dir: str
    moment: datetime | None = None
    by: str = ""
    message: str = ""
    changes: str = ""
    is_unchanged: bool = False
    outdated_by: Significance | None = None
    typed_at: datetime | None = None


@dataclass(frozen=True)
class Listed:
    """The first lines of a list, how many there are in all, and where all of them are (empty: nowhere)."""

    lines: list[Line]
    number: int
    address: str = ""

    @property
    def more(self) -> int:
        """How many are not among the lines."""
        return self.number - len(self.lines)

    def __bool__(self) -> bool:
        return bool(self.number)


def listed(texts: Any, *, address: str = "", as_line: Callable[[Any], Line] | None = None) -> Listed:
    """The first of these texts, as lines. One query, and one to count them where there are more."""
    rows = list(texts[: LINES + 1])
    number = len(rows) if len(rows) <= LINES else texts.count()
    return Listed([(as_line or line)(text) for text in rows[:LINES]], number, address)


def line(text: Any) -> Line:
    """One text, which came with its head, its statement and what its list is about.

    Whoever made the last step is named, where the list is about steps; else whoever saved the text.
    """
    step_at = getattr(text, "step_at", None)
    return Line(
        address=text_address(text.statement, text.language),
        title=text.head.title,
        tag=text.language,
        name=own_name(text.language),
        dir=direction(text.language),
        moment=step_at or text.head.saved_at,
        by=(text.step_name or "") if hasattr(text, "step_name") else called(text.head.saved_by),
        message=getattr(text, "step_message", None) or "",
        outdated_by=Significance(text.significance) if getattr(text, "significance", None) else None,
    )


def of_draft(draft: PrivateDraft) -> Line:
    """What somebody typed and did not save."""
    return Line(
        address=text_address(draft.statement, draft.language),
        title=draft.title or str(draft.statement),
        tag=draft.language,
        name=own_name(draft.language),
        dir=direction(draft.language),
        typed_at=draft.typed_at,
    )


def of_approved(text: Any) -> Line:
    """A text that was approved, with the way to what the reviewer changed in it."""
    sent, approved = text.submitted_number, text.head.number
    if sent == approved:
        return replace(line(text), is_unchanged=True)
    parts = (text.statement_id, text.language, sent, approved)
    return replace(line(text), changes=reverse("admin:statements_statement_text_difference", args=parts))
