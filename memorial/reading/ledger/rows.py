"""The rows of a ledger: one for each claimant and claim, with where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from modeltranslation.utils import resolution_order

from memorial.languages.labels import Label, direction
from memorial.languages.models import Language
from memorial.publishing.source_facts import NO_LANGUAGE
from memorial.reading import wording
from memorial.reading.names import name_of
from memorial.reading.paths import path_to
from memorial.statements.models import Event, Figure, Issuer

from .asked import Asked
from .finding import of_event

WORDS = Figure.Precision.WORDS
# As a file has it: what is given as two numbers is a range, unless its claimant qualifies them.
RANGE = "range"


@dataclass(frozen=True)
class Standing:
    """Where a claim stands: in an edition of a statement, or in a source that was sealed by itself.

    ``path`` leads to the paragraph, or to the source's page here. ``sid``, ``number`` and ``block``
    are empty for a source; ``ref``, ``publisher``, ``url`` and ``published`` say where a claim was read, and are empty
    for a statement of which several sources are given and none is said to be the figure's own.
    """

    title: Label
    path: str
    number: int
    sid: str = ""
    block: str = ""
    ref: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""

    @property
    def is_source(self) -> bool:
        """Whether no statement of the archive states the figure."""
        return not self.sid


@dataclass(frozen=True)
class LedgerRow:
    """One figure as its claimant states it. ``claimed`` is its date (EDTF), between ``earliest`` and ``latest``."""

    fid: str
    event: str
    claimant_slug: str
    claimant: Label
    measure: str
    precision: str
    minimum: int | None
    maximum: int | None
    described: Label
    wording: Label
    claimed: str
    earliest: date
    latest: date
    standing: Standing

    @property
    def number(self) -> str:
        """The number with the claimant's own qualification; empty where it was given in words only."""
        return wording.stated_number(self.minimum, self.maximum, self.precision)

    @property
    def has_number(self) -> bool:
        """Whether there is a number to draw."""
        return self.minimum is not None and self.precision != WORDS

    @property
    def kind(self) -> str:
        """What kind of value it is, in the words of files: exact, at-least, about, range or words."""
        return RANGE if self.precision == Figure.Precision.EXACT and self.maximum is not None else self.precision

    @property
    def lowest(self) -> int | None:
        """The lowest number that the claim names."""
        return self.minimum if self.has_number else None

    @property
    def highest(self) -> int | None:
        """The highest number that the claim allows; None where it sets no limit, or names no number."""
        if not self.has_number or (self.precision == Figure.Precision.AT_LEAST and self.maximum is None):
            return None
        return self.minimum if self.maximum is None else self.maximum


def rows(event: Event, lang: str, asked: Asked | None = None) -> list[LedgerRow]:
    """Return every row of the ledger of ``event`` that is asked for, in the order of a table. Three queries at most."""
    found = list(of_event(event, lang).filter((asked or Asked()).condition()))
    claimants = Issuer.objects.in_language(lang, without=["description"]).in_bulk({each["claimant"] for each in found})
    public = languages_of_sources(found)
    return in_order(row(each, event, claimants, lang, public) for each in found)


def languages_of_sources(found: Iterable[Mapping[str, Any]]) -> Sequence[str]:
    """Return the languages in which what sources seal can be said to readers. One query where there is a source."""
    if all(each["sealed"] is not None for each in found):
        return ()
    return list(Language.objects.public().values_list("tag", flat=True))


def in_order(unordered: Iterable[LedgerRow]) -> list[LedgerRow]:
    """Return rows by what is counted, then by the date of the claim: never by a number."""
    measures = {value: place for place, value in enumerate(Figure.Measure.values)}
    return sorted(
        unordered,
        key=lambda row: (
            measures.get(row.measure, len(measures)),
            row.earliest,
            row.latest,
            row.claimant_slug,
            row.fid,
        ),
    )


def row(
    found: Mapping[str, Any], event: Event, claimants: Mapping[int, Issuer], lang: str, public: Sequence[str]
) -> LedgerRow:
    """Return the row of what ``finding.of_event`` found; ``public`` are the languages that readers have. No query."""
    is_of_source = found["sealed"] is None
    sealed = found["source_sealed" if is_of_source else "sealed"]
    claimant = claimants[found["claimant"]]
    return LedgerRow(
        fid=found["fid"],
        event=event.slug,
        claimant_slug=claimant.slug,
        claimant=name_of(claimant, lang),
        measure=found["measure"],
        precision=found["precision"],
        minimum=found["minimum"],
        maximum=found["maximum"],
        described=_in_some_language(sealed["described"], lang, public)
        if is_of_source
        else _label(sealed["described"], sealed["described_lang"], lang),
        wording=_label(sealed["wording"], sealed["wording_language"] or lang, lang),
        claimed=found["claimed"],
        earliest=found["earliest"],
        latest=found["latest"],
        standing=_in_source(found, lang) if is_of_source else _in_edition(found, sealed, lang),
    )


def _label(text: str, tag: str, lang: str) -> Label:
    return Label(text, tag, direction(tag), tag != lang)


def _in_some_language(texts: Mapping[str, str], lang: str, public: Sequence[str]) -> Label:
    """A sealed text in ``lang``, else in a fallback of it, else in whichever language of readers has one."""
    for tag in (*resolution_order(lang), *public):
        if tag in public and texts.get(tag):
            return _label(texts[tag], tag, lang)
    return _label("", lang, lang)


def _in_edition(found: Mapping[str, Any], sealed: Mapping[str, Any], lang: str) -> Standing:
    tag, sid = found["edition__language"], found["edition__statement__sid"]
    path = path_to("statement", lang=tag, sid=sid, slug=found["edition__statement__slug"])
    sources = found["sources"] or []
    own = [source for source in sources if source.get("ref") and source["ref"] == sealed.get("source")] or sources
    source = own[0] if len(own) == 1 else {}
    return Standing(
        title=_label(found["edition__title"], tag, lang),
        path=f"{path}#{sealed['block'] or 'figures-heading'}",
        number=found["edition__number"],
        sid=sid,
        block=sealed["block"],
        ref=source.get("ref", ""),
        publisher=source.get("publisher", ""),
        url=source.get("url", ""),
        published=source.get("published", ""),
    )


def _in_source(found: Mapping[str, Any], lang: str) -> Standing:
    source, tag = found["source_facts"], found["source_edition__language"]
    return Standing(
        title=_label(source["publisher"], lang if tag in NO_LANGUAGE else tag, lang),
        path=path_to("source", lang=lang, ref=source["ref"]),
        number=found["source_edition__number"],
        ref=source["ref"],
        publisher=source["publisher"],
        url=source["url"],
        published=source["published"],
    )
