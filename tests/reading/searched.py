"""A small archive to search in: statements in several languages, with a place that is spelt in many ways."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.release import publish
from memorial.statements.models import Place, PlaceSpelling, Statement
from tests.builders import a_statement, an_issuer, an_occasion, named

from .conftest import a_figure, a_text, an_event

Words = dict[str, tuple[str, str]]  # title and text by language
Archive = dict[str, Statement]

TOWN: Words = {
    "az": ("Şəhər haqqında bəyanat", "<p>Birinci abzas.</p><p>Sumqayıtda həlak olanların xatirəsi anılır.</p>"),
    "en": ("Statement on the town", "<p>A first paragraph.</p><p>It honours the memory of the dead of Sumgayit.</p>"),
}
LIBRARY: Words = {
    "en": ("Address at the library", "<p>The library of <em>Example Town</em> opens on a Monday in autumn.</p>"),
}
GARDEN: Words = {
    "fa": ("پیام دربارهٔ باغ", "<p>این پیام دربارهٔ باغ و کتابخانه است.</p>"),
    "en": ("Message on the garden", "<p>The message is about a garden beside the sea.</p>"),
}


def stated(by: User, slug: str, words: Words, **fields: Any) -> Statement:
    """A published statement with these words; its original is in the first of the languages."""
    fields.setdefault("original_language", next(iter(words)))
    events, places = fields.pop("events", []), fields.pop("places", [])
    statement = a_statement(slug=slug, **fields)
    statement.events.set(events)
    statement.places.set(places)
    for lang, (title, body) in words.items():
        a_text(statement, lang, by, title=title, body=body, summary=f"Summary of {slug}.")
    for event in events:
        a_figure(statement, event, block="p1")
    publish(statement, list(words), by=by)
    return statement


@pytest.fixture
def archive(publisher: User) -> Archive:
    """Three statements: about a town (az, en), at a library (en), about a garden (fa, en)."""
    ministry, council = (
        an_issuer(),
        an_issuer("example-council", kind="parliament", **named("Example Council", "az", "en")),
    )
    town = Place.objects.create(
        slug="sumgayit", **{column_name("name", "az"): "Sumqayıt", column_name("name", "en"): "Sumgayit"}
    )
    for spelling, lang in (("Sumgait", "en"), ("Сумгаит", "ru")):
        PlaceSpelling.objects.create(place=town, spelling=spelling, language=lang)
    return {
        "town": stated(
            publisher, "town", TOWN, issuer=ministry, occasion=an_occasion(), events=[an_event()], places=[town],
            dated="2025-05-20",
        ),
        "library": stated(publisher, "library", LIBRARY, issuer=council, kind="address", dated="2020-09-21"),
        "garden": stated(publisher, "garden", GARDEN, issuer=ministry, kind="message", dated="2021-03"),
    }  # fmt: skip


# -- pages as trees ---------------------------------------------------------------------------------------------------
def page(client: Client, path: str, status: int = 200) -> html.HtmlElement:
    """A page as a tree."""
    response = client.get(path)
    assert response.status_code == status, path
    return html.document_fromstring(response.content.decode())


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def inside(root: html.HtmlElement, name: str, rest: str = "") -> list[html.HtmlElement]:
    """What is found by XPath ``rest`` in the elements of the class ``name``."""
    found: list[html.HtmlElement] = root.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]{rest}")
    return found


def hits(root: html.HtmlElement) -> list[html.HtmlElement]:
    return inside(root, "hits", "/li")


def links(root: html.HtmlElement, name: str, rest: str = "") -> dict[str, str]:
    return {text_of(link): link.get("href") for link in inside(root, name, f"{rest}//a")}
