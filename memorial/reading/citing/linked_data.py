"""An edition as linked data: schema.org's vocabulary in JSON-LD 1.1.

The issuer is the author of the statement; the archive only provides it, and vouches for this description alone
(``sdPublisher``). Nothing is said that the edition does not say: a summary is based on the original rather than a
translation of it, a date that is no plain date is left to ``temporalCoverage``.
"""

from collections.abc import Iterator
from typing import Any

from memorial.publishing.models import Edition
from memorial.reading.addresses import absolute, of_statement
from memorial.reading.paths import path_to
from memorial.reading.schema_org import CONTEXT, Node, archive, interval, known, moment, plain_date, when
from memorial.translations.models import Text

from .card.kept import address_of_card
from .cited import Cited
from .linked_labels import issuer_type

PROFILE = "https://schema.org/"
TRANSLATED = (Text.Origin.OFFICIAL, Text.Origin.ARCHIVE, Text.Origin.MACHINE)


# What search engines take from a page: what it is, whose, of when and in which language, about what. All of the rest
# is in the format that the page links to (``describedby``), and much of it stands in the page's head besides.
IN_THE_PAGE = (
    "@context", "@type", "@id", "name", "inLanguage", "author", "contributor", "translator", "dateCreated",
    "datePublished", "dateModified", "correction", "about",
)  # fmt: skip


def in_page(cited: Cited) -> Node:
    """Return the part of the document that stands in the page itself."""
    whole = _document(cited, {})
    return {name: whole[name] for name in IN_THE_PAGE if name in whole}


def document(cited: Cited) -> Node:
    """Return the edition as a node of JSON-LD."""
    return _document(cited, _other_languages(cited))


def _document(cited: Cited, other_languages: dict[str, Any]) -> Node:
    said, edition, facts = cited.citation, cited.edition, cited.edition.facts
    issuer = {"@type": issuer_type(facts["issuer"]["kind"]), "@id": cited.issuer_address, "name": said.issuer}
    return known(
        {
            "@context": CONTEXT,
            "@type": ["DigitalDocument", "ArchiveComponent"],
            "@id": cited.own_page,
            "url": cited.own_page,
            "identifier": said.permalink,
            "exampleOfWork": {"@type": "CreativeWork", "@id": said.permalink},
            "name": said.title,
            "genre": said.kind_in_words,
            "inLanguage": said.language,
            "abstract": edition.summary,
            "disambiguatingDescription": said.standing,
            "author": issuer,
            "sourceOrganization": None if issuer["@type"] == "Person" else {"@id": issuer["@id"]},
            "contributor": _person(cited),
            "translator": said.translator,
            "dateCreated": plain_date(said.dated),
            "datePublished": plain_date(said.issued),
            "dateModified": moment(edition.visible_from) if edition.number > 1 else None,
            "version": edition.number,
            "correction": [_correction(row) for row in _corrections(cited)],
            **other_languages,
            "about": [*_occasion(cited), *_events(cited)],
            "mentions": [
                {"@type": "Place", "@id": _label(cited, "place", place["slug"]), "name": place["name"]}
                for place in facts["places"]
            ],
            "temporalCoverage": [interval(event["dated"]) for event in facts["events"]],
            "isPartOf": _series(cited),
            "isBasedOn": [*_bases(cited), *(_source(source) for source in facts["sources"])],
            "encoding": {
                "@type": "MediaObject",
                "contentUrl": said.address_of_text,
                "encodingFormat": "text/plain",
                "inLanguage": said.language,
                "sha256": said.sha256,
            },
            "associatedMedia": [_attachment(cited, file) for file in facts["attachments"]],
            "image": absolute(address_of_card(edition)),
            "archivedAt": said.address,
            "isAccessibleForFree": True,
            "holdingArchive": archive(),
            "provider": {"@id": archive()["@id"]},
            "sdPublisher": {"@id": archive()["@id"]},
            "sdDatePublished": edition.visible_from.date().isoformat(),
        }
    )


def _label(cited: Cited, name: str, slug: str) -> str:
    return absolute(path_to(name, lang=cited.edition.language, slug=slug))


def _person(cited: Cited) -> Node | None:
    """Who spoke, as stated."""
    said = cited.citation
    return known({"@type": "Person", "name": said.person, "jobTitle": said.person_role}) if said.person else None


def _corrections(cited: Cited) -> list[Edition]:
    """The editions up to this one that corrected the text."""
    rows = cited.editions.by_language[cited.edition.language]
    return [row for row in rows if row.change == Edition.Change.CORRECTION and row.number <= cited.edition.number]


def _correction(row: Edition) -> Node:
    return {
        "@type": "CorrectionComment",
        "text": row.note,
        "datePublished": moment(row.visible_from),
        "url": absolute(of_statement(row, "edition", number=row.number)),
    }


def _other_languages(cited: Cited) -> dict[str, Any]:
    """The original that this text was translated from, or the translations of this original."""
    if not cited.citation.is_original:
        is_translation = _is_translation(cited.edition) and cited.original is not None
        return {"translationOfWork": _work(cited.original) if is_translation and cited.original else None}
    newest = [cited.editions.newest(tag) for tag in cited.editions.by_language if tag != cited.edition.language]
    return {"workTranslation": [_work(row) for row in newest if row is not None and _is_translation(row)]}


def _is_translation(row: Edition) -> bool:
    return row.origin in TRANSLATED and row.completeness != Text.Completeness.SUMMARY


def _work(row: Edition) -> Node:
    return {
        "@type": "DigitalDocument",
        "@id": absolute(of_statement(row)),
        "name": row.title,
        "inLanguage": row.language,
    }


def _bases(cited: Cited) -> Iterator[Node]:
    """The original, of a summary."""
    if cited.original and not cited.citation.is_original and not _is_translation(cited.edition):
        yield _work(cited.original)


def _occasion(cited: Cited) -> Iterator[Node]:
    if occasion := cited.edition.facts["occasion"]:
        address = _label(cited, "occasion", occasion["slug"])
        yield {"@type": "EventSeries", "@id": address, "name": occasion["name"]}


def _events(cited: Cited) -> Iterator[Node]:
    for event in cited.edition.facts["events"]:
        yield {
            "@type": "Event",
            "@id": _label(cited, "event", event["slug"]),
            "name": event["name"],
            **when(event["dated"]),
        }


def _series(cited: Cited) -> Node | None:
    occasion = cited.edition.facts["occasion"]
    if occasion is None:
        return None
    name = f"{cited.citation.issuer} · {occasion['name']}"
    return {"@type": "CreativeWorkSeries", "@id": cited.series_address, "name": name}


def _source(source: dict[str, Any]) -> Node:
    return known(
        {
            "@type": "CreativeWork",
            "url": source["url"],
            "publisher": {"@type": "Organization", "name": source["publisher"]},
            "inLanguage": source["language"],
            "datePublished": plain_date(source["published"]),
        }
    )


def _attachment(cited: Cited, file: dict[str, Any]) -> Node:
    given = {"sid": cited.citation.sid, "sha256": file["sha256"], "name": file["name"]}
    return known(
        {
            "@type": "MediaObject",
            "name": file["name"],
            "caption": file["caption"],
            "contentUrl": absolute(path_to("attachment", **given)),
            "encodingFormat": file["content_type"],
            "contentSize": f"{file['size']} B",
            "inLanguage": file["language"],
            "sha256": file["sha256"],
        }
    )
