"""Saving a text in one language: one revision more, and never over somebody else's."""

import unicodedata
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import column_name, languages
from memorial.languages.formats import language_name
from memorial.languages.models import Language
from memorial.statements.models import Statement
from memorial.text.blocks import with_keys
from memorial.text.clean import clean

from .models import Revision, Text

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


def in_words(tag: str) -> str:
    """The name of a language amid a sentence in the language of the desk."""
    return language_name(tag, get_language() or "en", in_sentence=True) or tag


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
    length = len(_one_line(title))
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
    if credit is not None and len(_one_line(credit)) > LONGEST_CREDIT:
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
    prepared by the archive in any other, and full. Saving what is there already adds no revision.

    Raises Refused, and Conflict where somebody saved this language since ``seen``.
    """
    reasons = reasons_against_saving(
        statement, language, title=title, based_on=based_on, by=by, origin=origin, completeness=completeness,
        credit=credit,
    )  # fmt: skip
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        # Block keys are numbered within the statement, so the texts of one statement are saved one after the other.
        # SQLite's immediate transactions do the same for the whole database.
        locked = Statement.objects.select_for_update(no_key=True).only("last_block", "original_language")
        last = locked.get(pk=statement.pk)
        text = _text(last, language, origin, completeness)
        head = text.head
        base = based_on or (head.based_on if head else None)
        keyed, last_block = with_keys(
            clean(body), previous=head.body if head else None, source=base.body if base else None, last=last.last_block
        )
        words = _Words(_one_line(title), _lines(summary), clean(keyed))
        facts = _facts(text, origin, completeness, credit)
        is_same = head is not None and _is_same(head, words, base)
        if head is not None and is_same and not facts:
            return head
        if head != seen:
            raise Conflict(head, language)
        if head is None or not is_same:
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
        else:
            revision = head
        if not Text.objects.filter(pk=text.pk, head=head).update(head=revision, **facts):
            raise Conflict(Text.objects.get(pk=text.pk).head, language)
        if revision != head:
            _write_head(statement, language, words, last_block)
    return revision


def _text(statement: Statement, language: str, origin: str | None, completeness: str | None) -> Text:
    is_original = language == statement.original_language
    defaults = {
        "origin": origin or (Text.Origin.ISSUED if is_original else Text.Origin.ARCHIVE),
        "completeness": completeness or Text.Completeness.FULL,
    }
    texts = Text.objects.select_related("head__saved_by", "head__based_on")
    return texts.get_or_create(statement_id=statement.pk, language=language, defaults=defaults)[0]


def _facts(text: Text, origin: str | None, completeness: str | None, credit: str | None) -> dict[str, str]:
    """Which columns of ``text`` itself change."""
    given = {"origin": origin, "completeness": completeness, "credit": None if credit is None else _one_line(credit)}
    return {name: value for name, value in given.items() if value is not None and value != getattr(text, name)}


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


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _lines(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")
