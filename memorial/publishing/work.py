"""What waits for somebody: texts that came back, texts to review, texts to bring up to date, texts to begin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils import timezone

from memorial.accounts.models import Role, User
from memorial.accounts.permission import IN_OWN_LANGUAGE, Action, may, own_languages
from memorial.languages.columns import languages
from memorial.languages.models import Language
from memorial.statements.models import Occasion, Statement
from memorial.translations.drafts import says_the_same
from memorial.translations.models import PrivateDraft, ReadyMark, ReviewStep, Text

from .models import Edition

# Texts with columns that are computed for a list, which the type of a row does not know.
Texts = models.QuerySet[Any]
# How long an approved text is told of to whoever sent it.
REMEMBERED = timedelta(days=30)
# An occasion returns every year: what lies within half a year of a return belongs to it.
HALF_A_YEAR = timedelta(days=183)
MOST_DRAFTS = 50
STEP = ReviewStep.Action
Review = Language.Review


def languages_of(user: User) -> list[str]:
    """The languages that somebody writes in: those of their roles; for editors, all. In the order of the site."""
    return [tag for tag in languages() if may(user, Action.CHANGE_TEXT, tag)]


def languages_to_come(user: User) -> list[str]:
    """The languages that somebody holds a role in and that the site does not have yet."""
    return [tag for tag in own_languages(user) if tag not in languages()]


def _lines(texts: Texts) -> Texts:
    """With what a line about a text says, and without its words. No further query."""
    return texts.select_related("statement", "head__saved_by").only(
        "language", "origin", "statement__original_language", "statement__dated", "head__number", "head__title",
        "head__saved_at", "head__saved_by__username", "head__saved_by__first_name", "head__saved_by__last_name",
    )  # fmt: skip


def _with_last_step(texts: Texts) -> Texts:
    """With ``last_step``, and of that step ``step_by`` (a user's key), ``step_name``, ``step_at``, ``step_message``."""
    last = ReviewStep.objects.filter(revision=OuterRef("head")).order_by("-pk")
    full_name = NullIf(Trim(Concat("by__first_name", Value(" "), "by__last_name")), Value(""))
    return texts.with_stage().annotate(  # type: ignore[attr-defined, no-any-return]
        step_by=Subquery(last.values("by")[:1]),
        step_name=Subquery(last.annotate(name=Coalesce(full_name, "by__username")).values("name")[:1]),
        step_at=Subquery(last.values("at")[:1]),
        step_message=Subquery(last.values("message")[:1]),
    )


def _with_submission(texts: Texts) -> Texts:
    """With ``submitted_by`` (a user's key) and ``submitted_number`` (of the revision): what was last sent to review."""
    sent = ReviewStep.objects.filter(revision__text=OuterRef("pk"), action=STEP.SUBMITTED).order_by("-pk")
    found: Texts = texts.annotate(
        submitted_by=Subquery(sent.values("by")[:1]), submitted_number=Subquery(sent.values("revision__number")[:1])
    )
    return found


# -- my own texts ------------------------------------------------------------------------------------------------------
def sent_back_to(user: User) -> Texts:
    """Texts that came back to whoever sent or wrote them, with ``step_message``; the last to come back first."""
    texts = _with_submission(_with_last_step(_that_had(action=STEP.SENT_BACK))).filter(last_step=STEP.SENT_BACK)
    return _lines(texts.filter(Q(submitted_by=user.pk) | Q(head__saved_by=user))).order_by("-step_at", "-pk")


def drafts_of(user: User) -> Texts:
    """Texts that somebody saved last and that go on from here: neither in review, approved nor published."""
    sealed = Edition.objects.filter(revision=OuterRef("head"))
    texts = _with_last_step(Text.objects.filter(head__saved_by=user)).filter(~Exists(sealed))
    open_ones = texts.filter(Q(last_step=None) | Q(last_step=STEP.REOPENED))
    return _lines(open_ones).order_by("-head__saved_at", "-pk")


def sent_by(user: User) -> Texts:
    """Texts that somebody sent to review and that wait there, with ``step_at``; the longest waiting first."""
    texts = _with_last_step(_that_had(action=STEP.SUBMITTED, by=user))
    return _lines(texts.filter(last_step=STEP.SUBMITTED, step_by=user.pk)).order_by("step_at", "pk")


def approved_for(user: User, now: datetime | None = None) -> Texts:
    """Texts that somebody sent to review and another approved lately, with ``submitted_number``; the latest first.

    The head is the revision that was approved: where its number is another, the reviewer has changed words.
    """
    since = (now or timezone.now()) - REMEMBERED
    texts = _with_submission(_with_last_step(_that_had(action=STEP.APPROVED, at__gte=since)))
    found = texts.filter(last_step=STEP.APPROVED, submitted_by=user.pk, step_at__gte=since)
    return _lines(found.filter(Q(step_by=None) | ~Q(step_by=user.pk))).order_by("-step_at", "-pk")


def _that_had(**step: object) -> Texts:
    """Texts whose head had such a step; by a list of steps, which the database reads once."""
    return Text.objects.filter(head__in=ReviewStep.objects.filter(**step).values("revision"))


def kept_privately(user: User) -> list[PrivateDraft]:
    """What somebody typed and did not save, where it differs from what is saved; the last typed first. Two queries."""
    drafts = list(PrivateDraft.objects.filter(by=user).select_related("statement").order_by("-typed_at")[:MOST_DRAFTS])
    texts = Text.objects.filter(statement__in={draft.statement_id for draft in drafts}).select_related("head")
    found = {(text.statement_id, text.language): text for text in texts}
    return [draft for draft in drafts if not says_the_same(draft, found.get((draft.statement_id, draft.language)))]


# -- the texts of others -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Reviewing:
    """Who approves what: the rule of each language, who holds a role of review in it, and the administrators."""

    rules: dict[str, str]
    reviewers: dict[str, set[int]]
    administrators: set[int]

    @classmethod
    def read(cls) -> "Reviewing":
        """As it is now. Two queries."""
        roles = [role for role, actions in IN_OWN_LANGUAGE.items() if Action.REVIEW_TEXT in actions]
        people = User.objects.filter(
            Q(is_superuser=True) | Q(grants__role__in=[*roles, Role.ADMINISTRATOR]), is_active=True
        )
        reviewers: dict[str, set[int]] = {}
        administrators = set()
        for pk, is_superuser, role, tag in people.values_list("pk", "is_superuser", "grants__role", "grants__language"):
            if is_superuser or role == Role.ADMINISTRATOR:
                administrators.add(pk)
            if role in roles:
                reviewers.setdefault(tag, set()).add(pk)
        return cls(dict(Language.objects.with_columns().values_list("tag", "review")), reviewers, administrators)

    def approves(self, user: User) -> list[str]:
        """The languages in which somebody may approve texts."""
        return [tag for tag, rule in self.rules.items() if may(user, self._action(rule), tag)]

    def may_approve(self, user: User) -> Q:
        """A condition on texts in review with ``step_by``: that somebody may approve them."""
        condition = Q(pk__in=[])
        for tag in self.approves(user):
            own = Q(step_by=user.pk) if self._must_be_another(tag, user) else Q(pk__in=[])
            condition |= Q(language=tag) & (Q(step_by=None) | ~own)
        return condition

    def nobody_else(self) -> Q:
        """A condition on texts in review with ``step_by``: that nobody but administrators could approve them."""
        condition = Q(pk__in=[])
        for tag, rule in self.rules.items():
            there = self.reviewers.get(tag, set()) - self.administrators
            if rule != Review.NONE and not there:
                condition |= Q(language=tag)
            elif rule == Review.OTHER and len(there) == 1:
                condition |= Q(language=tag, step_by__in=there)
        return condition

    def _must_be_another(self, tag: str, user: User) -> bool:
        """Whether a text of one's own waits for somebody else; not where an administrator is the only one left."""
        others = (self.reviewers.get(tag, set()) | self.administrators) - {user.pk}
        return self.rules[tag] == Review.OTHER and (bool(others) or user.pk not in self.administrators)

    @staticmethod
    def _action(rule: str) -> Action:
        return Action.APPROVE_TEXT if rule == Review.NONE else Action.REVIEW_TEXT


def to_review(user: User, reviewing: Reviewing) -> Texts:
    """Texts in review that somebody may approve, with ``step_by`` and ``step_at``; the longest waiting first.

    One's own text is left out where another has to approve it, and so is what ``stuck`` tells of.
    """
    texts = _in_review().filter(reviewing.may_approve(user))
    if may(user, Action.MANAGE_PEOPLE):
        texts = texts.exclude(pk__in=stuck(user, reviewing).order_by().values("pk"))
    return _lines(texts).order_by("step_at", "pk")


def stuck(user: User, reviewing: Reviewing) -> Texts:
    """Texts in review that nobody could approve but administrators: told to these, so that none waits for ever."""
    if not may(user, Action.MANAGE_PEOPLE):
        return Text.objects.none()
    return _lines(_in_review().filter(reviewing.nobody_else())).order_by("language", "step_at", "pk")


def _in_review() -> Texts:
    return _with_last_step(_that_had(action=STEP.SUBMITTED)).filter(last_step=STEP.SUBMITTED)


# -- what lags behind --------------------------------------------------------------------------------------------------
def outdated(tags: Iterable[str]) -> Texts:
    """Outdated texts with ``significance``: urgent ones first, then changes of meaning, then of wording."""
    # Only a mark on a second or later revision makes anything outdated: most texts are not looked at.
    marked = ReadyMark.objects.filter(revision__number__gt=1).values("revision__text")
    texts: Texts = Text.objects.outdated().filter(language__in=list(tags), head__based_on__text__in=marked)
    return _lines(texts).order_by("-significance", "-statement__earliest", "-pk")


@dataclass(frozen=True)
class Series:
    """The statements on one return of an occasion, and the newest of those before it."""

    of_the_day: list[Statement]
    before: Statement | None


def series(occasion: Occasion, day: date) -> Series:
    """What there is for the return of ``occasion`` on ``day``. Two queries."""
    statements = Statement.objects.in_language(keep=languages(), without=["summary"]).filter(occasion=occasion)
    newest_first = statements.order_by("-earliest", "-pk")
    begins = day - HALF_A_YEAR
    return Series(
        list(newest_first.filter(earliest__gt=begins, earliest__lte=day + HALF_A_YEAR)[:12]),
        newest_first.filter(earliest__lte=begins).first(),
    )


def waiting_for(user: User, reviewing: Reviewing, tags: Sequence[str]) -> Texts:
    """Texts in ``tags`` that wait for somebody: sent back to them, to be reviewed by them, or outdated."""
    mine = [tag for tag in tags if may(user, Action.CHANGE_TEXT, tag)]
    texts = _with_submission(_with_last_step(Text.objects.with_significance().filter(language__in=list(tags))))
    return texts.filter(
        Q(significance__isnull=False, language__in=mine)
        | (Q(last_step=STEP.SUBMITTED) & reviewing.may_approve(user))
        | (Q(last_step=STEP.SENT_BACK) & (Q(submitted_by=user.pk) | Q(head__saved_by=user)))
    )
