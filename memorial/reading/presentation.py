"""What the page of an edition shows: all of it sealed, but for the way to other pages."""

from typing import Any

from django.utils.translation import gettext as _

from memorial.publishing.models import Edition
from memorial.publishing.outdated import newer_meaning
from memorial.text.anchors import anchored

from . import withdrawn, wording
from .addresses import Alternate, absolute, of_statement, permalink
from .cards import cards
from .editions import StatementEditions, neighbours, related


def of(edition: Edition, editions: StatementEditions) -> dict[str, Any]:
    """Return the context of a page that shows ``edition``. Up to four queries: its neighbours, its related ones.

    One more where it has been withdrawn.
    """
    lang, facts = edition.language, edition.facts
    rows = editions.by_language[lang]
    before, after = neighbours(edition)
    return {
        "edition": edition,
        "facts": facts,
        "body": anchored(edition.body, lambda key: _("Link to paragraph %(key)s") % {"key": key}),
        "standing": wording.standing(facts, lang),
        "is_the_issuers_full_text": wording.is_the_issuers_full_text(facts),
        "common_event": common_event(facts["figures"]),
        "withdrawal": withdrawn.notice(edition),
        "newest": rows[0],
        "released": len(rows),
        "is_newest": edition.pk == rows[0].pk,
        "permalink": absolute(permalink(edition.statement.sid)),
        "address": of_statement(edition, "edition", number=edition.number),
        "address_of_text": of_statement(edition, "edition_text", number=edition.number),
        "address_of_history": of_statement(edition, "history"),
        "address_of_newest": of_statement(edition),
        "previous": (before, of_statement(before)) if before else None,
        "next": (after, of_statement(after)) if after else None,
        "related": cards(related(edition), lang),
    }


def newer_source(edition: Edition, editions: StatementEditions) -> Alternate | None:
    """Return the page of the text that ``edition`` was made from, if that has changed in meaning since. One query."""
    source = newer_meaning(edition)
    if source is None:
        return None
    is_original = source.language == editions.original_language
    return Alternate(source.language, of_statement(source), is_original=is_original, title=source.title)


def common_event(figures: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The one event that all figures are about, so that a table need not repeat it."""
    events = {figure["event"]["slug"]: figure["event"] for figure in figures}
    return next(iter(events.values())) if len(events) == 1 else None
