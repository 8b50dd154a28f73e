"""Statements and their editions, as the API finds and writes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.http import Http404
from django.utils import timezone, translation

from memorial.publishing.models import Edition, EditionQuerySet
from memorial.reading.addresses import absolute, of_statement, permalink
from memorial.reading.citing.citation import citation
from memorial.reading.citing.plain import plain
from memorial.reading.finding import Wish
from memorial.statements.models import Issuer, Occasion
from memorial.text.blocks import blocks

from . import asked, cursors
from .naming import Data, api_url, dated, reference
from .paging import sheet
from .withdrawn import removal, tell_withdrawn

LINE = (
    "statement_id", "language", "number", "change", "note", "visible_from", "title", "summary", "origin",
    "completeness", "sha256", "kind", "issuer_id", "occasion_id", "dated", "earliest", "latest",
    "statement__sid", "statement__slug",
)  # fmt: skip


def representatives(wish: asked.Statements, now: datetime) -> EditionQuerySet:
    """One visible edition for each statement: that of the language asked for, else the one released last."""
    visible = Edition.objects.visible(now)
    if wish.lang:
        chosen = visible.filter(language=wish.lang)
    else:
        others = Edition.objects.visible(now).filter(statement=OuterRef("statement"))
        moment = OuterRef("visible_from")
        after = others.filter(Q(visible_from__gt=moment) | Q(visible_from=moment, pk__gt=OuterRef("pk")))
        chosen = visible.filter(~Exists(after))
    filters = Wish(issuer=wish.issuer, occasion=wish.occasion, event=wish.event, year=wish.year)
    chosen = chosen.filter(filters.condition())
    if wish.place:
        links: Any = Edition.places.through
        chosen = chosen.filter(Exists(links.objects.filter(edition=OuterRef("pk"), place__slug=wish.place)))
    if wish.original:
        chosen = chosen.filter(facts__statement__original_language=wish.original)
    return chosen


def page(wish: asked.Statements, public: Sequence[str]) -> Data:
    """One page of statements, those of the latest date first. Four queries at most."""
    now = timezone.now()
    rows = representatives(wish, now)
    if wish.cursor:
        day, key = cursors.read("statements", wish.cursor)
        day = date.fromisoformat(day)
        rows = rows.filter(Q(earliest__lt=day) | Q(earliest=day, statement__lt=key))
    rows = _lines(rows).latest_first()
    shown, following = sheet("statements", wish, rows, lambda row: (row.earliest, row.statement_id))
    return {
        "items": listed(shown, by_statement([row.statement_id for row in shown], now), public),
        "next": following,
        "total": None,
    }


def listed(rows: Sequence[Edition], siblings: Mapping[int, list[Edition]], public: Sequence[str]) -> list[Data]:
    """Statements as the editions ``rows`` say, each with all its newest editions. Two queries."""
    issuers = _labels(Issuer, (row.issuer_id for row in rows))
    occasions = _labels(Occasion, (row.occasion_id for row in rows))
    return [
        line(row, siblings[row.statement_id], issuers[row.issuer_id], occasions.get(row.occasion_id), public)
        for row in rows
    ]


def one(sid: str, public: Sequence[str]) -> Data:
    """A statement with all its newest editions. Six queries; three more where it was withdrawn in every language.

    Raises Http404 where nothing of it is public, and Removed where nothing of it is any more.
    """
    now = timezone.now()
    found = list(_lines(Edition.objects.visible(now).filter(statement__sid=sid)).order_by("language"))
    found = found or _still_readable(sid, now)
    if not found:
        raise removal(sid) or Http404("nothing of this statement is public")
    last = max(found, key=lambda row: (row.visible_from, row.pk))
    facts = Edition.objects.released().values_list("facts__statement", flat=True).get(pk=last.pk)
    issuers, occasions = _labels(Issuer, [last.issuer_id]), _labels(Occasion, [last.occasion_id])
    shown = line(last, found, issuers[last.issuer_id], occasions.get(last.occasion_id), public)
    return {
        **shown,
        "summary": {row.language: row.summary for row in found if row.summary},
        "person": facts["person"],
        "person_role": facts["person_role"],
        "issued": facts["issued"],
        "events": [reference(row, "event", public) for row in last.events.all()],
        "places": [reference(row, "place", public) for row in last.places.all()],
        "editions_url": api_url("editions", sid=sid),
        "figures_url": f"{api_url('figures')}?statement={sid}",
    }


def editions_page(sid: str, wish: asked.Editions) -> Data:
    """One page of a statement's released editions, those released last first. Raises Http404 and Removed.

    Two queries at most, and one where some are withdrawn.
    """
    rows = _lines(Edition.objects.released(timezone.now()).filter(statement__sid=sid)).with_withdrawal_key()
    if not rows.exists():
        raise removal(sid) or Http404("nothing of this statement is public")
    if wish.lang:
        rows = rows.filter(language=wish.lang)
    if wish.cursor:
        moment, key = cursors.read("editions", wish.cursor)
        moment = datetime.fromisoformat(moment)
        rows = rows.filter(Q(visible_from__lt=moment) | Q(visible_from=moment, pk__lt=key))
    rows = rows.order_by("-visible_from", "-pk")
    shown, following = sheet("editions", wish, rows, lambda row: (row.visible_from, row.pk), sid=sid)
    tell_withdrawn(shown)
    return {"items": [edition_line(row) for row in shown], "next": following}


def edition(sid: str, lang: str, number: int) -> tuple[Data, datetime]:
    """One released edition in full, and when its answer last changed. Raises Http404 and Removed.

    Two queries, three where it is withdrawn.
    """
    released = Edition.objects.released(timezone.now()).filter(statement__sid=sid, language=lang)
    row = released.with_withdrawal_key().select_related("statement").filter(number=number).first()
    if row is None:
        raise removal(sid, lang, number) or Http404("no released edition has this number")
    tell_withdrawn([row])
    newest = released.only("number", "visible_from").latest("number")
    line = edition_line(row)
    withdrawn = line["withdrawn"]
    data = {
        **line,
        "sid": sid,
        "statement_url": api_url("statement", sid=sid),
        "is_newest": newest.number == row.number,
        "sealed_at": row.sealed_at,
        "kind": row.kind,
        "dated": dated(row.dated, row.earliest, row.latest),
        "summary": row.summary,
        "body": row.body,
        "blocks": [
            {"key": each.key, "kind": each.kind, "text": each.text, "lang": each.lang} for each in blocks(row.body)
        ],
        "facts": row.facts,
        "canonical": row.canonical,
        "text_url": absolute(of_statement(row, "edition_text", number=row.number)),
        "citation": _cited(row),
    }
    return data, max(newest.visible_from, withdrawn["at"]) if withdrawn else newest.visible_from


def _cited(row: Edition) -> str:
    """How the edition is cited, in its own language."""
    with translation.override(row.language):
        return plain(citation(row))


def line(
    row: Edition, siblings: Iterable[Edition], issuer: Issuer, occasion: Occasion | None, public: Collection[str]
) -> Data:
    """A statement as its edition ``row`` says, with its newest editions in all languages."""
    sid, siblings = row.statement.sid, list(siblings)
    return {
        "sid": sid,
        "url": absolute(permalink(sid)),
        "api_url": api_url("statement", sid=sid),
        "kind": row.kind,
        "issuer": reference(issuer, "issuer", public),
        "occasion": reference(occasion, "occasion", public) if occasion else None,
        "dated": dated(row.dated, row.earliest, row.latest),
        "original_language": row.original_language,  # type: ignore[attr-defined] # annotated by _lines()
        "title": {each.language: each.title for each in siblings},
        "editions": [edition_line(each) for each in siblings],
    }


def edition_line(row: Edition) -> Data:
    """An edition without its text."""
    sid, number = row.statement.sid, row.number
    return {
        "language": row.language,
        "number": number,
        "change": row.change,
        "note": row.note,
        "visible_from": row.visible_from,
        "title": row.title,
        "origin": row.origin,
        "completeness": row.completeness,
        "sha256": row.sha256,
        "withdrawn": getattr(row, "withdrawn", None),  # by tell_withdrawn(); what is visible is not withdrawn
        "url": absolute(of_statement(row, "edition", number=number)),
        "api_url": api_url("edition", sid=sid, lang=row.language, number=number),
    }


def _still_readable(sid: str, now: datetime) -> list[Edition]:
    """The newest editions of a statement that was withdrawn in every language. Two queries."""
    rows = _lines(Edition.objects.released(now).filter(statement__sid=sid)).with_withdrawal_key()
    newest = {row.language: row for row in rows.order_by("language", "number")}
    tell_withdrawn(newest.values())
    return list(newest.values())


def _lines(rows: EditionQuerySet) -> EditionQuerySet:
    """Only what a line shows: not the body, the facts and the canonical form."""
    narrow = rows.select_related("statement").only(*LINE)
    return narrow.annotate(original_language=KT("facts__statement__original_language"))


def by_statement(keys: Sequence[int], now: datetime) -> dict[int, list[Edition]]:
    """The visible editions of statements, by language. One query."""
    found: dict[int, list[Edition]] = defaultdict(list)
    for row in _lines(Edition.objects.visible(now).filter(statement__in=keys)).order_by("language"):
        found[row.statement_id].append(row)
    return found


def _labels(model: Any, keys: Iterable[int | None]) -> dict[int | None, Any]:
    """Labels with their names in all languages, by key. One query."""
    return dict(model.objects.in_bulk({key for key in keys if key is not None}))
