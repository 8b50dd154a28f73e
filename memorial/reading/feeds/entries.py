"""Entries of feeds: what is new, a statement an entry; and what has changed, an edition or a withdrawal an entry."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.db.models import Min
from django.utils.translation import gettext as _

from memorial.languages.formats import format_number
from memorial.publishing.models import Edition, Withdrawal
from memorial.reading.addresses import absolute, of_statement
from memorial.reading.paths import path_to
from memorial.reading.withdrawn import TakenBack, taken_back
from memorial.reading.wording import kind_heading, standing

from .atom import Entry, Link
from .identity import tag_uri
from .subject import Subject

AT_MOST = 30


def news(subject: Subject) -> list[Entry]:
    """Return the newest statements of ``subject``, those published or published again last first. Three queries."""
    visible = Edition.objects.visible().filter(subject.condition(), language=subject.lang)
    return statement_entries(_in_full(visible.order_by("-visible_from", "-pk")[:AT_MOST]))


def changes(subject: Subject) -> list[Entry]:
    """Return the newest editions, superseded ones too, and withdrawals of ``subject``, the newest first.

    Two queries, three where something was withdrawn.
    """
    released = Edition.objects.released().filter(subject.condition(), language=subject.lang)
    withdrawn = Withdrawal.objects.public().filter(language=subject.lang).about(subject.condition()).with_edition()
    # Of one moment, what was withdrawn stands above: it was published before.
    found = [_withdrawal_entry(each) for each in taken_back(list(withdrawn.newest_first()[:AT_MOST]))]
    found += [_edition_entry(edition) for edition in _in_full(released.order_by("-visible_from", "-pk")[:AT_MOST])]
    return sorted(found, key=lambda entry: entry.updated, reverse=True)[:AT_MOST]


def statement_entries(editions: Sequence[Edition]) -> list[Entry]:
    """Return an entry for each of these visible editions, in their order. Two queries, none for no editions."""
    if not editions:
        return []
    statements = [edition.statement_id for edition in editions]
    first = _first_moments(statements, editions[0].language)
    others = _other_languages(statements)
    return [
        _entry(
            edition,
            id=tag_uri("statement", edition.statement.sid, edition.language),
            title=edition.title,
            published=first.get(edition.statement_id, edition.visible_from),
            summary="\n".join(filter(None, (edition.summary, standing(edition.facts, edition.language), edition.note))),
            more=[each for each in others.get(edition.statement_id, []) if each.hreflang != edition.language],
        )
        for edition in editions
    ]


def _edition_entry(edition: Edition) -> Entry:
    number = {"number": format_number(edition.number, edition.language), "title": edition.title}
    return _entry(
        edition,
        id=tag_uri("statement", edition.statement.sid, edition.language, edition.number),
        title=_("%(title)s – edition %(number)s") % number if edition.number > 1 else edition.title,
        published=edition.visible_from,
        summary=edition.note or str(edition.get_change_display()),
        path=of_statement(edition, "edition", number=edition.number),
    )


def _withdrawal_entry(news: TakenBack) -> Entry:
    edition, withdrawal = news.edition, news.withdrawal
    kind = "withdrawal" if withdrawal.keeps_text else "removal"
    issuer = edition.facts["issuer"]
    return Entry(
        id=tag_uri("statement", edition.statement.sid, edition.language, edition.number, kind),
        title=news.heading,
        address=news.address,
        author=issuer["name"],
        author_address=absolute(path_to("issuer", lang=edition.language, slug=issuer["slug"])),
        lang=withdrawal.language,
        published=withdrawal.withdrawn_at,
        updated=withdrawal.withdrawn_at,
        summary="\n".join(news.sentences),
    )


def _entry(
    edition: Edition,
    *,
    id: str,
    title: str,
    published: datetime,
    summary: str,
    path: str = "",
    more: Iterable[Link] = (),
) -> Entry:
    facts = edition.facts
    issuer = path_to("issuer", lang=edition.language, slug=facts["issuer"]["slug"])
    read_at = [Link("via", source["url"], hreflang=source["language"]) for source in facts["sources"] if source["url"]]
    text = of_statement(edition, "edition_text", number=edition.number)
    return Entry(
        id=id,
        title=title,
        address=absolute(path or of_statement(edition)),
        author=facts["issuer"]["name"],
        author_address=absolute(issuer),
        lang=edition.language,
        published=published,
        updated=edition.visible_from,
        summary=summary,
        kinds=(kind_heading(edition.kind),),
        links=(*more, *read_at, Link("related", absolute(text), "text/plain", edition.language)),
    )


def _in_full(editions: Iterable[Edition]) -> list[Edition]:
    return list(editions.select_related("statement").defer("body", "canonical"))  # type: ignore[attr-defined]


def _first_moments(statements: list[int], lang: str) -> dict[int, datetime]:
    """When each was first published in this language."""
    rows = Edition.objects.released().filter(statement__in=statements, language=lang).order_by()
    return dict(rows.values_list("statement").annotate(first=Min("visible_from")))


def _other_languages(statements: list[int]) -> dict[int, list[Link]]:
    rows = Edition.objects.visible().filter(statement__in=statements).cards().order_by("statement_id", "language")
    return {
        # By the letter they are alternates; feed readers then open whichever stands last.
        statement: [Link("related", absolute(of_statement(row)), "text/html", row.language) for row in group]
        for statement, group in groupby(rows, key=lambda row: row.statement_id)
    }
