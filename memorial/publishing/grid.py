"""The grid: statements by languages, the state of each cell, and how many there are of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.accounts.models import User
from memorial.statements.models import Statement
from memorial.translations.models import ReadyMark, ReviewStep, Significance, Text

from .by_urgency import InSteps, by_urgency
from .kept_tallies import kept
from .models import Edition, Withdrawal
from .work import Reviewing, waiting_for


class CellState(models.TextChoices):
    """The one thing that a cell says, in the order of the work."""

    MISSING = "missing", pgettext_lazy("state of a text", "missing")
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in-review", _("in review")
    APPROVED = "approved", _("approved")
    CHANGED = "changed", pgettext_lazy("state of a text", "changed")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a text", "withdrawn")


class Order(models.TextChoices):
    """How the statements of a grid are sorted."""

    WORST = "worst", _("what is most urgent first")
    DATE = "date", _("newest statement first")


@dataclass(frozen=True)
class Cell:
    """One language of one statement. ``text`` is None where nobody has written anything."""

    statement: Statement
    language: str
    state: CellState
    text: Text | None = None
    outdated_by: Significance | None = None

    @property
    def is_original(self) -> bool:
        """Whether the statement was issued in this language."""
        return bool(self.language == self.statement.original_language)


def with_state(texts: models.QuerySet[Text], now: datetime | None = None) -> models.QuerySet[Any]:
    """Add ``state`` (a value of CellState) to each text, by indexes alone.

    A text is "changed" when it has been sealed and its newest revision has not; unlike in ``progress``, the facts
    around it are not compared, which would mean to build and read them for every statement of the grid. What waits in
    review or was approved since says so instead, since that is what the next person acts on. What was withdrawn is a
    draft again with its next revision.
    """
    of_any_head = Edition.objects.filter(revision=OuterRef("head"))
    of_head, withdrawn = of_any_head.not_withdrawn(), of_any_head.withdrawn()
    of_text = Edition.objects.filter(statement=OuterRef("statement"), language=OuterRef("language")).not_withdrawn()
    steps = ReviewStep.Action
    return texts.with_stage().annotate(  # type: ignore[attr-defined, no-any-return]
        state=Case(
            When(head=None, then=Value(CellState.MISSING.value)),
            When(last_step=steps.SUBMITTED, then=Value(CellState.IN_REVIEW.value)),
            When(Exists(of_head.filter(visible_from__gt=now or timezone.now())), then=Value(CellState.SCHEDULED.value)),
            When(Exists(of_head), then=Value(CellState.PUBLISHED.value)),
            When(Exists(withdrawn), then=Value(CellState.WITHDRAWN.value)),
            When(last_step=steps.APPROVED, then=Value(CellState.APPROVED.value)),
            When(Exists(of_text), then=Value(CellState.CHANGED.value)),
            default=Value(CellState.DRAFT.value),
        )
    )


@dataclass(frozen=True)
class Tally:
    """How the statements of a grid stand in one language: how many there are, and how many in each state.

    ``counted_at`` is None where the numbers are those of this moment.
    """

    language: str
    total: int
    states: dict[CellState, int]
    outdated: dict[Significance, int] = field(default_factory=dict)
    counted_at: datetime | None = field(default=None, compare=False)

    @property
    def all_outdated(self) -> int:
        """How many texts are outdated, whatever has changed."""
        return sum(self.outdated.values())


@dataclass(frozen=True)
class Grid:
    """What is asked of the grid; numbers and lists both come from it.

    ``tags`` are the languages shown: a statement is listed when one of *their* cells is in ``state``, is outdated, or
    waits for the person ``waits_for`` (two queries more, for who approves what). Occasion, issuer and year (that of the
    statement's date) narrow the numbers too.
    """

    tags: tuple[str, ...]
    occasion: int | None = None
    issuer: int | None = None
    year: int | None = None
    state: str = ""
    is_outdated_only: bool = False
    waits_for: User | None = None
    order: str = Order.WORST

    # -- which statements ---------------------------------------------------------------------------------------------
    def _narrowed(self, prefix: str = "") -> Q:
        """The condition on the statement itself: what numbers and lists have in common."""
        narrowed = Q()
        for name, value in (("occasion", self.occasion), ("issuer", self.issuer), ("earliest__year", self.year)):
            if value is not None:
                narrowed &= Q(**{prefix + name: value})
        return narrowed

    def statements(self) -> Any:
        """The statements listed, in the order asked for."""
        found = self._found()
        if self.order == Order.DATE:
            return found.order_by("-earliest", "-pk")
        return found.annotate(worst=self._worst()).order_by("-worst", "-earliest", "-pk")

    def listed(self, **loaded: Any) -> Any:
        """The same statements in the same order for a paginator, by indexes; ``loaded`` as in ``in_language``."""
        steps = [Q()]
        if self.order == Order.WORST:
            marks = self._marks_behind().values_list("revision__text__statement", "significance").distinct()
            behind, _ = kept(("behind", *self.tags), Statement.objects.count(), lambda: list(marks))
            steps = by_urgency(behind, self._is_missing())
        return InSteps(self._found().in_language(**loaded), steps, self._length)

    def _length(self) -> int:
        """How many statements are listed; in a large archive of those that nearly all are, how many not long ago."""
        found = self._found()
        if self.state not in (CellState.PUBLISHED, CellState.MISSING) or self.is_outdated_only or self.waits_for:
            return int(found.count())
        asked = ("length", self.occasion, self.issuer, self.year, self.state, *self.tags)
        length, _ = kept(asked, Statement.objects.filter(self._narrowed()).count(), lambda: int(found.count()))
        return length

    def _found(self) -> Any:
        found = Statement.objects.filter(self._narrowed())
        if self.state == CellState.MISSING:
            found = found.filter(self._is_missing())
        elif self.state == CellState.PUBLISHED:  # most are: each statement is asked, and few need to be
            found = found.filter(Exists(with_state(self._texts()).filter(statement=OuterRef("pk"), state=self.state)))
        elif self.state:
            found = found.filter(pk__in=self._texts_in_work().values("statement"))
        if self.is_outdated_only:
            found = found.filter(pk__in=self._marks_behind().values("revision__text__statement"))
        if self.waits_for is not None:
            theirs = waiting_for(self.waits_for, Reviewing.read(), self.tags)
            found = found.filter(Exists(theirs.filter(statement=OuterRef("pk"))))
        return found

    def _texts(self) -> models.QuerySet[Text]:
        return Text.objects.filter(language__in=self.tags, head__isnull=False)

    def _texts_in_work(self) -> models.QuerySet[Any]:
        """The texts in the state asked for, where that is not "published": of few the state need be found."""
        sealed = Edition.objects.filter(revision=OuterRef("head"))
        if self.state == CellState.SCHEDULED:
            coming = Edition.objects.filter(visible_from__gt=timezone.now())
            texts = self._texts().filter(head__in=coming.values("revision"))
        elif self.state == CellState.IN_REVIEW:
            sent = ReviewStep.objects.filter(action=ReviewStep.Action.SUBMITTED)
            texts = self._texts().filter(head__in=sent.values("revision"))
        elif self.state == CellState.WITHDRAWN:
            theirs = Withdrawal.objects.filter(statement=OuterRef("statement"), language=OuterRef("language"))
            texts = self._texts().filter(Exists(theirs))
        else:
            texts = self._texts().filter(~Exists(sealed))
        return with_state(texts).filter(state=self.state)

    def _is_missing(self) -> Q:
        """Whether a language shown has no text."""
        wanting = Q(pk__in=[])
        for tag in self.tags:
            there = Text.objects.filter(statement=OuterRef("pk"), language=tag, head__isnull=False)
            wanting |= ~Q(Exists(there))
        return wanting

    def _marks_behind(self) -> models.QuerySet[ReadyMark]:
        """The marks of revisions that texts in these languages have not followed.

        Only marks on a second or later revision can make anything outdated, which spares the texts of most statements.
        The statements behind are found once, from the marks, and not anew for every statement.
        """
        behind = Text.objects.filter(
            statement=OuterRef("revision__text__statement"), language__in=self.tags,
            head__based_on__text=OuterRef("revision__text"), head__based_on__number__lt=OuterRef("revision__number"),
        )  # fmt: skip
        return ReadyMark.objects.filter(Exists(behind), revision__number__gt=1).order_by()

    def _worst(self) -> Case:
        """The greater, the more urgent: outdated in an urgent matter or in meaning, missing, outdated in wording."""
        marks = self._marks_behind()

        def by(*significances: Significance) -> Q:
            return Q(pk__in=marks.filter(significance__in=significances).values("revision__text__statement"))

        return Case(
            When(by(Significance.URGENT), then=Value(4)),
            When(by(Significance.MEANING), then=Value(3)),
            When(self._is_missing(), then=Value(2)),
            When(by(Significance.WORDING), then=Value(1)),
            default=Value(0),
        )

    # -- what they show -----------------------------------------------------------------------------------------------
    def cells(self, statements: Sequence[Statement], tags: Iterable[str] | None = None) -> dict[int, dict[str, Cell]]:
        """The cells of these statements in ``tags`` (default: those shown), by statement and language. One query."""
        return cells(statements, self.tags if tags is None else tags)

    def tallies(self) -> list[Tally]:
        """One tally for each language shown, over all statements by occasion, issuer and year. Two queries.

        A count is the length of the list that ``replace(grid, tags=(language,), state=state)`` gives; of a large
        archive, the length that it had not long ago (``kept_tallies``).
        """
        total = Statement.objects.filter(self._narrowed()).count()
        asked = (self.occasion, self.issuer, self.year, *self.tags)
        (total, rows), counted_at = kept(asked, total, lambda: (total, self._counted()))
        found = {tag: Tally(tag, total, dict.fromkeys(CellState, 0), {}, counted_at) for tag in self.tags}
        for language, state, significance, number in rows:
            tally = found[language]
            tally.states[CellState(state)] += number
            if significance:
                kind = Significance(significance)
                tally.outdated[kind] = tally.outdated.get(kind, 0) + number
        for tally in found.values():
            tally.states[CellState.MISSING] = total - sum(tally.states.values())
        return list(found.values())

    def _counted(self) -> list[tuple[str, str, int | None, int]]:
        """How many texts there are in each language and state, and how far behind."""
        texts = Text.objects.filter(self._narrowed("statement__"), language__in=self.tags, head__isnull=False)
        states = with_state(texts).with_significance().values_list("language", "state", "significance")  # type: ignore[attr-defined]
        return list(states.annotate(number=Count("pk")).order_by())


def cells(statements: Sequence[Statement], tags: Iterable[str]) -> dict[int, dict[str, Cell]]:
    """The cells of these statements in ``tags``, by statement and language. One query."""
    texts = Text.objects.filter(
        statement__in=[row.pk for row in statements], language__in=list(tags), head__isnull=False
    )
    shown = with_state(texts).with_significance().select_related("head__saved_by")  # type: ignore[attr-defined]
    found = {
        (text.statement_id, text.language): text
        for text in shown.only(
            "statement", "language", "head__title", "head__saved_at", "head__saved_by__username",
            "head__saved_by__first_name", "head__saved_by__last_name",
        )
    }  # fmt: skip
    return {row.pk: {tag: _cell(row, tag, found.get((row.pk, tag))) for tag in tags} for row in statements}


def _cell(statement: Statement, tag: str, text: Any) -> Cell:
    if text is None:
        return Cell(statement, tag, CellState.MISSING)
    return Cell(statement, tag, CellState(text.state), text, text.outdated_by)
