"""Building an edition out of a revision and the facts around it, by the one recipe that there is."""

from datetime import datetime
from typing import Any

from memorial.accounts.models import User
from memorial.text.canonical import canonical, digest
from memorial.translations.models import Revision, Text

from .facts import Record, facts_of
from .models import Edition


def seal(
    record: Record,
    text: Text,
    revision: Revision,
    *,
    number: int,
    change: str,
    note: str,
    visible_from: datetime,
    sealed_at: datetime,
    by: User,
) -> Edition:
    """Return edition ``number`` of ``text``, not yet stored; its events and places are those of the statement."""
    statement = record.statement
    facts = facts_of(record, text, revision)
    hashed: dict[str, Any] = {
        "number": number,
        "language": text.language,
        "title": revision.title,
        "summary": revision.summary,
        "body": revision.body,
        "note": note,
        "visible_from": visible_from,
        "sealed_at": sealed_at,
    }
    exact = canonical(facts, **hashed)
    return Edition(
        **hashed,
        statement=statement,
        revision=revision,
        change=change,
        sealed_by=by,
        kind=statement.kind,
        issuer=statement.issuer,
        occasion=statement.occasion,
        dated=statement.dated,
        earliest=statement.earliest,
        latest=statement.latest,
        origin=text.origin,
        completeness=text.completeness,
        facts=facts,
        canonical=exact,
        sha256=digest(exact),
    )
