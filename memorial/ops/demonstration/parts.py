"""The rows of one part of the archive, as the database keeps them, with every edition sealed."""

from collections.abc import Collection
from typing import Any

from memorial.languages.columns import column_name
from memorial.publishing.models import Edition, SealedFigure
from memorial.reading.models import SearchEntry
from memorial.reading.search import sqlite
from memorial.reading.search.sequence import sequence_of
from memorial.statements.models import Figure, Source, Statement
from memorial.text.analysis import VERSION
from memorial.text.canonical import digest
from memorial.translations.models import Revision, Text

from .imagine import FIGURES_BLOCK, PART, body
from .indexed import Indexed, vector
from .plan import Plan, keys_of
from .sealing import Sealing
from .words import words

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]  # by table

STATEMENT, SOURCE, FIGURE, TEXT, REVISION, EDITION, SEALED_FIGURE, ENTRY = (
    model._meta.db_table for model in (Statement, Source, Figure, Text, Revision, Edition, SealedFigure, SearchEntry)
)
EVENTS, PLACES, EDITION_EVENTS, EDITION_PLACES = (
    many.through._meta.db_table for many in (Statement.events, Statement.places, Edition.events, Edition.places)
)
WORDS = sqlite.TABLE
#: The tables that hold texts, in the order in which they are filled, and those that do not: they are half of the work.
WRITTEN = (STATEMENT, SOURCE, REVISION, EDITION)
BESIDE = (EVENTS, PLACES, FIGURE, TEXT, EDITION_EVENTS, EDITION_PLACES, SEALED_FIGURE, ENTRY)
#: Those that hold texts and that SQLite reads quickly to make an index: of editions it would read all each time.
NARROW = (STATEMENT, SOURCE)
TABLES = (*WRITTEN, *BESIDE)


def rows_of(plan: Plan, part: int, indexed: Indexed, tables: Collection[str] = TABLES) -> Rows:
    """Draw a part of the archive and return its rows: those that hold texts, those that do not, or both.

    The words of the index stand beside their entries on PostgreSQL, on SQLite in a table of their own, for which they
    are not yet sorted. The first statement is proved. Raises AssertionError where it is not what the recipe makes.
    """
    rows: Rows = {table: [] for table in (*tables, WORDS)}
    for number, imagined in plan.drawn(part):
        made = _Made(plan, number, imagined)
        if EDITION in tables:
            made.record(rows)
            made.editions(rows)
            if number == part * PART:
                made.prove(imagined.original, len(imagined.visible))
        if ENTRY in tables:
            made.belongings(rows)
            made.found_by(rows)
            if plan.is_indexed:
                made.entries(rows, indexed)
    return {table: made for table, made in rows.items() if made}


def columns(plan: Plan) -> dict[str, list[str]]:
    """Return the columns of each table that rows have values for; what is left out is empty in the database."""
    named = [column_name(base, tag) for base in ("title", "summary") for tag in plan.tags]
    described = [column_name("described", tag) for tag in plan.tags]
    return {
        STATEMENT: [
            "id", "dated", "earliest", "latest", "sid", "slug", "person", "person_role", "kind", "issued",
            "original_language", "title", "summary", "last_block", "created_at", "created_by_id", "issuer_id",
            "occasion_id", *named,
        ],
        EVENTS: ["statement_id", "event_id"],
        PLACES: ["statement_id", "place_id"],
        SOURCE: ["id", "publisher", "url", "language", "published", "what", "note", "statement_id", "ref"],
        FIGURE: [
            "id", "measure", "precision", "minimum", "described", "wording", "wording_language", "block", "claimed",
            "event_id", "claimant_id", "statement_id", "fid", *described,
        ],
        TEXT: ["id", "language", "origin", "completeness", "credit", "head_id", "statement_id"],
        REVISION: ["id", "number", "title", "summary", "body", "saved_at", "saved_by_id", "text_id", "based_on_id"],
        EDITION: [
            "id", "language", "number", "change", "note", "visible_from", "sealed_at", "title", "summary", "body",
            "kind", "dated", "earliest", "latest", "origin", "completeness", "facts", "canonical", "sha256",
            "issuer_id", "occasion_id", "revision_id", "sealed_by_id", "statement_id",
        ],
        EDITION_EVENTS: ["edition_id", "event_id"],
        EDITION_PLACES: ["edition_id", "place_id"],
        SEALED_FIGURE: [
            "fid", "position", "measure", "precision", "minimum", "claimed", "earliest", "latest", "claimant_id",
            "edition_id", "event_id",
        ],
        ENTRY: [
            "edition_id", "analyser", "sequence", "language", "visible_from", "visible_until", "kind", "events",
            "places", "original_language", "has_figures", "earliest", "latest", "issuer_id", "occasion_id",
            "statement_id", *(["words"] if plan.is_indexed and plan.is_copied else []),
        ],
        WORDS: ["rowid", *sqlite.COLUMNS, "k"],
    }  # fmt: skip


class _Made(Sealing):
    """One statement, being made into rows."""

    # -- the record -------------------------------------------------------------------------------------------------
    def record(self, rows: Rows) -> None:
        """Add the rows of the statement and its source."""
        plan, imagined = self.plan, self.imagined
        texts = imagined.texts
        shown = texts.get("en") or texts[imagined.original]
        heads = [
            getattr(texts[tag], base) if tag in texts else None for base in ("title", "summary") for tag in plan.tags
        ]
        rows[STATEMENT].append((
            self.pk, imagined.dated, self.earliest, self.latest, imagined.sid, imagined.slug, "", "", imagined.kind,
            imagined.dated, imagined.original, shown.title, shown.summary, len(shown.forms[0]),
            plan.sealed, plan.by, self.issuer, self.occasion, *heads,
        ))  # fmt: skip
        rows[SOURCE].append((
            plan.first[Source] + self.number, "example.org", self.url, imagined.original, self.published,
            Source.What.RELAY_FULL.value, "", self.pk, imagined.ref,
        ))  # fmt: skip

    def belongings(self, rows: Rows) -> None:
        """Add the events, places, figures and texts of the statement."""
        plan, imagined, texts = self.plan, self.imagined, self.imagined.texts
        rows[EVENTS].append((self.pk, self.event))
        rows[PLACES] += [(self.pk, place) for place in self.place_keys]
        for place, (fid, measure, minimum) in enumerate(self.figures):
            counted = words()["counted"][measure]
            rows[FIGURE].append((
                plan.first[Figure] + 2 * self.number + place, measure, "exact", minimum, counted.get("en", ""), "", "",
                FIGURES_BLOCK, imagined.dated, self.event, self.claimant, self.pk, fid,
                *(counted[tag] if tag in texts else None for tag in plan.tags),
            ))  # fmt: skip
        rows[TEXT] += [
            (
                plan.text(self.number, tag), tag, self.origin(tag), "full", "",
                plan.revision(self.number, tag, len(imagined.visible)), self.pk,
            )
            for tag in texts
        ]  # fmt: skip

    # -- its editions -----------------------------------------------------------------------------------------------
    def editions(self, rows: Rows) -> None:
        """Add the revisions, and the editions that they are sealed as."""
        plan, imagined, original = self.plan, self.imagined, self.imagined.original
        for pk, tag, edition in self.plan.editions(self.number, imagined):
            text = imagined.texts[tag]
            html = body(text.forms[edition - 1])
            revision = plan.revision(self.number, tag, edition)
            based_on = None if tag == original else plan.revision(self.number, original, edition)
            rows[REVISION].append((
                revision, edition, text.title, text.summary, html, plan.sealed, plan.by, plan.text(self.number, tag),
                based_on,
            ))  # fmt: skip
            facts = self.facts(tag, edition)
            exact = self.exact(tag, edition, facts, digest(html))
            rows[EDITION].append((
                pk, tag, edition, "update" if edition > 1 else "first", self.note(tag, edition),
                self.moments[edition - 1], plan.sealed, text.title, text.summary, html, imagined.kind, imagined.dated,
                self.earliest, self.latest, self.origin(tag), "full", facts, exact, digest(exact), self.issuer,
                self.occasion, revision, plan.by, self.pk,
            ))  # fmt: skip

    def found_by(self, rows: Rows) -> None:
        """Add the events, places and figures that editions are found by."""
        imagined, event = self.imagined, self.event
        for pk, _tag, _edition in self.plan.editions(self.number, imagined):
            rows[EDITION_EVENTS].append((pk, event))
            rows[EDITION_PLACES] += [(pk, place) for place in self.place_keys]
            rows[SEALED_FIGURE] += [
                (
                    fid, position, measure, "exact", minimum, imagined.dated, self.earliest, self.latest,
                    self.claimant, pk, event,
                )
                for position, (fid, measure, minimum) in enumerate(self.figures)
            ]  # fmt: skip

    def entries(self, rows: Rows, indexed: Indexed) -> None:
        """Add the entries of the index, and their words."""
        plan, imagined = self.plan, self.imagined
        places = " ".join(map(str, sorted(self.place_keys)))
        earliest, keys_in = self.stated.earliest, keys_of(plan, imagined)
        for pk, tag, edition in plan.indexed(self.number, imagined):
            until = self.moments[edition] if edition < len(self.moments) else None
            sequence, words, keys = sequence_of(earliest, pk), indexed.columns(imagined, tag, edition), keys_in[tag]
            rows[ENTRY].append((
                pk, VERSION, sequence, tag, self.moments[edition - 1], until,
                imagined.kind, str(self.event), places, imagined.original, True, self.earliest, self.latest,
                self.issuer, self.occasion, self.pk, *((vector(words, keys),) if plan.is_copied else ()),
            ))  # fmt: skip
            if not plan.is_copied:
                rows[WORDS].append((sequence, *words, " ".join(keys)))
