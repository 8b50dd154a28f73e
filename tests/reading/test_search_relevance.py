"""The queries of the relevance set, asked of the database that the tests run on: the same answers on both."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.ops.archivist import archivist
from memorial.ops.demonstration.make import make_demonstration
from memorial.publishing.models import Edition
from memorial.reading.search import index
from memorial.reading.search.engine import Results, Wish, search
from memorial.statements.models import Place, PlaceSpelling, Statement
from memorial.translations.models import Revision, Text
from tests.text.memory import LANGUAGES, Archive, Document, archives

from .conftest import published
from .many import copy_of

FIRST_DAY = date(2001, 1, 1)
# How many of the queries of each language find exactly what its readers expect.
AS_EXPECTED = 0.95
MOMENT = datetime(2025, 1, 1, 12, tzinfo=UTC)
# Queries of an address, and the first of the fictional statements that they find.
IN_ORDER = {
    "q=example": [2, 49, 8, 47, 20, 57, 44, 1, 29, 14, 41, 60],
    "q=bridge": [47, 44, 23, 10, 50, 37, 35, 15, 2, 8, 20, 1],
    "q=körpü+günü": [47, 44, 23, 10, 50, 37, 35, 15, 8, 20, 1, 14],
    "q=буря&issuer=example-ministry-westland": [23],
    "q=%22great+storm%22&in=en": [47, 29, 14, 59, 34, 26, 13, 23, 50, 25, 21, 46],
    "q=bridge+-westland&figures=1": [47, 44, 10, 37, 35, 15, 2, 8, 20, 1, 14, 60],
    "q=day*&kind=address&available=ru": [41, 54, 25, 37, 30, 35],
    "year=1990": [],
    "issued_from=1990&issued_to=2010&event_from=1900": [59, 42, 52, 17, 6, 34, 40, 36, 28, 26, 54, 13],
}


def store(archive: Archive, by: User) -> None:
    """Editions with the words of these documents and no other; each is a day newer than the one before."""
    for tag in LANGUAGES:
        Language.objects.update_or_create(tag=tag, defaults={"name_en": tag, "name_own": tag, "state": "public"})
    for number, names in enumerate(archive.spellings):
        place = Place.objects.create(slug=f"place-{number}")
        PlaceSpelling.objects.bulk_create(PlaceSpelling(place=place, spelling=name) for name in names)
    pattern = published(by, languages=["en"], original_language="en", dated="1990-01-01").editions.get()
    editions = [an_edition(pattern, number, document) for number, document in enumerate(archive.documents)]
    index.write(Edition.objects.bulk_create(editions))


def an_edition(pattern: Edition, number: int, document: Document) -> Edition:
    """An edition of a statement of its own, not stored yet."""
    day, tag = FIRST_DAY + timedelta(days=number), document.language
    new_sid = Statement._meta.get_field("sid").get_default()  # type: ignore[union-attr]
    dates = {"dated": str(day), "earliest": day, "latest": day}
    statement = copy_of(pattern.statement, sid=new_sid, slug=document.id, **dates)
    statement.save(force_insert=True)
    text = Text.objects.create(statement=statement, language=tag)
    revision = Revision.objects.create(text=text, number=1, title=document.title, body="")
    places = [{"slug": "", "name": name, "lang": tag} for name in document.names]
    facts = {**pattern.facts, "issuer": {"slug": "", "name": "", "lang": "en"}, "places": places}
    return copy_of(
        pattern, statement=statement, language=tag, revision=revision, title=document.title, summary="",
        body=f'<p data-key="p1">{document.body}</p>', facts=facts, **dates,
    )  # fmt: skip


def ask(text: str, languages: tuple[str, ...], *, is_exact: bool = False) -> Results:
    """What the engine answers."""
    wish = QueryDict(mutable=True)
    wish["q"] = text
    wish.setlist("in", languages)
    if is_exact:
        wish["exact"] = "1"
    return search(Wish.of(wish), lang="en")


def ids(results: Results) -> list[str]:
    """The documents, in order."""
    return [hit.edition.statement.slug for hit in results.hits]


@pytest.mark.parametrize("name", [f"{folder}{name}" for folder in ("", "second/") for name in [*LANGUAGES, "names"]])
def test_the_database_finds_what_the_condition_means(publisher: User, name: str) -> None:
    archive = archives()[name]
    store(archive, publisher)
    known = {document.id for document in archive.documents}
    wrong, right = {}, 0
    for asked in archive.wishes:
        answer = ids(ask(asked.text, asked.languages, is_exact=asked.is_exact))
        found = [id for id in answer if id in known]  # the pattern of all editions has words of its own
        meant = archive.found(asked)
        if sorted(found) != sorted(meant):
            wrong[str(asked)] = found, sorted(meant)
        right += sorted(found) == sorted(asked.expected)
    assert wrong == {}
    assert right >= AS_EXPECTED * len(archive.wishes)


def test_what_is_found_stands_in_the_same_order_everywhere() -> None:
    make_demonstration(60, seed=5, tags=["az", "en", "ru", "tr"], by=archivist(), sealed_at=MOMENT)
    found = {query: numbers(query) for query in IN_ORDER}
    assert found == IN_ORDER


def numbers(query: str) -> list[int]:
    """The numbers of the fictional statements that an address finds, in order."""
    hits = search(Wish.of(QueryDict(query)), lang="en", page_size=12).hits
    return [int(hit.edition.statement.slug.rsplit("-", 1)[1]) for hit in hits]
