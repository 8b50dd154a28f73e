"""What waits for somebody: texts that came back, texts to review, texts to bring up to date, texts to begin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from memorial.accounts.models import User
from memorial.accounts.permission import IN_OWN_LANGUAGE, Action, may
from memorial.languages.columns import languages
from memorial.languages.models import Language
from memorial.statements.models import Occasion, Statement
from memorial.translations.models import PrivateDraft, ReadyMark, ReviewStep, Text

from .models import Edition

Texts = models.QuerySet[Text]
# How long an approved text is told of to whoever sent it.
REMEMBERED = timedelta(days=30)
# An occasion returns every year: what lies within half a year of a return belongs to it.
HALF_A_YEAR = timedelta(days=183)
STEP = ReviewStep.Action


def languages_of(user: User) -> list[str]:
    """The languages that somebody writes in: those of their roles; for editors, all. In the order of the site."""
    return [tag for tag in languages() if may(user, Action.CHANGE_TEXT, tag)]


def _lines(texts: Texts) -> Texts:
    """With what a line about a text says, and without its words. No further query."""
    return texts.select_related("statement", "head__saved_by").only(
        "language", "origin", "statement__original_language", "statement__dated", "head__number", "head__title",
        "head__saved_at", "head__saved_by__username", "head__saved_by__first_name", "head__saved_by__last_name",
    )  # fmt: skip


def _with_last_step(texts: Texts) -> Texts:
    """With ``last_step``, and of the same step ``step_by`` (a user's key), ``step_at`` and ``step_message``."""
    last = ReviewStep.objects.filter(revision=OuterRef("head")).order_by("-pk")
    return texts.with_stage().annotate(  # type: ignore[attr-defined, no-any-return]
        step_by=Subquery(last.values("by")[:1]),
        step_at=Subquery(last.values("at")[:1]),
        step_message=Subquery(last.values("message")[:1]),
    )


def _with_submission(texts: Texts) -> Texts:
    """With ``submitted_by`` (a user's key) and ``submitted_number`` (of the revision): what was last sent to review."""
    sent = ReviewStep.objects.filter(revision__text=OuterRef("pk"), action=STEP.SUBMITTED).order_by("-pk")
    return texts.annotate(
        submitted_by=Subquery(sent.values("by")[:1]), submitted_number=Subquery(sent.values("revision__number")[:1])
    )


# -- my own texts ------------------------------------------------------------------------------------------------------
def sent_back_to(user: User) -> Texts:
    """Texts that came back to whoever sent or wrote them, with ``step_message``; the last to come back first."""
    texts = _with_submission(_with_last_step(Text.objects.filter(_concerns(user)))).filter(last_step=STEP.SENT_BACK)
    return _lines(texts.filter(Q(submitted_by=user.pk) | Q(head__saved_by=user))).order_by("-step_at", "-pk")


def drafts_of(user: User) -> Texts:
    """Texts that somebody saved last and that go on from here: neither in review, approved nor published."""
    sealed = Edition.objects.filter(revision=OuterRef("head"))
    texts = _with_last_step(Text.objects.filter(head__saved_by=user)).filter(~Exists(sealed))
    open_ones = texts.filter(Q(last_step=None) | Q(last_step=STEP.REOPENED))
    return _lines(open_ones).order_by("-head__saved_at", "-pk")


def sent_by(user: User) -> Texts:
    """Texts that somebody sent to review and that wait there, with ``step_at``; the longest waiting first."""
    texts = _with_last_step(Text.objects.filter(_concerns(user)))
    return _lines(texts.filter(last_step=STEP.SUBMITTED, step_by=user.pk)).order_by("step_at", "pk")


def approved_for(user: User, now: datetime | None = None) -> Texts:
    """Texts that somebody sent to review and another approved lately, with ``submitted_number``; the latest first.

    The head is the revision that was approved: where its number is another, the reviewer has changed words.
    """
    since = (now or timezone.now()) - REMEMBERED
    texts = _with_submission(_with_last_step(Text.objects.filter(_concerns(user))))
    found = texts.filter(last_step=STEP.APPROVED, submitted_by=user.pk, step_at__gte=since).exclude(step_by=user.pk)
    return _lines(found).order_by("-step_at", "-pk")


def _concerns(user: User) -> Q:
    """Texts that somebody wrote last, or ever sent to review."""
    return Q(head__saved_by=user) | Q(pk__in=ReviewStep.objects.filter(by=user).values("revision__text"))


def kept_privately(user: User) -> models.QuerySet[PrivateDraft]:
    """What somebody typed and did not save, where it differs from what is saved; the last typed first."""
    same = Text.objects.filter(
        statement=OuterRef("statement"), language=OuterRef("language"), head__title=OuterRef("title"),
        head__summary=OuterRef("summary"), head__body=OuterRef("body"),
    )  # fmt: skip
    drafts = PrivateDraft.objects.filter(~Exists(same), by=user).select_related("statement")
    return drafts.only(
        "language", "title", "typed_at", "by", "statement__original_language", "statement__sid"
    ).order_by("-typed_at")


# -- the texts of others -----------------------------------------------------------------------------------------------
def to_review(user: User, rules: Mapping[str, str]) -> Texts:
    """Texts in review that somebody may approve, with ``step_by`` and ``step_at``; the longest waiting first.

    ``rules`` are the languages' rules of review. One's own text is left out where another has to approve it.
    """
    return _lines(_in_review().filter(_may_approve(user, rules))).order_by("step_at", "pk")


def stuck(user: User, rules: Mapping[str, str]) -> Texts:
    """Texts in review that nobody could approve but administrators, for these alone. One query more."""
    if not may(user, Action.MANAGE_PEOPLE):
        return Text.objects.none()
    reviewers = _reviewers()
    kept = Q(pk__in=[])
    for tag, rule in rules.items():
        if rule == Language.Review.NONE:
            continue
        there = reviewers.get(tag, set())
        if not there:
            kept |= Q(language=tag)
        elif rule == Language.Review.OTHER and len(there) == 1:
            kept |= Q(language=tag, step_by__in=there)
    return _lines(_in_review().filter(kept)).order_by("language", "step_at", "pk")


def rules_of_review() -> dict[str, str]:
    """The rule of each language, by its tag. One query."""
    return dict(Language.objects.with_columns().values_list("tag", "review"))


def _in_review() -> Texts:
    return _with_last_step(Text.objects.all()).filter(last_step=STEP.SUBMITTED)


def _may_approve(user: User, rules: Mapping[str, str]) -> Q:
    condition = Q(pk__in=[])
    for tag, rule in rules.items():
        if rule == Language.Review.NONE and may(user, Action.APPROVE_TEXT, tag):
            condition |= Q(language=tag)
        elif rule != Language.Review.NONE and may(user, Action.REVIEW_TEXT, tag):
            others = ~Q(step_by=user.pk) | Q(step_by=None) if rule == Language.Review.OTHER else Q()
            condition |= Q(language=tag) & others
    return condition


def _reviewers() -> dict[str, set[int]]:
    """Who holds a role of review in each language. One query."""
    roles = [role for role, actions in IN_OWN_LANGUAGE.items() if Action.REVIEW_TEXT in actions]
    found: dict[str, set[int]] = {}
    granted = User.objects.filter(is_active=True, grants__role__in=roles)
    for pk, tag in granted.values_list("pk", "grants__language"):
        found.setdefault(tag, set()).add(pk)
    return found


# -- what lags behind --------------------------------------------------------------------------------------------------
def outdated(tags: Iterable[str]) -> Texts:
    """Outdated texts with ``significance``: urgent ones first, then changes of meaning, then of wording."""
    texts = Text.objects.outdated().filter(language__in=list(tags))
    return _lines(texts).order_by("-significance", "-statement__earliest", "-pk")


def missing_on(occasion: Occasion, tag: str) -> models.QuerySet[Statement]:
    """The statements on an occasion that have no text in a language, the newest first."""
    there = Text.objects.filter(statement=OuterRef("pk"), language=tag, head__isnull=False)
    found: models.QuerySet[Statement] = Statement.objects.filter(~Exists(there), occasion=occasion)
    return found.order_by("-earliest", "-pk")


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


def waiting_for(user: User, rules: Mapping[str, str], tags: Sequence[str]) -> Texts:
    """Texts in ``tags`` that wait for somebody: sent back to them, to be reviewed by them, or outdated."""
    mine = [tag for tag in tags if may(user, Action.CHANGE_TEXT, tag)]
    texts = _with_submission(_with_last_step(Text.objects.with_significance().filter(language__in=list(tags))))
    return texts.filter(
        Q(significance__isnull=False, language__in=mine)
        | (Q(last_step=STEP.SUBMITTED) & _may_approve(user, rules))
        | (Q(last_step=STEP.SENT_BACK) & (Q(submitted_by=user.pk) | Q(head__saved_by=user)))
    )
