"""The queries of the relevance set, asked of the database that the tests run on: the same answers on both."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.reading.search import index
from memorial.reading.search.engine import Results, Wish, search
from memorial.statements.models import Place, PlaceSpelling, Statement
from memorial.translations.models import Revision, Text

from .conftest import published
from .many import copy_of

FILES = Path(__file__).parents[1] / "text" / "relevance"
LANGUAGES = ["az", "ru", "en", "tr", "fa", "ar", "zh"]
FIRST_DAY = date(2001, 1, 1)
# What must be right: 95 of 100 queries, and 85 of 100 in each language.
OF_ALL, OF_EACH = 0.95, 0.85


def read(name: str) -> dict[str, Any]:
    """The documents and queries of one language, or of names in all of them."""
    return tomllib.loads((FILES / f"{name}.toml").read_text(encoding="utf-8"))


def an_archive(by: User, name: str) -> None:
    """Editions with the words of these documents and no other; each is a day newer than the one before."""
    for tag in LANGUAGES:
        Language.objects.update_or_create(tag=tag, defaults={"name_en": tag, "name_own": tag, "state": "public"})
    pattern = published(by, languages=["en"], original_language="en").editions.get()
    contents = read(name)
    for number, group in enumerate(contents.get("spellings", [])):
        place = Place.objects.create(slug=f"place-{number}")
        PlaceSpelling.objects.bulk_create(PlaceSpelling(place=place, spelling=each) for each in group["names"])
    editions = [an_edition(pattern, number, name, each) for number, each in enumerate(contents["documents"])]
    index.write(Edition.objects.bulk_create(editions))


def an_edition(pattern: Edition, number: int, file: str, document: dict[str, Any]) -> Edition:
    """An edition of its own statement, not stored yet."""
    day, tag = FIRST_DAY + timedelta(days=number), document.get("language", file)
    new_sid = Statement._meta.get_field("sid").get_default()  # type: ignore[union-attr]
    dates = {"dated": str(day), "earliest": day, "latest": day}
    statement = copy_of(pattern.statement, sid=new_sid, slug=document["id"], **dates)
    statement.save(force_insert=True)
    text = Text.objects.create(statement=statement, language=tag)
    revision = Revision.objects.create(text=text, number=1, title=document["title"], body="")
    facts = {
        **pattern.facts,
        "issuer": {"slug": "", "name": "", "lang": "en"},
        "places": [{"slug": "", "name": each, "lang": tag} for each in document.get("names", [])],
    }
    return copy_of(
        pattern, statement=statement, language=tag, revision=revision, title=document["title"], summary="",
        body=f'<p data-key="p1">{document["body"]}</p>', facts=facts, **dates,
    )  # fmt: skip


def ask(file: str, query: dict[str, Any]) -> Results:
    """What the engine answers."""
    wish = QueryDict(mutable=True)
    wish["q"] = query["text"]
    wish.setlist("in", query.get("languages", LANGUAGES if file == "names" else [file]))
    if query.get("is_exact"):
        wish["exact"] = "1"
    return search(Wish.of(wish), lang="en")


def ids(results: Results) -> list[str]:
    """The documents, in order."""
    return [hit.edition.statement.slug for hit in results.hits]


@pytest.mark.parametrize("file", [*LANGUAGES, "names"])
def test_readers_find_what_they_look_for(publisher: User, file: str) -> None:
    an_archive(publisher, file)
    queries = read(file)["queries"]
    wrong = [
        f"{query['text']}: {found}, not {query['expected']}"
        for query in queries
        if sorted(found := ids(ask(file, query))) != sorted(query["expected"])
    ]
    assert len(wrong) <= (1 - OF_EACH) * len(queries), wrong
    print(len(queries), wrong)
