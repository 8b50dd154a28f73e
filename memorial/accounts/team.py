"""Who works in one language: its roles granted, changed and withdrawn by those who manage its team."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .models import IN_ONE_LANGUAGE, Grant, Role, User
from .permission import Action, may
from .refusal import Reason, Refused

# The words for Django's log of a person, said in the language of whoever reads it.
_WHAT = gettext_noop("role")


def may_see_team(user: User, language: str) -> bool:
    """Say whether ``user`` may know who works in ``language``: its managers, and whoever writes texts in it."""
    return may(user, Action.MANAGE_TEAM, language) or may(user, Action.CHANGE_TEXT, language)


def team_of(language: str) -> models.QuerySet[Grant]:
    """The roles held in ``language``, its leads first, then by user name; of people whose account is open."""
    order = models.Case(*(models.When(role=role, then=-place) for place, role in enumerate(IN_ONE_LANGUAGE)))
    return (
        Grant.objects.filter(language=language, role__in=IN_ONE_LANGUAGE, user__is_active=True)
        .select_related("user")
        .order_by(order, "user__username", "pk")
    )


def roles_to_grant(language: str, *, by: User) -> list[Role]:
    """The roles in ``language`` that ``by`` may grant, the one with the fewest rights first."""
    if not may(by, Action.MANAGE_TEAM, language):
        return []
    return [role for role in IN_ONE_LANGUAGE if role != Role.LEAD or _may_make_leads(by)]


def reasons_against_granting(person: User, role: str, language: str, *, by: User) -> list[Reason]:
    """Every reason why ``by`` cannot grant ``role`` in ``language`` to ``person``."""
    reasons = _reasons_about(person, role, language, by)
    if not person.is_active:
        reasons.append(Reason("closed", _("The account of this person is closed.")))
    if Grant.objects.filter(user=person, role=role, language=language).exists():
        reasons.append(_has_it_already())
    return reasons


def reasons_against_withdrawing(grant: Grant, *, by: User) -> list[Reason]:
    """Every reason why ``by`` cannot withdraw ``grant``."""
    return _reasons_about(grant.user, grant.role, grant.language, by)


def grant_role(person: User, role: str, language: str, *, by: User) -> Grant:
    """Grant a role in one language. Raises Refused."""
    if reasons := reasons_against_granting(person, role, language, by=by):
        raise Refused(reasons)
    with transaction.atomic():
        grant, is_new = Grant.objects.get_or_create(user=person, role=role, language=language)
        if not is_new:  # somebody was faster
            raise Refused([_has_it_already()])
        _log(grant, "added", by)
    return grant


def change_role(grant: Grant, role: str, *, by: User) -> Grant:
    """Give another role in the same language in place of the one that ``grant`` is. Raises Refused."""
    person, before = grant.user, grant.role
    reasons = {reason.code: reason for reason in reasons_against_withdrawing(grant, by=by)}
    for reason in reasons_against_granting(person, role, grant.language, by=by):
        reasons.setdefault(reason.code, reason)
    if reasons:
        raise Refused(reasons.values())
    try:
        with transaction.atomic():
            if not Grant.objects.filter(pk=grant.pk, role=before).update(role=role):
                raise Refused([_is_gone()])
            grant.role = role
            _log(grant, "changed", by)
    except IntegrityError as error:  # somebody was faster, who granted the same
        raise Refused([_has_it_already()]) from error
    return grant


def withdraw_role(grant: Grant, *, by: User) -> None:
    """Take a role in one language away; what the person has written stays. Raises Refused."""
    if reasons := reasons_against_withdrawing(grant, by=by):
        raise Refused(reasons)
    with transaction.atomic():
        deleted, _models = Grant.objects.filter(pk=grant.pk, role=grant.role).delete()
        if not deleted:
            raise Refused([_is_gone()])
        _log(grant, "deleted", by)


def _may_make_leads(by: User) -> bool:
    """Whoever manages the team of every language; a lead manages one, and makes no leads."""
    return may(by, Action.MANAGE_TEAM)


def _reasons_about(person: User, role: str, language: str, by: User) -> list[Reason]:
    """Why ``by`` may not grant this role, nor take it away."""
    if role not in IN_ONE_LANGUAGE or not language:
        return [Reason("not-in-one-language", _("Only roles that are held in one language are granted here."))]
    if not may(by, Action.MANAGE_TEAM, language):
        return [Reason("not-allowed", _("You may not change who works in this language."))]
    reasons = []
    if role == Role.LEAD and not _may_make_leads(by):
        reasons.append(Reason("lead", _("Only a language manager or an administrator says who leads a language.")))
    if person == by and not may(by, Action.MANAGE_PEOPLE):
        reasons.append(Reason("oneself", _("Nobody changes their own roles: ask a colleague.")))
    return reasons


def _has_it_already() -> Reason:
    return Reason("already", _("This person already has this role."))


def _is_gone() -> Reason:
    return Reason("gone", _("Somebody changed this role meanwhile. Look at the page as it is now."))


def _log(grant: Grant, what: str, by: User) -> None:
    """Write it into Django's log of the person, which administrators read: what was added, changed or deleted."""
    said = {"name": _WHAT, "object": f"{grant.role} {grant.language}"}
    LogEntry.objects.log_actions(by.pk, [grant.user], CHANGE, [{what: {**said, "fields": [_WHAT]}}])
