"""What is cited of an edition: one value object that every format, the head of the page and the machines use."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation

from memorial.languages.formats import format_datetime, format_stated, language_name
from memorial.publishing.models import Edition
from memorial.reading import wording
from memorial.reading.addresses import absolute, of_statement, permalink
from memorial.text import dates
from memorial.text.dates import StatedDate

from .words import in_one_line


def unapi_id(sid: str, language: str, number: int) -> str:
    """Return the id by which unAPI knows an edition."""
    return f"{sid}:{language}:{number}"


@dataclass(frozen=True)
class Citation:
    """An edition as it is cited. Words are in the edition's language, addresses absolute; all texts are one line.

    ``issuer`` is as sealed, in ``issuer_language`` (a name may not have been translated). ``dated`` and ``issued`` are
    EDTF or stated moments, the latter may be empty. ``original_title`` is empty for the original, and where the
    original is not public. ``person`` is who spoke for the issuer, or empty. ``translator`` is the credit of a
    translation, or empty.
    """

    sid: str
    slug: str
    language: str
    edition: int
    issuer: str
    issuer_slug: str
    issuer_language: str
    person: str
    person_role: str
    title: str
    original_title: str
    original_language: str
    kind: str
    kind_in_words: str
    dated: str
    issued: str
    date_in_words: str
    language_in_words: str
    origin: str
    completeness: str
    standing: str
    translator: str
    published: datetime
    published_in_words: str
    permalink: str
    page: str
    address: str
    address_of_text: str
    sha256: str
    archive: str

    @property
    def date(self) -> StatedDate:
        """The date on the document, as precise as it is stated."""
        return dates.parse(self.dated)

    @property
    def key(self) -> str:
        """The edition's key in a bibliography: ``h5r9zc3b-en-1``. ASCII, and the same for ever."""
        return f"{self.sid}-{self.language}-{self.edition}"

    @property
    def unapi_id(self) -> str:
        """The edition's id for unAPI: ``h5r9zc3b:en:1``."""
        return unapi_id(self.sid, self.language, self.edition)

    @property
    def is_original(self) -> bool:
        """Whether the text is in the language that the statement was first given out in."""
        return self.language == self.original_language


def citation(edition: Edition, *, original: Edition | None = None) -> Citation:
    """Return what is cited of ``edition``, which has its facts and its statement: no query.

    ``original`` is the edition of the original that readers see; only its title is used.
    """
    lang, facts = edition.language, edition.facts
    statement, text, issuer = facts["statement"], facts["text"], facts["issuer"]
    is_original = lang == statement["original_language"]
    with translation.override(lang):
        kind_in_words = wording.kind_heading(edition.kind)
        standing = wording.standing(facts, lang)
    return Citation(
        sid=statement["sid"],
        slug=edition.statement.slug,
        language=lang,
        edition=edition.number,
        issuer=in_one_line(issuer["name"]) or issuer["slug"],
        issuer_slug=issuer["slug"],
        issuer_language=issuer["lang"],
        person=in_one_line(statement["person"]),
        person_role=in_one_line(statement["person_role"]),
        title=in_one_line(edition.title),
        original_title="" if is_original or original is None else in_one_line(original.title),
        original_language=statement["original_language"],
        kind=edition.kind,
        kind_in_words=kind_in_words,
        dated=statement["dated"],
        issued=statement["issued"],
        date_in_words=format_stated(statement["dated"], lang),
        language_in_words=language_name(lang, lang),
        origin=text["origin"],
        completeness=text["completeness"],
        standing=standing,
        translator="" if is_original else in_one_line(text["credit"]),
        published=edition.visible_from,
        published_in_words=format_datetime(edition.visible_from, lang),
        permalink=absolute(permalink(statement["sid"])),
        page=absolute(of_statement(edition)),
        address=absolute(of_statement(edition, "edition", number=edition.number)),
        address_of_text=absolute(of_statement(edition, "edition_text", number=edition.number)),
        sha256=edition.sha256,
        archive=in_one_line(settings.SITE_NAME),
    )
