"""Describing a language anew, and a person's word that its formats and direction are right."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action
from memorial.accounts.refusal import Reason, Refused

from .enrol import next_version, stored_language, take_the_set
from .models import Language, LanguageChange
from .readiness import reasons_about, reasons_about_description

Done = LanguageChange.Action
# What processes keep in memory: when one of these changes, they reload. The rule of review is read anew each time.
KEPT_IN_MEMORY = frozenset({"name_en", "name_own", "script", "direction", "fallbacks", "position", "plurals_like"})
DESCRIPTION = KEPT_IN_MEMORY | {"review"}


def amend_language(
    tag: str,
    *,
    by: User | None,
    name_en: str | None = None,
    name_own: str | None = None,
    script: str | None = None,
    direction: str | None = None,
    fallbacks: Iterable[str] | None = None,
    position: int | None = None,
    review: str | None = None,
    plurals_like: str | None = None,
) -> Language:
    """Describe a language anew; what is None stays. Processes reload where they keep in memory what has changed.

    Raises Refused. Where nothing is different, nothing is written.
    """
    given = {
        "name_en": name_en, "name_own": name_own, "script": script, "direction": direction,
        "fallbacks": None if fallbacks is None else list(fallbacks), "position": position,
        "review": review, "plurals_like": plurals_like,
    }  # fmt: skip
    with transaction.atomic():
        take_the_set()
        language = stored_language(tag, by=by)
        new = {name: value for name, value in given.items() if value is not None and value != getattr(language, name)}
        for name, value in new.items():
            setattr(language, name, value)
        stored = set(Language.objects.values_list("tag", flat=True))
        if reasons := reasons_about_description(language, stored):
            raise Refused(reasons)
        if new:
            language.save(update_fields=new)
            LanguageChange.objects.create(language=tag, action=Done.AMENDED, by=by)
        if KEPT_IN_MEMORY & new.keys():
            next_version()
    return language


def what_is_confirmed(language: Language) -> str:
    """What a person looks at who confirms formats and direction, in one line: names, script and direction."""
    return " · ".join([language.name_own, language.name_en, language.script, language.direction])


def is_confirmed(language: Language) -> bool:
    """Say whether somebody has confirmed formats and direction of the language as it is described now. One query."""
    return confirmation(language) is not None


def confirmation(language: Language) -> LanguageChange | None:
    """Who confirmed, when: the newest confirmation, as long as it was of this description. One query."""
    confirmed = LanguageChange.objects.filter(language=language.tag, action=Done.CONFIRMED).select_related("by").first()
    return confirmed if confirmed and confirmed.note == what_is_confirmed(language) else None


def reasons_not_to_confirm(language: Language, *, by: User | None) -> list[Reason]:
    """Every reason why ``by`` cannot confirm formats and direction of a language now."""
    reasons = []
    if reasons_about(by, Action.CHANGE_PHRASE, language.tag):
        message = _("Formats and direction are confirmed by somebody who translates into this language.")
        reasons.append(Reason("not-allowed", message))
    if is_confirmed(language):
        reasons.append(Reason("confirmed", _("Formats and direction are confirmed already.")))
    return reasons


def confirm_formats(tag: str, *, by: User | None, seen: str | None = None) -> Language:
    """Keep a person's word that formats and direction are right; it holds until these are described anew.

    ``seen`` is what they were shown, as ``what_is_confirmed`` gave it. Raises Refused when it has changed since.
    """
    with transaction.atomic():
        take_the_set()
        language = stored_language(tag, by=by, may=Action.CHANGE_PHRASE)
        reasons = reasons_not_to_confirm(language, by=by)
        shown = what_is_confirmed(language)
        if seen is not None and seen != shown:
            message = _("The language has been described anew since this page was opened. Look at it again.")
            reasons.append(Reason("described-since", message))
        if reasons:
            raise Refused(reasons)
        LanguageChange.objects.create(language=tag, action=Done.CONFIRMED, by=by, note=shown)
    return language
