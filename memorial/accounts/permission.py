"""Who may do what in which language: the one function that every door asks."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from .models import Grant, Role, User


class Action(models.TextChoices):
    """What a door may want to do. Some are asked with a language, and answered for that language alone."""

    ENTER_DESK = "desk.enter"
    VIEW_RECORD = "record.view"
    CHANGE_RECORD = "record.change"
    DELETE_RECORD = "record.delete"
    CHANGE_LABEL = "label.change"  # asked with a language
    CHANGE_PHRASE = "phrase.change"  # asked with a language; to confirm its formats and direction, too
    VIEW_TEXT = "text.view"  # asked with a language
    CHANGE_TEXT = "text.change"  # asked with a language; to save, to send to review
    APPROVE_TEXT = "text.approve"  # asked with a language; where its texts need no review
    REVIEW_TEXT = "text.review"  # asked with a language; to approve or send back what another wrote
    MARK_READY = "text.mark-ready"  # asked with a language: that of the source
    PUBLISH = "edition.publish"  # asked with a language
    REQUEST_LANGUAGE = "language.request"
    ADD_LANGUAGE = "language.add"  # at once, or by approving a request
    CHANGE_LANGUAGE = "language.change"  # describe, retire, rule of review, statements that must be ready, override
    LAUNCH_LANGUAGE = "language.launch"  # asked with a language; to make it public when its board allows
    MANAGE_TEAM = "language.team"  # asked with a language; its contributors, translators, reviewers
    MANAGE_PEOPLE = "people.manage"


_READ = {Action.ENTER_DESK, Action.VIEW_RECORD, Action.VIEW_TEXT, Action.REQUEST_LANGUAGE}
_EDIT = _READ | {
    Action.CHANGE_RECORD, Action.DELETE_RECORD, Action.CHANGE_LABEL, Action.CHANGE_TEXT, Action.APPROVE_TEXT,
    Action.MARK_READY,
}  # fmt: skip
# What a role allows, in every language.
ALLOWED: dict[str, set[Action]] = {
    Role.EDITOR: _EDIT,
    Role.PUBLISHER: _EDIT | {Action.PUBLISH},
    Role.CONTRIBUTOR: _READ,
    Role.TRANSLATOR: _READ,
    Role.REVIEWER: _READ,
    Role.LEAD: _READ,
    Role.LANGUAGE_MANAGER: _READ
    | {Action.CHANGE_PHRASE, Action.ADD_LANGUAGE, Action.CHANGE_LANGUAGE, Action.LAUNCH_LANGUAGE, Action.MANAGE_TEAM},
    Role.ADMINISTRATOR: set(Action),
}
_CONTRIBUTE = {Action.CHANGE_TEXT}
_TRANSLATE = _CONTRIBUTE | {Action.CHANGE_LABEL, Action.CHANGE_PHRASE, Action.APPROVE_TEXT}
_REVIEW = _TRANSLATE | {Action.REVIEW_TEXT}
# What a role that is held in one language allows in that language beside.
IN_OWN_LANGUAGE: dict[str, set[Action]] = {
    Role.CONTRIBUTOR: _CONTRIBUTE,
    Role.TRANSLATOR: _TRANSLATE,
    Role.REVIEWER: _REVIEW,
    Role.LEAD: _REVIEW | {Action.MARK_READY, Action.LAUNCH_LANGUAGE, Action.MANAGE_TEAM},
}
# Where a setting trusts them with it.
_WHO_MAY_ADD = (Role.TRANSLATOR, Role.REVIEWER, Role.LEAD)


def may(user: User | AnonymousUser, action: Action, language: str | None = None) -> bool:
    """Say whether ``user`` may do ``action``, in ``language`` where the action is asked with one.

    One query for a user's roles, kept on the user object.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return any(_allows(role, granted, action, language) for role, granted in _grants(user))


def people_who_may(action: Action, language: str | None = None) -> models.QuerySet[User]:
    """Everybody active for whom ``may()`` says yes, administrators among them. No query yet."""
    granted = models.Q(is_superuser=True)
    for role in Role.values:
        if _allows(role, "", action, None):
            granted |= models.Q(pk__in=Grant.objects.filter(role=role).values("user"))
        elif language and _allows(role, language, action, language):
            granted |= models.Q(pk__in=Grant.objects.filter(role=role, language=language).values("user"))
    return User.objects.filter(granted, is_active=True)


def _allows(role: str, granted: str, action: Action, language: str | None) -> bool:
    if action in ALLOWED[role] or (language == granted and action in IN_OWN_LANGUAGE.get(role, ())):
        return True
    if action == Action.PUBLISH:
        return role == Role.EDITOR and bool(settings.EDITORS_MAY_PUBLISH)
    if action == Action.ADD_LANGUAGE:
        return role in _WHO_MAY_ADD and bool(settings.TRANSLATORS_MAY_ADD_LANGUAGES)
    return False


def own_languages(user: User) -> list[str]:
    """The tags of the languages that somebody holds a role in, also where the site does not have the language yet."""
    return sorted({language for _role, language in _grants(user) if language})


def _grants(user: User) -> list[tuple[str, str]]:
    kept: list[tuple[str, str]] | None = user.__dict__.get("_kept_grants")
    if kept is None:
        kept = user.__dict__["_kept_grants"] = list(user.grants.values_list("role", "language"))
    return kept
