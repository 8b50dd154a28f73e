"""What the desk's first page tells: what was saved last, and what is about to appear."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from memorial.languages.labels import direction
from memorial.publishing.models import Edition
from memorial.translations.models import Revision


@dataclass(frozen=True)
class Line:
    """A text, its language, when and by whom."""

    statement: int
    title: str
    language: str
    dir: str
    moment: datetime
    by: str
    original_language: str

    @property
    def is_original(self) -> bool:
        """Whether the text is edited in the statement's own form."""
        return self.language == self.original_language


def recent_statements(limit: int = 10) -> dict[str, list[Line]]:
    """The texts saved last and the editions that wait for their moment: two queries."""
    saved = (
        Revision.objects.select_related("text", "text__statement", "saved_by")
        .only(
            "title", "saved_at", "saved_by__username", "saved_by__first_name", "saved_by__last_name",
            "text__language", "text__statement__original_language",
        )
        .order_by("-pk")[:limit]  # revisions are only ever added
    )  # fmt: skip
    waiting = (
        Edition.objects.filter(visible_from__gt=timezone.now())
        .not_withdrawn()
        .select_related("statement", "sealed_by")
        .only(
            "title", "language", "visible_from", "statement__original_language",
            "sealed_by__username", "sealed_by__first_name", "sealed_by__last_name",
        )
        .order_by("visible_from", "statement_id", "language")[:limit]
    )  # fmt: skip
    return {
        "saved": [
            Line(
                row.text.statement_id, row.title, row.text.language, direction(row.text.language), row.saved_at,
                called(row.saved_by), row.text.statement.original_language,
            )
            for row in saved
        ],
        "waiting": [
            Line(
                row.statement_id, row.title, row.language, direction(row.language), row.visible_from,
                called(row.sealed_by), row.statement.original_language,
            )
            for row in waiting
        ],
    }  # fmt: skip


def called(user: object) -> str:
    """What a person is called: the full name, else the user name, else nothing."""
    return "" if user is None else (user.get_full_name() or user.get_username())  # type: ignore[attr-defined]
