"""Who may do what in which language: the one function that every door asks."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from .models import Role, User


class Action(models.TextChoices):
    """What a door may want to do."""

    ENTER_DESK = "desk.enter"
    VIEW_RECORD = "record.view"
    CHANGE_RECORD = "record.change"
    DELETE_RECORD = "record.delete"
    CHANGE_LABEL = "label.change"  # asked with a language
    VIEW_TEXT = "text.view"  # asked with a language
    CHANGE_TEXT = "text.change"  # asked with a language
    PUBLISH = "edition.publish"  # asked with a language
    CHANGE_LANGUAGE = "language.change"
    MANAGE_PEOPLE = "people.manage"


_READ = {Action.ENTER_DESK, Action.VIEW_RECORD, Action.VIEW_TEXT}
_EDIT = _READ | {Action.CHANGE_RECORD, Action.DELETE_RECORD, Action.CHANGE_LABEL, Action.CHANGE_TEXT}
ALLOWED: dict[str, set[Action]] = {
    Role.EDITOR: _EDIT,
    Role.PUBLISHER: _EDIT | {Action.PUBLISH},
    Role.ADMINISTRATOR: set(Action),
}
# What a translator's grant allows in its own language, beside reading everything.
IN_OWN_LANGUAGE = {Action.CHANGE_LABEL, Action.CHANGE_TEXT}


def may(user: User | AnonymousUser, action: Action, language: str | None = None) -> bool:
    """Say whether ``user`` may do ``action``, in ``language`` where the action is asked with one.

    One query for a user's roles, kept on the user object.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser:
        return True
    for role, granted_language in _grants(user):
        if role == Role.TRANSLATOR:
            if action in _READ or (action in IN_OWN_LANGUAGE and language == granted_language):
                return True
        elif action in ALLOWED[role] or (
            role == Role.EDITOR and action == Action.PUBLISH and settings.EDITORS_MAY_PUBLISH
        ):
            return True
    return False


def _grants(user: User) -> list[tuple[str, str]]:
    kept: list[tuple[str, str]] | None = user.__dict__.get("_kept_grants")
    if kept is None:
        kept = user.__dict__["_kept_grants"] = list(user.grants.values_list("role", "language"))
    return kept
