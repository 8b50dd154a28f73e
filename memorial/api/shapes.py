"""The shapes of what the API answers, in the order in which the fields are written. They make its description."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

Words = dict[str, str]
_WORDS = "One text a language: {language tag: text}. A language without one is left out."


class Dated(Schema):
    """A date exactly as precise as it is stated, and the first and last day that it can mean."""

    edtf: str = Field(description="In the Extended Date/Time Format (ISO 8601-2).", examples=["1990-01-19/1990-01-20"])
    earliest: date
    latest: date


class Reference(Schema):
    """An issuer, occasion, event or place that something else names."""

    slug: str
    name: Words = Field(description=_WORDS)
    api_url: str


class Withdrawn(Schema):
    """When and why a text was withdrawn, with all its editions up to a number."""

    at: datetime
    reason: str = Field(description="What readers are told, in the language of the edition.")
    number: int = Field(description="The newest edition that was withdrawn.")


class EditionLine(Schema):
    """One edition without its text."""

    language: str = Field(description="A language tag (BCP 47).")
    number: int = Field(description="1, 2, 3 ... within the statement and language.")
    change: str = Field(description="first, correction or update.")
    note: str = Field(description="What readers are told about the change; empty for a first edition.")
    visible_from: datetime
    title: str
    origin: str = Field(description="issued (by the issuer), official, archive or machine (translations).")
    completeness: str = Field(description="full, extract or summary.")
    sha256: str = Field(description="Of the canonical form; see the edition itself.")
    withdrawn: Withdrawn | None = Field(description="By what it was withdrawn, where it can still be read; else null.")
    url: str = Field(description="The page of this edition for readers.")
    api_url: str


class StatementLine(Schema):
    """A statement as a list shows it: its newest editions say what it is."""

    sid: str = Field(description="The permanent id; never reused.")
    url: str = Field(description="The permanent address for readers and for citing; leads to the best language.")
    api_url: str
    kind: str
    issuer: Reference
    occasion: Reference | None
    dated: Dated
    original_language: str
    title: Words = Field(description=_WORDS)
    editions: list[EditionLine] = Field(
        description="The newest edition in each language; withdrawn ones only where there are no others."
    )


class Statement(StatementLine):
    """A statement with all that its edition released last says of it."""

    summary: Words = Field(description=_WORDS)
    person: str = Field(description="Who speaks for the issuer, as stated; empty where nobody is named.")
    person_role: str
    issued: str = Field(description="The moment it was given out, as precisely as is stated; may be empty.")
    events: list[Reference]
    places: list[Reference]
    editions_url: str
    figures_url: str


class Block(Schema):
    """One paragraph, heading or list item."""

    key: str = Field(description="The fragment of its address, such as p4: the same in all languages and editions.")
    kind: str = Field(description="p, h2, h3 or li.")
    text: str
    lang: str = Field(description="Where it is in another language than the text: which. Else empty.")


class Edition(EditionLine):
    """One edition as it was sealed: never changed, never deleted."""

    sid: str
    statement_url: str
    is_newest: bool = Field(description="Whether no later edition has been released in its language.")
    sealed_at: datetime
    kind: str
    dated: Dated
    summary: str
    body: str = Field(description="The whole text as HTML.")
    blocks: list[Block] = Field(description="The whole text as plain text, block by block.")
    facts: dict[str, Any] = Field(
        description="All that the statement's page shows around the text, exactly as it was sealed. Its SHA-256 as "
        "JSON (UTF-8, keys sorted, no spaces, nothing escaped that need not be) stands in the canonical form."
    )
    canonical: str = Field(description="The canonical form. The SHA-256 of its UTF-8 bytes is sha256.")
    text_url: str = Field(description="The canonical form alone, as a file.")
    citation: str = Field(description="How the edition is cited, in its own language.")


class Place(Reference):
    """A place that statements name."""

    description: Words = Field(description=_WORDS)
    latitude: float | None
    longitude: float | None
    spellings: list[str] = Field(description="Other spellings of its name.")
    pages: Words = Field(description="Its page for readers: {language tag: address}.")


class Issuer(Reference):
    """Who speaks, or states figures."""

    description: Words = Field(description=_WORDS)
    kind: str
    country: str = Field(description="ISO 3166 code; empty for a body of many.")
    website: str
    pages: Words = Field(description="Its page for readers: {language tag: address}.")


class Occasion(Reference):
    """What returns every year."""

    description: Words = Field(description=_WORDS)
    month: int
    day: int
    first_year: int | None = Field(description="The year from which anniversaries are counted.")
    event: Reference | None
    pages: Words = Field(description="Its page for readers: {language tag: address}.")


class NameInUse(Schema):
    """A name that somebody uses for an event. The archive prefers none."""

    name: str
    language: str
    used_by: Words = Field(description=_WORDS)


class Event(Reference):
    """What is commemorated, or what statements cite."""

    description: Words = Field(description=_WORDS)
    dated: Dated
    part_of: Reference | None
    places: list[Reference]
    names_in_use: list[NameInUse]
    not_heard: Words = Field(description="Whose voice on it the archive has looked for and does not hold.")
    pages: Words = Field(description="Its page for readers: {language tag: address}.")


class Language(Schema):
    """A language that readers have."""

    tag: str = Field(description="BCP 47, in lower case.")
    name_en: str
    name_own: str
    script: str = Field(description="ISO 15924.")
    direction: str = Field(description="ltr or rtl.")
    url: str = Field(description="The home page in this language.")


class Stand(Schema):
    """One place where a figure stands, with the figure as it was sealed there."""

    sid: str | None = Field(description="The statement; null where it stands in a source alone.")
    source: str | None = Field(description="The permanent id of the source; null where it stands in a statement.")
    publisher: str | None = Field(description="Of the source; null where it stands in a statement.")
    language: str
    edition: int
    url: str | None = Field(description="The paragraph or the edition for readers; of a source, its own address.")
    api_url: str | None
    as_sealed: dict[str, Any]


class Figure(Schema):
    """One number by one claimant on one date. Never merged with another, added up or averaged."""

    fid: str = Field(description="The permanent id.")
    claimant: Reference
    event: Reference
    measure: str = Field(description="killed, injured, missing, detained, displaced or other.")
    precision: str = Field(description="exact, at-least, about, or words (no number).")
    minimum: int | None
    maximum: int | None = Field(description="Only of a range.")
    claimed: Dated = Field(description="The date of the claim.")
    stands_in: list[Stand]


class LogLine(Schema):
    """One release or one withdrawal: a line of the log stays, whatever comes after it."""

    time: datetime = Field(description="When readers first saw it.")
    sid: str | None = Field(description="The statement; null for a source that belongs to none.")
    source: str | None = Field(description="The permanent id of a source that was released by itself; else null.")
    language: str
    edition: int = Field(description="Its number; of a withdrawal, that of the newest edition withdrawn.")
    change: str = Field(
        description="first, correction or update; withdrawal, of this edition and all before it, or removal, the same "
        "where the text can no longer be read."
    )
    note: str = Field(
        description="What readers are told about the change; of a withdrawal, its reason. Empty for an edition that "
        "was removed since."
    )
    sha256: str = Field(description="Of the edition, whether it can still be read or not.")
    api_url: str | None = Field(description="Of the edition; null for a source, and where it can no longer be read.")


class StatementPage(Schema):
    """One page of statements."""

    items: list[StatementLine]
    next: str | None = Field(description="The address of the next page; null on the last.")
    total: int | None = Field(description="With words (q): how many were found, a thousand at most. Else null.")


class EditionPage(Schema):
    """One page of editions."""

    items: list[EditionLine]
    next: str | None = Field(description="The address of the next page; null on the last.")


class FigurePage(Schema):
    """One page of figures."""

    items: list[Figure]
    next: str | None = Field(description="The address of the next page; null on the last.")


class IssuerPage(Schema):
    """One page of issuers."""

    items: list[Issuer]
    next: str | None = Field(description="The address of the next page; null on the last.")


class OccasionPage(Schema):
    """One page of occasions."""

    items: list[Occasion]
    next: str | None = Field(description="The address of the next page; null on the last.")


class EventPage(Schema):
    """One page of events."""

    items: list[Event]
    next: str | None = Field(description="The address of the next page; null on the last.")


class PlacePage(Schema):
    """One page of places."""

    items: list[Place]
    next: str | None = Field(description="The address of the next page; null on the last.")


class LanguagePage(Schema):
    """All public languages; there is one page."""

    items: list[Language]
    next: str | None = Field(description="Always null.")


class LogPage(Schema):
    """One page of the log."""

    items: list[LogLine]
    next: str | None = Field(description="The address of the next page; null on the last.")
    later: str | None = Field(
        description="Where to ask another day for what comes after these lines; null for an empty log."
    )
