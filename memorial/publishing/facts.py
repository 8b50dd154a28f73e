"""The facts around a text that are sealed with it: all that a statement page shows beside title, summary and body."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from memorial.languages.columns import languages
from memorial.languages.labels import label
from memorial.statements.models import Attachment, Figure, Source, Statement
from memorial.text.blocks import blocks
from memorial.translations.models import Revision, Text

from .models import Edition

# Format 1 is without the ids of figures (``fid``) and sources (``ref``), and without the source of a figure. Editions
# that were sealed in it stay as they are, and every reader of facts must do without these.
FORMAT = 2
Facts = dict[str, Any]


def keys_in(body: str) -> set[str]:
    """The keys of all blocks of a kept body."""
    return {block.key for block in blocks(body) if block.key}


@dataclass(frozen=True)
class Record:
    """A statement with everything that its facts are made of, in a constant number of queries.

    ``first_editions`` says for a revision which edition of its language it first was; ``released`` holds the related
    statements that readers can see at ``moment``, so that a sealed page never names a draft.
    """

    statement: Statement
    sources: list[Source]
    figures: list[Figure]
    attachments: list[Attachment]
    related: list[Statement]
    first_editions: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, statement: Statement, moment: datetime | None = None) -> "Record":
        """Read the record afresh. Eight queries, whatever the number of languages."""
        fresh = (
            Statement.objects.select_related("issuer", "occasion")
            .prefetch_related("events", "places")
            .get(pk=statement.pk)
        )
        editions = Edition.objects.filter(statement=fresh).order_by("-number")
        visible = Edition.objects.visible(moment or timezone.now())
        return cls(
            fresh,
            list(fresh.sources.all()),
            list(fresh.figures.select_related("claimant", "event", "source")),
            list(fresh.attachments.all()),
            list(
                # By EXISTS: as a list of all visible editions the planner may read them all, for each statement again.
                fresh.related.filter(Exists(visible.filter(statement=OuterRef("pk"))))
                .exclude(pk=fresh.pk)
                .order_by("earliest", "sid")
            ),
            dict(editions.values_list("revision_id", "number")),  # the lowest number is written last
        )


def facts_of(record: Record, text: Text, revision: Revision) -> Facts:
    """The facts around ``revision`` of ``text``, with labels in its language, else in the language that they say."""
    statement, tag = record.statement, text.language
    keys = keys_in(revision.body) if record.figures else set()
    return {
        "format": FORMAT,
        "statement": {
            "sid": statement.sid,
            "slug": statement.slug,
            "kind": statement.kind,
            "person": statement.person,
            "person_role": statement.person_role,
            "dated": statement.dated,
            "issued": statement.issued,
            "original_language": statement.original_language,
        },
        "issuer": {**_named(statement.issuer, tag), "kind": statement.issuer.kind},
        "occasion": _occasion(statement, tag),
        "events": [{**_named(event, tag), "dated": event.dated} for event in statement.events.all()],
        "places": [_named(place, tag) for place in statement.places.all()],
        "text": {
            "origin": text.origin,
            "completeness": text.completeness,
            "credit": text.credit,
            "based_on": _base(record, revision),
        },
        "sources": [_source(source, tag) for source in record.sources],
        "figures": [_figure(figure, tag, keys) for figure in record.figures],
        "attachments": [_attachment(attachment, tag) for attachment in record.attachments],
        "related": [{"sid": other.sid, "slug": other.slug} for other in record.related],
    }


def is_same(sealed: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Say whether facts tell readers the same, though an earlier format tells it without ids."""
    if sealed["format"] != now["format"]:
        sealed, now = _without_ids(sealed), _without_ids(now)
    return sealed == now


def _without_ids(facts: Mapping[str, Any]) -> Facts:
    """The facts as format 1 has them."""
    sources = [{**source, "ref": None} for source in facts["sources"]]
    figures = [{**figure, "fid": None, "source": None} for figure in facts["figures"]]
    return {**facts, "format": 1, "sources": sources, "figures": figures}


def own_part(facts: Mapping[str, Any]) -> Facts:
    """The facts without what changes when *other* texts are published: related statements, the base's edition."""
    text = dict(facts["text"])
    if text["based_on"]:
        text["based_on"] = {**text["based_on"], "edition": None}
    return {**facts, "text": text, "related": []}


def in_any_language(obj: Any, name: str, tag: str) -> tuple[str, str]:
    """A label and its language: in ``tag``, else in a fallback of it, else in whichever language has one."""
    for candidate in (tag, *languages()):
        if found := label(obj, name, candidate):
            return found.text, found.lang
    return "", tag


def source_itself(source: Source) -> Facts:
    """What a source is, in no language: all but the note about it."""
    return {
        "ref": source.ref,
        "publisher": source.publisher,
        "url": source.url,
        "language": source.language,
        "published": source.published,
        "what": source.what,
    }


def _named(obj: Any, tag: str) -> Facts:
    name, lang = in_any_language(obj, "name", tag)
    return {"slug": obj.slug, "name": name, "lang": lang}


def _occasion(statement: Statement, tag: str) -> Facts | None:
    occasion = statement.occasion
    if occasion is None:
        return None
    day = {"month": occasion.month, "day": occasion.day}
    return {**_named(occasion, tag), "anniversary": statement.anniversary, **day}


def _base(record: Record, revision: Revision) -> Facts | None:
    base = revision.based_on
    if base is None:
        return None
    return {"language": base.text.language, "edition": record.first_editions.get(base.pk)}


def _source(source: Source, tag: str) -> Facts:
    note, lang = in_any_language(source, "note", tag)
    return {**source_itself(source), "note": note, "note_lang": lang}


def _figure(figure: Figure, tag: str, keys: set[str]) -> Facts:
    described, lang = in_any_language(figure, "described", tag)
    return {
        "fid": figure.fid,
        "claimant": _named(figure.claimant, tag),
        "measure": figure.measure,
        "precision": figure.precision,
        "minimum": figure.minimum,
        "maximum": figure.maximum,
        "described": described,
        "described_lang": lang,
        "wording": figure.wording,
        "wording_language": figure.wording_language,
        "block": figure.block if figure.block in keys else "",
        "claimed": figure.claimed,
        "event": _named(figure.event, tag),
        "source": figure.source.ref if figure.source else "",
    }


def _attachment(attachment: Attachment, tag: str) -> Facts:
    caption, lang = in_any_language(attachment, "caption", tag)
    return {
        "name": attachment.name,
        "size": attachment.size,
        "content_type": attachment.content_type,
        "sha256": attachment.sha256,
        "language": attachment.language,
        "caption": caption,
        "caption_lang": lang,
    }
