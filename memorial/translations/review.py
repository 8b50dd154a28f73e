"""Review: sending a text to it, sending it back, approving it."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from memorial.accounts.models import Grant, Role, User
from memorial.accounts.permission import Action, may, people_who_may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.formats import in_words
from memorial.languages.models import Language
from memorial.text.characters import without_invisible

from .models import ReviewStep, Revision, Stage, Text

Review = Language.Review


def rule_of(tag: str) -> str:
    """Who must approve a text in this language. One query."""
    rule = Language.objects.filter(tag=tag).values_list("review", flat=True).first()
    return rule or Review.REVIEWER


def may_approve(text: Text, by: User) -> bool:
    """Say whether the rule of the text's language lets ``by`` approve it as it is. Up to five queries."""
    return not _against_approver(text, by)


def reviewers_of(tag: str) -> QuerySet[User]:
    """The active people who may review texts in this language, administrators not among them."""
    return people_who_may(Action.REVIEW_TEXT, tag).exclude(_administrators())


def without_reviewer(tag: str, submitted_by: User | None) -> bool:
    """Say whether nobody active but administrators could approve what ``submitted_by`` sends to review."""
    rule = rule_of(tag)
    action = Action.APPROVE_TEXT if rule == Review.NONE else Action.REVIEW_TEXT
    people = people_who_may(action, tag).exclude(_administrators())
    if rule == Review.OTHER and submitted_by is not None:
        people = people.exclude(pk=submitted_by.pk)
    return not people.exists()


def submitted_revision(text: Text) -> Revision | None:
    """What was sent to review last, where somebody else has saved a newer revision since: what a reviewer changed.

    None where nothing was sent, or nobody but the sender has saved since. Two queries.
    """
    last = _last_submission(text, since_approval=False)
    if last is None or text.head is None or last.revision_id == text.head_id or text.head.saved_by_id == last.by_id:
        return None
    return last.revision


def reasons_against_submitting(text: Text, *, by: User) -> list[Reason]:
    """Every reason why this text cannot be sent to review."""
    name = {"language": in_words(text.language)}
    reasons = []
    if not may(by, Action.CHANGE_TEXT, text.language):
        reasons.append(Reason("not-allowed", _("You may not send texts in %(language)s to review.") % name))
    if text.stage == Stage.MISSING:
        reasons.append(_nothing_yet(name))
    elif text.stage == Stage.IN_REVIEW:
        reasons.append(Reason("in-review", _("The text in %(language)s is in review already.") % name))
    elif text.stage == Stage.APPROVED:
        reasons.append(_approved_already(name))
    return reasons


def reasons_against_sending_back(text: Text, *, by: User) -> list[Reason]:
    """Every reason why this text cannot be sent back to whoever sent it to review."""
    name = {"language": in_words(text.language)}
    reasons = []
    is_without_review = rule_of(text.language) == Review.NONE and may(by, Action.APPROVE_TEXT, text.language)
    if not is_without_review and not may(by, Action.REVIEW_TEXT, text.language):
        reasons.append(Reason("not-allowed", _("You may not review texts in %(language)s.") % name))
    if text.stage == Stage.MISSING:
        reasons.append(_nothing_yet(name))
    elif text.stage != Stage.IN_REVIEW:
        reasons.append(Reason("not-in-review", _("The text in %(language)s is not in review.") % name))
    return reasons


def reasons_against_approving(text: Text, *, by: User) -> list[Reason]:
    """Every reason why ``by`` cannot approve this text."""
    name = {"language": in_words(text.language)}
    reasons = _against_approver(text, by)
    if text.stage == Stage.MISSING:
        reasons.append(_nothing_yet(name))
    elif text.stage == Stage.APPROVED:
        reasons.append(_approved_already(name))
    return reasons


def submit(text: Text, *, seen: Revision, by: User, message: str = "") -> ReviewStep:
    """Send the newest revision to review. Raises Refused, also where it is not the one that was ``seen``."""
    with transaction.atomic():
        current = _locked(text)
        reasons = _unless_seen(current, seen) + reasons_against_submitting(current, by=by)
        return _step(current, ReviewStep.Action.SUBMITTED, reasons, message, by)


def send_back(text: Text, *, seen: Revision, message: str, by: User) -> ReviewStep:
    """Send the newest revision back, with a message that says what is to be done. Raises Refused."""
    with transaction.atomic():
        current = _locked(text)
        reasons = _unless_seen(current, seen) + reasons_against_sending_back(current, by=by)
        if not _clean(message):
            reasons.append(Reason("no-message", _("Say in a message what is to be changed.")))
        return _step(current, ReviewStep.Action.SENT_BACK, reasons, message, by)


def approve(text: Text, *, seen: Revision, by: User, message: str = "") -> ReviewStep:
    """Approve the newest revision. Raises Refused."""
    with transaction.atomic():
        current = _locked(text)
        reasons = _unless_seen(current, seen) + reasons_against_approving(current, by=by)
        return _step(current, ReviewStep.Action.APPROVED, reasons, message, by)


def _locked(text: Text) -> Text:
    """The text as it is now; whoever else wants to save or review it waits until this transaction has ended."""
    return Text.objects.select_for_update(no_key=True).get(pk=text.pk)


def _step(text: Text, action: ReviewStep.Action, reasons: list[Reason], message: str, by: User) -> ReviewStep:
    if reasons or text.head is None:
        raise Refused(reasons)
    return ReviewStep.objects.create(revision=text.head, action=action, message=_clean(message), by=by)


def _clean(message: str) -> str:
    """A message as it is kept: without what PostgreSQL cannot store, or what turns the line of whoever reads it."""
    return without_invisible(message).strip()


def _unless_seen(text: Text, seen: Revision) -> list[Reason]:
    if text.head_id == seen.pk:
        return []
    message = _("The text in %(language)s has been saved since you opened it. Read it again first.")
    return [Reason("saved-since", message % {"language": in_words(text.language)})]


def _against_approver(text: Text, by: User) -> list[Reason]:
    """Every reason of the language's rule why ``by`` may not be the one who approves."""
    rule, name = rule_of(text.language), {"language": in_words(text.language)}
    if rule == Review.NONE and not may(by, Action.APPROVE_TEXT, text.language):
        return [Reason("not-allowed", _("You may not approve texts in %(language)s.") % name)]
    if rule != Review.NONE and not may(by, Action.REVIEW_TEXT, text.language):
        return [Reason("not-allowed", _("Texts in %(language)s are approved by a reviewer.") % name)]
    if rule == Review.OTHER:
        return _against_approving_own(text, by)
    return []


def _against_approving_own(text: Text, by: User) -> list[Reason]:
    last = _last_submission(text, since_approval=True)
    if (last is not None and last.by_id != by.pk) or _is_the_only_one(text.language, by):
        return []
    message = (
        _("Texts in %(language)s are approved by somebody else than their translator. Send this one to review.")
        if last is None
        else _("You have sent this text in %(language)s to review yourself: somebody else approves it.")
    )
    return [Reason("own-text", message % {"language": in_words(text.language)})]


def _is_the_only_one(tag: str, by: User) -> bool:
    """Say whether ``by`` is an administrator and nobody else could approve: then no text waits for ever."""
    others = people_who_may(Action.REVIEW_TEXT, tag).exclude(pk=by.pk)
    return may(by, Action.MANAGE_PEOPLE) and not others.exists()


def _last_submission(text: Text, *, since_approval: bool) -> ReviewStep | None:
    """The last step that sent a revision of this text to review; where asked, only after its last approval."""
    steps = ReviewStep.objects.filter(revision__text=text.pk)
    if since_approval:
        approved = steps.filter(action=ReviewStep.Action.APPROVED).values_list("pk", flat=True).first()
        steps = steps.filter(pk__gt=approved or 0)
    return steps.filter(action=ReviewStep.Action.SUBMITTED).select_related("revision").first()


def _administrators() -> Q:
    administrators = Grant.objects.filter(role=Role.ADMINISTRATOR).values("user")
    return Q(is_superuser=True) | Q(pk__in=administrators)


def _nothing_yet(name: dict[str, str]) -> Reason:
    return Reason("no-text", _("There is no text in %(language)s yet.") % name)


def _approved_already(name: dict[str, str]) -> Reason:
    return Reason("approved", _("The text in %(language)s is approved already.") % name)
