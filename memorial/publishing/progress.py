"""Where a statement stands in every language of the site."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.languages.models import Language
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Significance, Stage, Text

from .facts import Record, is_same, own_part
from .models import Edition, Withdrawal
from .readiness import Readiness, is_withdrawn
from .withdrawal import with_their_withdrawals


class State(models.TextChoices):
    """What stands in one language."""

    MISSING = "missing", pgettext_lazy("state of a text", "missing")
    DRAFT = "draft", _("draft")
    CHANGED = "changed", _("changed since it was published")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a text", "withdrawn")


@dataclass(frozen=True)
class TextState:
    """One line: a language of the site, its text with the newest revision (who, when: ``head.saved_by``,
    ``head.saved_at``), the newest edition, which may still be waiting, and the one that readers see now.
    """

    language: Language
    text: Text | None
    head: Revision | None
    edition: Edition | None
    public_edition: Edition | None
    state: State
    stage: Stage
    outdated_by: Significance | None

    @property
    def withdrawn(self) -> Withdrawal | None:
        """The withdrawal that the newest edition is under, if it is."""
        found: Withdrawal | None = self.edition.withdrawn if self.edition else None  # type: ignore[attr-defined]
        return found


def progress(statement: Statement, now: datetime | None = None, *, record: Record | None = None) -> list[TextState]:
    """One line for each language of the site, in its order. The number of queries does not depend on how many.

    It takes one more where something is withdrawn. ``record`` is the statement's record where the caller has read it
    already.
    """
    now = now or timezone.now()
    rows = list(Language.objects.with_columns())
    asked = Readiness(statement, [row.tag for row in rows], record)
    with_their_withdrawals(statement, asked.newest.values())
    public = Edition.objects.filter(statement=statement).visible(now).without_words()
    visible = {edition.language: edition for edition in public}
    return [_line(asked, row, visible.get(row.tag), now) for row in rows]


def _line(asked: Readiness, row: Language, public: Edition | None, now: datetime) -> TextState:
    text, edition = asked.texts.get(row.tag), asked.newest.get(row.tag)
    head = text.head if text else None
    return TextState(
        language=row,
        text=text,
        head=head,
        edition=edition,
        public_edition=public,
        state=_state(asked, row.tag, head, edition, now),
        stage=text.stage if text else Stage.MISSING,
        outdated_by=text.outdated_by if text else None,
    )


def _state(asked: Readiness, tag: str, head: Revision | None, edition: Edition | None, now: datetime) -> State:
    if head is None:
        return State.MISSING
    if edition is None:
        return State.DRAFT
    if is_withdrawn(edition):
        return State.WITHDRAWN if edition.revision_id == head.pk else State.DRAFT
    facts = asked.facts(tag)
    if edition.revision_id != head.pk or facts is None or not is_same(own_part(edition.facts), own_part(facts)):
        return State.CHANGED
    return State.SCHEDULED if edition.visible_from > now else State.PUBLISHED
