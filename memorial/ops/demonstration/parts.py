"""The rows of one part of the archive, as the database keeps them, with every edition sealed."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from memorial.languages.columns import column_name
from memorial.publishing.models import Edition, SealedFigure
from memorial.reading.models import SearchEntry
from memorial.statements.models import Figure, Source, Statement
from memorial.text.canonical import digest
from memorial.translations.models import Revision, Text

from .imagine import FIGURES_BLOCK, PART, body
from .indexed import Indexed, vector
from .plan import Plan, keys, sequence
from .sealing import Sealing
from .words import words

Rows = dict[Any, list[tuple[Any, ...]]]  # by model, or by the name of its table


def rows_of(plan: Plan, part: int, indexed: Indexed | None = None) -> Rows:
    """Draw a part of the archive and return its rows by table; with ``indexed`` the words stand beside their entries.

    The first statement is proved. Raises AssertionError where it is not what the recipe makes.
    """
    found: Rows = defaultdict(list)
    for number, imagined in plan.drawn(part):
        made = _Made(plan, number, imagined)
        made.record(found)
        for edition in range(1, len(imagined.visible) + 1):
            for tag in imagined.texts:
                made.edition(found, tag, edition)
        if plan.is_indexed:
            made.entries(found, indexed)
        if number == part * PART:
            made.prove(imagined.original, len(imagined.visible))
    return {model._meta.db_table: made for model, made in found.items()}


# The columns that rows have values for; what is left out is empty in the database.
THROUGH = (Statement.events.through, Statement.places.through, Edition.events.through, Edition.places.through)
MODELS = (Statement, Source, Figure, Text, Revision, Edition, SealedFigure, SearchEntry, *THROUGH)


def columns(plan: Plan) -> dict[Any, list[str]]:
    """Return the columns of each table in the order of the values; the tables in the order in which they are filled."""
    named = [column_name(base, tag) for base in ("title", "summary") for tag in plan.tags]
    described = [column_name("described", tag) for tag in plan.tags]
    of_statement, of_place, of_edition, of_edition_place = THROUGH
    return {
        Statement: [
            "id", "dated", "earliest", "latest", "sid", "slug", "person", "person_role", "kind", "issued",
            "original_language", "title", "summary", "last_block", "created_at", "created_by_id", "issuer_id",
            "occasion_id", *named,
        ],
        of_statement: ["statement_id", "event_id"],
        of_place: ["statement_id", "place_id"],
        Source: ["id", "publisher", "url", "language", "published", "what", "note", "statement_id", "ref"],
        Figure: [
            "id", "measure", "precision", "minimum", "described", "wording", "wording_language", "block", "claimed",
            "event_id", "claimant_id", "statement_id", "fid", *described,
        ],
        Text: ["id", "language", "origin", "completeness", "credit", "head_id", "statement_id"],
        Revision: ["id", "number", "title", "summary", "body", "saved_at", "saved_by_id", "text_id", "based_on_id"],
        Edition: [
            "id", "language", "number", "change", "note", "visible_from", "sealed_at", "title", "summary", "body",
            "kind", "dated", "earliest", "latest", "origin", "completeness", "facts", "canonical", "sha256",
            "issuer_id", "occasion_id", "revision_id", "sealed_by_id", "statement_id",
        ],
        of_edition: ["edition_id", "event_id"],
        of_edition_place: ["edition_id", "place_id"],
        SealedFigure: [
            "fid", "position", "measure", "precision", "minimum", "claimed", "earliest", "latest", "claimant_id",
            "edition_id", "event_id",
        ],
        SearchEntry: [
            "edition_id", "analyser", "sequence", "language", "visible_from", "visible_until", "kind", "events",
            "places", "original_language", "has_figures", "earliest", "latest", "issuer_id", "occasion_id",
            "statement_id", *(["words"] if plan.is_indexed and plan.is_copied else []),
        ],
    }  # fmt: skip


class _Made(Sealing):
    """One statement, being made into rows."""

    # -- the record -------------------------------------------------------------------------------------------------
    def record(self, rows: Rows) -> None:
        """Add the rows of the statement, its sources, figures and texts."""
        plan, imagined = self.plan, self.imagined
        texts = imagined.texts
        shown = texts.get("en") or texts[imagined.original]
        heads = [
            getattr(texts[tag], base) if tag in texts else None for base in ("title", "summary") for tag in plan.tags
        ]
        rows[Statement].append((
            self.pk, imagined.dated, self.earliest, self.latest, imagined.sid, imagined.slug, "", "", imagined.kind,
            imagined.dated, imagined.original, shown.title, shown.summary, len(shown.forms[0]),
            plan.sealed, plan.by, self.issuer, self.occasion, *heads,
        ))  # fmt: skip
        rows[THROUGH[0]].append((self.pk, self.event))
        rows[THROUGH[1]] += [(self.pk, place) for place in self.place_keys]
        rows[Source].append((
            plan.first[Source] + self.number, "example.org", self.url, imagined.original, self.published,
            Source.What.RELAY_FULL.value, "", self.pk, imagined.ref,
        ))  # fmt: skip
        for place, (fid, measure, minimum) in enumerate(self.figures):
            counted = words()["counted"][measure]
            rows[Figure].append((
                plan.first[Figure] + 2 * self.number + place, measure, "exact", minimum, counted.get("en", ""), "", "",
                FIGURES_BLOCK, imagined.dated, self.event, self.claimant, self.pk, fid,
                *(counted[tag] if tag in texts else None for tag in plan.tags),
            ))  # fmt: skip
        rows[Text] += [
            (
                plan.text(self.number, tag), tag, self.origin(tag), "full", "",
                plan.revision(self.number, tag, len(imagined.visible)), self.pk,
            )
            for tag in texts
        ]  # fmt: skip

    # -- its editions -----------------------------------------------------------------------------------------------
    def edition(self, rows: Rows, tag: str, edition: int) -> None:
        """Add a revision, and the edition that it is sealed as."""
        plan, imagined = self.plan, self.imagined
        text = imagined.texts[tag]
        html = body(text.forms[edition - 1])
        is_original = tag == imagined.original
        revision, pk = plan.revision(self.number, tag, edition), plan.revision(self.number, tag, edition, Edition)
        based_on = None if is_original else plan.revision(self.number, imagined.original, edition)
        moment, sealed = self.moments[edition - 1], plan.sealed
        rows[Revision].append((
            revision, edition, text.title, text.summary, html, sealed, plan.by, plan.text(self.number, tag), based_on
        ))  # fmt: skip
        facts = self.facts(tag, edition)
        exact = self.exact(tag, edition, facts, digest(html))
        rows[Edition].append((
            pk, tag, edition, "update" if edition > 1 else "first", self.note(tag, edition), moment, sealed,
            text.title, text.summary, html, imagined.kind, imagined.dated, self.earliest, self.latest,
            self.origin(tag), "full", facts, exact, digest(exact), self.issuer, self.occasion, revision, plan.by,
            self.pk,
        ))  # fmt: skip
        rows[THROUGH[2]].append((pk, self.event))
        rows[THROUGH[3]] += [(pk, place) for place in self.place_keys]
        for position, (fid, measure, minimum) in enumerate(self.figures):
            rows[SealedFigure].append((
                fid, position, measure, "exact", minimum, imagined.dated, self.earliest, self.latest, self.claimant, pk,
                self.event,
            ))  # fmt: skip

    def entries(self, rows: Rows, indexed: Indexed | None) -> None:
        """Add the entries of the index, on PostgreSQL with their words."""
        plan, imagined = self.plan, self.imagined
        places = " ".join(map(str, sorted(self.place_keys)))
        for pk, tag, edition in plan.indexed(self.number, imagined):
            until = self.moments[edition] if edition < len(self.moments) else None
            rows[SearchEntry].append((
                pk, plan.analyser, sequence(imagined, pk), tag, self.moments[edition - 1], until,
                imagined.kind, str(self.event), places, imagined.original, True, self.earliest, self.latest,
                self.issuer, self.occasion, self.pk,
                *((vector(indexed.columns(imagined, tag, edition), keys(plan, imagined, tag)),) if indexed else ()),
            ))  # fmt: skip


def words_of(plan: Plan, part: int, indexed: Indexed) -> Iterator[tuple[int, list[str], tuple[str, ...]]]:
    """Yield the words of a part's entries: what they are called by, their columns, and their keys."""
    for number, imagined in plan.drawn(part):
        for pk, tag, edition in plan.indexed(number, imagined):
            yield sequence(imagined, pk), indexed.columns(imagined, tag, edition), keys(plan, imagined, tag)
