"""Private drafts: what somebody has typed and not saved. Never a revision, and never seen by anybody else."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import languages
from memorial.languages.formats import in_words
from memorial.statements.models import Statement
from memorial.text.characters import without_invisible
from memorial.text.clean import clean

from .models import PrivateDraft, Revision, Text
from .save import lines, one_line

#: Characters of title, summary and text together; a long book has about as many.
LONGEST_DRAFT = 1_000_000
#: What a draft may hold of the facts about a text.
FACTS = ("origin", "completeness", "credit")

_KEY = re.compile(r' data-key="[^"]*"')


def reasons_against_keeping(
    statement: Statement,
    language: str,
    *,
    by: User,
    length: int = 0,
    seen: Revision | None = None,
    based_on: Revision | None = None,
) -> list[Reason]:
    """Every reason why this draft cannot be kept; ``length`` is that of all that was typed. No query."""
    name = {"language": in_words(language)}
    reasons = []
    if not may(by, Action.CHANGE_TEXT, language):
        reasons.append(Reason("not-allowed", _("You may not change texts in %(language)s.") % name))
    if language not in languages():
        reasons.append(Reason("language-unknown", _("The site has no language “%(tag)s”.") % {"tag": language}))
    if length > LONGEST_DRAFT:
        message = _("The text in %(language)s is too long to be kept as a draft: divide it.")
        reasons.append(Reason("too-long", message % name))
    if seen is not None and (seen.text.statement_id, seen.text.language) != (statement.pk, language):
        message = _("The draft in %(language)s was begun on another text.")
        reasons.append(Reason("seen-elsewhere", message % name))
    if based_on is not None and based_on.text.statement_id != statement.pk:
        reasons.append(Reason("base-elsewhere", _("A translation is made from a text of the same statement.")))
    elif based_on is not None and based_on.text.language == language:
        reasons.append(Reason("base-is-itself", _("A translation is made from a text in another language.")))
    return reasons


def keep_draft(
    statement: Statement,
    language: str,
    *,
    by: User,
    title: str,
    summary: str,
    body: str,
    facts: Mapping[str, Any],
    seen: Revision | None,
    based_on: Revision | None,
) -> PrivateDraft:
    """Keep what ``by`` has typed, in place of what was kept before; it need not be complete. Raises Refused.

    ``seen`` is the head that the page was opened with, ``based_on`` the revision of the source beside it.
    """
    length = len(title) + len(summary) + len(body)
    reasons = reasons_against_keeping(statement, language, by=by, length=length, seen=seen, based_on=based_on)
    if reasons:
        raise Refused(reasons)
    typed = {
        "title": without_invisible(title),
        "summary": without_invisible(summary),
        "body": clean(body),
        "facts": {name: without_invisible(str(facts[name]))[:1000] for name in FACTS if facts.get(name) is not None},
        "seen": seen,
        "based_on": based_on,
        "typed_at": timezone.now(),
    }
    return PrivateDraft.objects.update_or_create(statement=statement, language=language, by=by, defaults=typed)[0]


def draft_of(statement: Statement, language: str, by: User) -> PrivateDraft | None:
    """What ``by`` has typed in this language and not saved; None where it is what the newest revision says too."""
    draft = PrivateDraft.objects.filter(statement=statement, language=language, by=by.pk).select_related(
        "seen__saved_by", "based_on__text"
    )
    found = draft.first()
    text = Text.objects.filter(statement=statement, language=language).select_related("head").first()
    return None if found is None or says_the_same(found, text) else found


def discard_draft(statement: Statement, language: str, *, by: User) -> None:
    """Forget what ``by`` has typed in this language and not saved."""
    PrivateDraft.objects.filter(statement=statement, language=language, by=by.pk).delete()


def says_the_same(draft: PrivateDraft, text: Text | None) -> bool:
    """Say whether a draft is what the newest revision of its text says too. No query for a text with its head."""
    head = text.head if text else None
    typed = (one_line(draft.title), lines(draft.summary), _KEY.sub("", draft.body))
    saved = (head.title, head.summary, _KEY.sub("", head.body)) if head else ("", "", "")
    if typed != saved:
        return False
    return text is None or all(one_line(str(value)) == getattr(text, name) for name, value in draft.facts.items())
