"""Saving a phrase: every form or none, never over somebody else's, and in the log."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.enrol import take_the_set
from memorial.languages.models import Language, LanguageSet, Phrase, PhraseSave

from . import runtime
from .kept import fitted, reasons_against_form
from .shipped import shipped
from .source import Source, sources
from .standing import categories_for

Forms = Mapping[str, str]


class PhraseConflict(Refused):
    """Somebody saved this phrase since the form was opened. ``theirs`` is what they saved."""

    def __init__(self, theirs: Phrase | None) -> None:
        self.theirs = theirs
        name = str(theirs.saved_by or "") if theirs else ""
        message = (
            _("%(name)s has saved this phrase since you opened it. Compare the two, then save again.") % {"name": name}
            if name
            else _("This phrase has been saved since you opened it. Compare the two, then save again.")
        )
        super().__init__([Reason("saved-since", message)])


def reasons_against_phrase(source: Source, tag: str, forms: Forms, by: User | None) -> list[Reason]:
    """Every reason why ``forms`` (by plural category) cannot stand for ``source``. No query but for the rights.

    Empty forms mean the shipped catalogue's again. ``by`` None is the operator at the command line.
    """
    return [*_reasons_about(by, tag), *_reasons_about_forms(source, tag, forms)]


def reasons_about_language(tag: str, by: User | None) -> list[Reason]:
    """Every reason why somebody cannot save any phrase of a language. One query beside those for the rights."""
    reasons = _reasons_about(by, tag)
    if not Language.objects.with_columns().filter(pk=tag).exists():
        reasons.append(Reason("language-unknown", _("The site has no language “%(tag)s”.") % {"tag": tag}))
    return reasons


def save_phrase(tag: str, key: str, forms: Forms, *, seen: int, by: User | None) -> Phrase:
    """Save what the site says for a source in a language; readers get it within seconds.

    ``seen`` is the version that the form was opened with, 0 for none. Forms that are empty, or the shipped ones, put
    the shipped ones back. Where nothing would change nothing is written. Raises Refused, and PhraseConflict when
    somebody else has saved something different since.
    """
    source = sources().get(key)
    if source is None:
        raise Refused([Reason("unknown", _("The interface has no such string any more."))])
    if reasons := [*reasons_about_language(tag, by), *_reasons_about_forms(source, tag, forms)]:
        raise Refused(reasons)
    with transaction.atomic():
        take_the_set()
        phrase, has_changed = write(tag, source, forms, seen=seen, by=by)
        if has_changed:
            tell_everyone(tag)
    return phrase


def write(tag: str, source: Source, forms: Forms, *, seen: int, by: User | None) -> tuple[Phrase, bool]:
    """Store forms that were found to be right, and return the phrase and whether anything has changed.

    Called in a transaction that has taken the set. Raises PhraseConflict.
    """
    kept = {name: fitted(source, forms.get(name, "")) for name in categories_for(tag, source)}
    if not all(kept.values()) or kept == shipped(tag, source):
        kept = {}
    stored = Phrase.objects.filter(language=tag, key=source.key).select_related("saved_by").first()
    if kept == (stored.forms if stored else {}):
        return stored or _unsaved(tag, source), False
    if (stored.version if stored else 0) != seen:
        raise PhraseConflict(stored)
    return _write(tag, source, kept, seen=seen, by=by), True


def tell_everyone(tag: str) -> None:
    """Let this process use what was saved once it is committed, and every other one when it looks next."""
    LanguageSet.objects.update(phrases=F("phrases") + 1)
    transaction.on_commit(lambda: runtime.refresh(tag))


def _write(tag: str, source: Source, forms: dict[str, str], *, seen: int, by: User | None) -> Phrase:
    now = timezone.now()
    about = {"context": source.context, "singular": source.singular, "plural": source.plural}
    saved = {"forms": forms, "version": seen + 1, "saved_at": now, "saved_by": by}
    rows = Phrase.objects.filter(language=tag, key=source.key)
    if seen:
        # Another process may be faster: only the one that changes the row has saved it.
        is_ours = bool(rows.filter(version=seen).update(**about, **saved))
    else:
        try:
            with transaction.atomic():
                Phrase.objects.create(language=tag, key=source.key, **about, **saved)
            is_ours = True
        except IntegrityError:
            is_ours = False
    if not is_ours:
        raise PhraseConflict(rows.select_related("saved_by").first())
    PhraseSave.objects.create(language=tag, key=source.key, version=seen + 1, forms=forms, saved_at=now, saved_by=by)
    return rows.select_related("saved_by").get()


def _unsaved(tag: str, source: Source) -> Phrase:
    return Phrase(
        language=tag, key=source.key, context=source.context, singular=source.singular, plural=source.plural,
        forms={}, version=0,
    )  # fmt: skip


def _reasons_about(by: User | None, tag: str) -> list[Reason]:
    if by is None or may(by, Action.CHANGE_PHRASE, tag):
        return []
    return [Reason("not-allowed", _("You may not change the phrases of this language."))]


def _reasons_about_forms(source: Source, tag: str, forms: Forms) -> list[Reason]:
    reasons = []
    expected = categories_for(tag, source)
    if strange := sorted(set(forms) - set(expected)):
        message = _("This language has no plural category %(categories)s.")
        reasons.append(Reason("categories", message % {"categories": ", ".join(strange)}))
    filled = {name: fitted(source, forms.get(name, "")) for name in expected}
    empty = [name for name in expected if not filled[name]]
    if empty and len(empty) < len(expected):
        message = _("Fill every form, or none: missing is %(categories)s.")
        reasons.append(Reason("forms", message % {"categories": ", ".join(empty)}))
    for name, text in filled.items():
        for reason in reasons_against_form(source, tag, name, text) if text else ():
            # One reason for each fault, though several forms have it.
            if reason not in reasons:
                reasons.append(reason)
    return reasons
