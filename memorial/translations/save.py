"""Saving a text in one language: one revision more, and never over somebody else's."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import column_name, languages
from memorial.languages.formats import in_words
from memorial.languages.models import Language
from memorial.statements.models import Statement
from memorial.text.blocks import with_keys
from memorial.text.clean import clean

from .models import PrivateDraft, ReviewStep, Revision, Stage, Text

LONGEST_TITLE = 300
LONGEST_CREDIT = 200


class Conflict(Refused):
    """Somebody saved this language since the form was opened. ``theirs`` is that revision."""

    def __init__(self, theirs: Revision | None, language: str) -> None:
        self.theirs = theirs
        values = {"language": in_words(language), "name": str(theirs.saved_by or "") if theirs else ""}
        message = (
            _(
                "%(name)s has saved the text in %(language)s since you opened it. Nothing of either is lost: "
                "compare the two, then save again."
            )
            if values["name"]
            else _(
                "The text in %(language)s has been saved since you opened it. Nothing of either is lost: "
                "compare the two, then save again."
            )
        )
        super().__init__([Reason("saved-since", message % values)])


@dataclass(frozen=True)
class _Words:
    """What was typed, in the form in which it is kept."""

    title: str
    summary: str
    body: str


def reasons_against_saving(
    statement: Statement,
    language: str,
    *,
    title: str,
    based_on: Revision | None = None,
    by: User,
    origin: str | None = None,
    completeness: str | None = None,
    credit: str | None = None,
) -> list[Reason]:
    """Every reason why this text cannot be saved, whoever else saved meanwhile. One query."""
    reasons = []
    name = {"language": in_words(language)}
    if not may(by, Action.CHANGE_TEXT, language):
        reasons.append(Reason("not-allowed", _("You may not change texts in %(language)s.") % name))
    if language not in languages() or not Language.objects.with_columns().filter(tag=language).exists():
        reasons.append(Reason("language-unknown", _("The site has no language “%(tag)s”.") % {"tag": language}))
    length = len(one_line(title))
    if not length:
        reasons.append(Reason("title-missing", _("Enter the title in %(language)s.") % name))
    if length > LONGEST_TITLE:
        values = {**name, "limit": LONGEST_TITLE, "length": length}
        reasons.append(
            Reason(
                "title-too-long",
                _("The title in %(language)s has %(length)d characters; shorten it to %(limit)d.") % values,
            )
        )
    if credit is not None and len(one_line(credit)) > LONGEST_CREDIT:
        limit = {"limit": LONGEST_CREDIT}
        reasons.append(Reason("credit-too-long", _("Shorten the translator's credit to %(limit)d characters.") % limit))
    if origin is not None and origin not in Text.Origin.values:
        reasons.append(Reason("origin-unknown", _("Choose the origin of the text from the list.")))
    if completeness is not None and completeness not in Text.Completeness.values:
        reasons.append(Reason("completeness-unknown", _("Choose from the list how complete the text is.")))
    if based_on is not None and based_on.text.statement_id != statement.pk:
        reasons.append(Reason("base-elsewhere", _("A translation is made from a text of the same statement.")))
    elif based_on is not None and based_on.text.language == language:
        reasons.append(Reason("base-is-itself", _("A translation is made from a text in another language.")))
    return reasons


def save_text(
    statement: Statement,
    language: str,
    *,
    title: str,
    summary: str,
    body: str,
    seen: Revision | None,
    based_on: Revision | None = None,
    by: User,
    origin: str | None = None,
    completeness: str | None = None,
    credit: str | None = None,
) -> Revision:
    """Save the text of ``statement`` in ``language``; return its newest revision.

    ``seen`` is the head that the form was opened with (None: there was none). ``based_on`` is the revision of another
    language that this one was made from; None keeps what the head was made from. ``origin``, ``completeness`` and
    ``credit`` stay as they are where None; a new text is by default issued by the issuer in the original language and
    prepared by the archive in any other, and full. Saving what is there already adds no revision. What ``by`` had typed
    and not saved in this language is forgotten: it is saved now.

    Raises Refused, and Conflict where somebody saved this language since ``seen``.
    """
    reasons = reasons_against_saving(
        statement, language, title=title, based_on=based_on, by=by, origin=origin, completeness=completeness,
        credit=credit,
    )  # fmt: skip
    if reasons:
        raise Refused(reasons)
    words = _Words(one_line(title), lines(summary), clean(body))
    facts = {"origin": origin, "completeness": completeness, "credit": None if credit is None else one_line(credit)}
    given = {name: value for name, value in facts.items() if value is not None}
    return _save(statement, language, words, seen=seen, based_on=based_on, by=by, facts=given)


def reasons_against_restoring(revision: Revision, *, by: User) -> list[Reason]:
    """Every reason why this revision cannot be restored. Two queries, and one for roles."""
    text = revision.text
    reasons = reasons_against_saving(text.statement, text.language, title=revision.title, by=by)
    if Text.objects.filter(head=revision.pk).exists():
        name = {"language": in_words(text.language)}
        reasons.append(Reason("newest", _("This is the newest revision in %(language)s already.") % name))
    return reasons


def restore(revision: Revision, *, seen: Revision, by: User) -> Revision:
    """Save the words of an earlier revision anew, as a draft made from what they were made from then.

    Its paragraphs get back the keys that they had, also those that newer revisions lack. Nothing but this one language
    changes; what the text is (its origin, completeness and credit) stays. Raises Refused, and Conflict where somebody
    saved this language since ``seen``.
    """
    if reasons := reasons_against_restoring(revision, by=by):
        raise Refused(reasons)
    words = _Words(revision.title, revision.summary, revision.body)
    statement = revision.text.statement
    return _save(statement, revision.text.language, words, seen=seen, by=by, restored=revision)


def _save(
    statement: Statement,
    language: str,
    typed: _Words,
    *,
    seen: Revision | None,
    based_on: Revision | None = None,
    by: User,
    facts: Mapping[str, str] | None = None,
    restored: Revision | None = None,
) -> Revision:
    with transaction.atomic():
        # Block keys are numbered within the statement, so the texts of one statement are saved one after the other.
        # SQLite's immediate transactions do the same for the whole database.
        locked = Statement.objects.select_for_update(no_key=True).only("last_block", "original_language")
        last = locked.get(pk=statement.pk)
        text = _text(last, language, facts or {})
        head = text.head
        base = restored.based_on if restored else based_on or (head.based_on if head else None)
        before = restored or head
        keyed, last_block = with_keys(
            typed.body,
            previous=before.body if before else None,
            source=base.body if base else None,
            last=last.last_block,
        )
        words = replace(typed, body=clean(keyed))
        changed = {name: value for name, value in (facts or {}).items() if value != getattr(text, name)}
        is_same = head is not None and _is_same(head, words, base)
        if head != seen and (changed or not is_same):
            raise Conflict(head, language)
        if head is not None and is_same:
            revision = head
            if changed:
                _change_facts(text, head, changed, by)
        else:
            revision = _add(text, words, base, changed, by)
            _write_head(statement, language, words, last_block)
        PrivateDraft.objects.filter(statement=statement.pk, language=language, by=by.pk).delete()
    return revision


def _text(statement: Statement, language: str, facts: Mapping[str, str]) -> Text:
    is_original = language == statement.original_language
    defaults = {
        "origin": facts.get("origin") or (Text.Origin.ISSUED if is_original else Text.Origin.ARCHIVE),
        "completeness": facts.get("completeness") or Text.Completeness.FULL,
    }
    texts = Text.objects.select_related("head__saved_by", "head__based_on")
    return texts.get_or_create(statement_id=statement.pk, language=language, defaults=defaults)[0]


def _change_facts(text: Text, head: Revision, changed: Mapping[str, str], by: User) -> None:
    """Change what the text is, without a new revision: then what was sent to review or approved is opened again."""
    _update(text, head, changed)
    if text.stage in (Stage.IN_REVIEW, Stage.APPROVED):
        ReviewStep.objects.create(revision=head, action=ReviewStep.Action.REOPENED, by=by)


def _add(text: Text, words: _Words, base: Revision | None, changed: Mapping[str, str], by: User) -> Revision:
    """Add a revision after the head and make it the head."""
    head = text.head
    revision = Revision.objects.create(
        text=text,
        number=head.number + 1 if head else 1,
        title=words.title,
        summary=words.summary,
        body=words.body,
        based_on=base,
        saved_at=timezone.now(),
        saved_by=by,
    )
    _update(text, head, {**changed, "head": revision})
    text.head = revision
    return revision


def _update(text: Text, head: Revision | None, values: Mapping[str, Any]) -> None:
    """Change the text's own row, unless somebody has saved it meanwhile."""
    if not Text.objects.filter(pk=text.pk, head=head).update(**values):
        raise Conflict(Text.objects.get(pk=text.pk).head, text.language)


def _is_same(head: Revision, words: _Words, base: Revision | None) -> bool:
    return _Words(head.title, head.summary, head.body) == words and head.based_on == base


def _write_head(statement: Statement, language: str, words: _Words, last_block: int) -> None:
    """Write this language's columns and no other's, in the row and in the object that the caller holds."""
    columns = {
        column_name("title", language): words.title,
        column_name("summary", language): words.summary,
        "last_block": last_block,
    }
    Statement.objects.filter(pk=statement.pk).update(**columns)
    for column, value in columns.items():
        setattr(statement, column, value)


def one_line(text: str) -> str:
    """Return a title or a name as it is kept: NFC, on one line, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def lines(text: str) -> str:
    """Return a summary as it is kept: NFC, without spaces at the ends of its lines or empty lines around it."""
    kept = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in kept).strip("\n")
