"""Why the tables cannot be changed now, and why a language cannot be added."""

import re
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modeltranslation.utils import build_lang

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason

from .cldr import has_plural_rule
from .columns import BUDGET, hidden_names, widest
from .models import BCP47, Language


def reasons_about(user: User | None, action: Action = Action.CHANGE_LANGUAGE, tag: str | None = None) -> list[Reason]:
    """Why somebody may not do this to languages. None is the operator at the command line, who may."""
    if user is None or may(user, action, tag):
        return []
    return [Reason("not-allowed", _("You may not change the languages of the site."))]


def reasons_about_tables() -> list[Reason]:
    """Why no table can be changed now, whatever the language."""
    if connection.in_atomic_block:
        return [Reason("atomic", _("Tables cannot be changed inside of another transaction."))]
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        return []
    message = ngettext(
        "Run migrate first: %(count)d migration is not applied.",
        "Run migrate first: %(count)d migrations are not applied.",
        waiting,
    )
    return [Reason("unapplied", message % {"count": waiting})]


def reasons_against(language: Language) -> list[Reason]:
    """Why a language, described but not yet stored, cannot be added. Two queries."""
    try:
        BCP47(language.tag)
    except ValidationError as error:
        return [Reason("tag", error.messages[0])]
    stored = {known.tag: known for known in Language.objects.all()}
    if language.tag in stored:
        return [_known(stored[language.tag])]
    return [
        *reasons_about_description(language, stored),
        *_reasons_about_address(language.tag),
        *_reasons_about_columns(language.tag, stored),
    ]


def reasons_about_description(language: Language, stored: Iterable[str]) -> list[Reason]:
    """Why a language cannot be described like this; ``stored`` are the tags of the site."""
    reasons = []
    if language.tag in {language.name_en, language.name_own}:
        message = _("CLDR does not know “%(tag)s”: enter its English name and its own name.")
        reasons.append(Reason("name", message % {"tag": language.tag}))
    if unknown := [tag for tag in language.fallbacks if tag == language.tag or tag not in stored]:
        message = _("Texts cannot fall back to %(tags)s: name other languages of the site.")
        reasons.append(Reason("fallbacks", message % {"tags": ", ".join(unknown)}))
    if language.plurals_like and not has_plural_rule(language.plurals_like):
        message = _("CLDR has no plural rule for “%(tag)s”: name a language that it has one for, or none.")
        reasons.append(Reason("plurals", message % {"tag": language.plurals_like}))
    try:
        language.clean_fields(exclude=["tag", "fallbacks"])
    except ValidationError as error:
        reasons += [
            Reason(name, f"{Language._meta.get_field(name).verbose_name}: {message}")  # type: ignore[union-attr]
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return reasons


def address_parts() -> set[str]:
    """First parts of the site's addresses that are words: ``admin``, ``log``, ``api``; no language may take them."""
    return _address_parts(settings.ROOT_URLCONF)


@cache
def _address_parts(urlconf: str) -> set[str]:
    return set(_first_parts(get_resolver(urlconf).url_patterns))


def _first_parts(patterns: Iterable[URLPattern | URLResolver]) -> Iterable[str]:
    for pattern in patterns:
        part = re.match(r"\^?([a-z0-9-]*)", str(pattern.pattern))
        if part and part[1]:
            yield part[1]
        elif isinstance(pattern, URLResolver) and not str(pattern.pattern):
            yield from _first_parts(pattern.url_patterns)


def _known(language: Language) -> Reason:
    if language.state == Language.State.LEAVING:
        return Reason("leaving", _("“%(tag)s” is being deleted: finish that first.") % {"tag": language.tag})
    return Reason("exists", _("“%(tag)s” is a language of the site already.") % {"tag": language.tag})


def _reasons_about_address(tag: str) -> list[Reason]:
    if tag not in address_parts():
        return []
    return [Reason("address", _("The site has other pages at “/%(tag)s/”.") % {"tag": tag})]


def _reasons_about_columns(tag: str, stored: Iterable[str]) -> list[Reason]:
    others = list(stored)
    taken = [other for other in others if build_lang(other) == build_lang(tag)]
    hidden = hidden_names(tag)
    model, width = widest(len(others) + 1)
    reasons = []
    if taken:
        message = _("The columns of “%(tag)s” would be called like those of “%(other)s”.")
        reasons.append(Reason("columns", message % {"tag": tag, "other": taken[0]}))
    if hidden and not taken:
        message = _("Columns of “%(tag)s” would hide %(names)s.")
        reasons.append(Reason("columns", message % {"tag": tag, "names": ", ".join(hidden)}))
    if width > BUDGET:
        message = _("%(model)s would have %(width)d translated columns; more than %(budget)d do not fit in a row.")
        reasons.append(Reason("budget", message % {"model": model, "width": width, "budget": BUDGET}))
    return reasons
