"""No public address shows what is not public: drafts, revisions, future editions, languages in preparation."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters
from django.utils import timezone

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.release import publish
from memorial.publishing.source_release import publish_source
from memorial.publishing.withdrawal import withdraw
from memorial.statements.attachments import keep
from memorial.statements.models import Event, Source, Statement
from memorial.translations.models import Witness
from tests.builders import a_statement, an_issuer, an_occasion
from tests.publishing.sources import a_background, a_witness

from .conftest import a_figure, a_place, a_text, an_event, only_public, published, published_again

SECRETS = {
    "draft only": "Zyxdraft",
    "revision after the edition": "Zyxrevision",
    "future edition": "Zyxfuture",
    "future first edition": "Zyxscheduled",
    "language in preparation": "Zyxpreparing",
    "file of a draft": "zyxfile",
    "figure entered since": "987654",
    "wording of no public source": "Zyxwording",
    "wording entered since": "Zyxreworded",
    "future edition of a source": "Zyxsoon",
    "claim of no public source": "876543",
    "claim entered since": "765432",
    "label of a source in a language in preparation": "Zyxunready",
    "removed statement": "Zyxremoved",
    "removed edition": "Zyxonceread",
    "file of a removed statement": "zyxgone",
    "edition withdrawn before its moment": "Zyxcalledoff",
}


@pytest.fixture
def archive(publisher: User) -> dict[str, list[str]]:
    """Every kind of thing that is not public; returns what each part of an address can be."""
    issuer, occasion, event, place = an_issuer(), an_occasion(), an_event(), a_place()
    around: dict[str, Any] = {"issuer": issuer, "occasion": occasion, "events": [event], "places": [place]}
    soon = timezone.now() + timedelta(hours=1)
    public = published(publisher, languages=("az", "en", "fa"), text={"title": "Public"}, **around)
    a_text(public, "fa", publisher, title=SECRETS["language in preparation"])
    publish(public, ["fa"], by=publisher, note="x")
    published_again(public, "en", publisher, at=soon, title=SECRETS["future edition"], body="<p>Zyxfuture</p>")
    a_text(public, "az", publisher, title=SECRETS["revision after the edition"], body="<p>Zyxrevision</p>")
    a_figure(public, event, minimum=987654, block="")
    first = published(publisher, languages=("az", "en"), at=soon, text={"title": "Zyxscheduled"}, **around)
    draft = a_statement(issuer=issuer, occasion=occasion, slug="draft")
    draft.events.set([event])
    draft.places.set([place])
    draft.related.set([public])
    for lang in ("az", "en", "fa"):
        a_text(draft, lang, publisher, title=SECRETS["draft only"], summary="Zyxdraft", body="<p>Zyxdraft</p>")
    withdrawn(publisher, **around)
    files = [
        keep(each, ContentFile(b"%PDF-1.4\nzyxfile", name="zyxfile.pdf"), by=publisher) for each in (draft, public)
    ]
    only_public("az", "en", "ru", "tr")
    refs = sources(public, draft, event, publisher, soon)
    return {
        "ref": refs,
        "lang": ["az", "en", "ru", "tr", "fa", "xx"],
        "sid": [public.sid, first.sid, draft.sid],
        "slug": [public.slug, "draft", issuer.slug, occasion.slug, event.slug, place.slug],
        "number": ["1", "2", "3"],
        "lang2": ["az", "fa"],
        "before": ["1"],
        "after": ["2", "3"],
        "older": [public.sid],
        "newer": [first.sid, draft.sid],
        "issuer": [issuer.slug],
        "sha256": [files[0].sha256],
        "name": ["zyxfile.pdf"],
        "token": ["x" * 32],
        "suffix": ["ris", "bib", "csl.json", "jsonld", "linkset.json"],
    }


@pytest.fixture
def taken_back(archive: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same for what was withdrawn, by its own names alone."""
    gone, waiting = Statement.objects.get(slug="gone"), Statement.objects.get(slug="called-off")
    return {
        **archive,
        "lang": ["az", "en"],
        "sid": [gone.sid, waiting.sid],
        "slug": [gone.slug, waiting.slug],
        "older": [gone.sid],
        "newer": [gone.sid],
        "sha256": list(gone.attachments.values_list("sha256", flat=True)),
        "name": ["zyxgone.pdf"],
    }


def withdrawn(by: User, **around: Any) -> None:
    """A statement whose texts were all removed, and one that was withdrawn before its moment."""
    gone = a_statement(issuer=around["issuer"], occasion=around["occasion"], slug="gone")
    gone.events.set(around["events"])
    keep(gone, ContentFile(b"%PDF-1.4\nzyxgone", name="zyxgone.pdf"), by=by)
    for lang in ("az", "en"):
        a_text(gone, lang, by, title="Zyxremoved", summary="Zyxremoved", body="<p>Zyxremoved</p>")
    publish(gone, ["az", "en"], by=by)
    published_again(gone, "en", by, title="Zyxonceread", body="<p>Zyxonceread</p>")
    withdraw(gone, ["az", "en"], by=by, reason="An example of a reason.", keeps_text=False)
    tomorrow, text = timezone.now() + timedelta(days=1), {"title": "Zyxcalledoff"}
    waiting = published(by, languages=("az",), at=tomorrow, text=text, slug="called-off")
    withdraw(waiting, ["az"], by=by, reason="An example of a reason.")


def sources(public: Statement, draft: Statement, event: Event, by: User, soon: datetime) -> list[str]:
    """Sources with and without editions, all of them changed since; returns their permanent ids."""
    shown, waiting = a_witness(public), a_witness(public, publisher="Waiting", body="<p>Zyxsoon</p>")
    a_witness(public, title="Zyxwording", body="<p>Zyxwording</p>")
    of_draft = a_witness(draft, title="Zyxwording", body="<p>Zyxwording</p>")
    claims, unsealed_claims = a_background(event=event), a_background(event=event)
    unsealed_claims.figures.update(minimum=876543)
    unready = {column_name("described", tag): "" for tag in ("az", "en")} | {
        column_name("described", "fa"): "Zyxunready"
    }
    claims.figures.update(**unready)
    Source.objects.filter(pk=claims.pk).update(**{column_name("note", "fa"): "Zyxunready"})
    publish_source(shown, by=by)
    publish_source(waiting, by=by, at=soon)
    publish_source(claims, by=by)
    Witness.objects.filter(source=shown).update(title="Zyxreworded", body="<p>Zyxreworded</p>", rights="Zyxreworded")
    claims.figures.update(minimum=765432)
    return [each.ref for each in (shown, waiting, of_draft, claims, unsealed_claims)]


def patterns(resolver: Any, parts: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every readers' address as the patterns that it is made of."""
    found = []
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            if each.app_name != "admin":
                found += patterns(each, (*parts, each.pattern))
        elif isinstance(each, URLPattern):
            found.append((*parts, each.pattern))
    return found


def addresses(values: dict[str, list[str]]) -> list[str]:
    """Every pattern filled in every way."""
    assert get_converters()
    found = []
    for parts in patterns(get_resolver()):
        filled = ["/"]
        route = "".join(str(part) for part in parts)
        for piece in route.split("<"):
            if ">" not in piece:
                filled = [path + piece for path in filled]
                continue
            variable, rest = piece.split(">")
            filled = [path + value + rest for path in filled for value in values[variable.split(":")[-1]]]
        found += filled
    return found


def test_no_address_shows_what_is_not_public(
    client: Client, archive: dict[str, list[str]], taken_back: dict[str, list[str]]
) -> None:
    answered = 0
    for path in dict.fromkeys([*addresses(archive), *addresses(taken_back)]):
        response = client.get(path, follow=True)
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        answered += response.status_code == 200
        for what, secret in SECRETS.items():
            assert secret.encode() not in content, f"{path} shows a {what}"
            assert secret not in str(response.headers), f"{path} shows a {what}"
        if path.startswith(("/fa/", "/xx/")):
            assert response.status_code == 404, path
        assert not response.cookies
    assert answered > 50, "the walk met too few pages to mean anything"


def test_the_sitemap_and_the_permalink_know_no_draft(
    client: Client, archive: dict[str, list[str]], taken_back: dict[str, list[str]]
) -> None:
    public, *others = [*archive["sid"], *taken_back["sid"]]
    content = client.get("/sitemap.xml").content.decode()
    assert public in content
    assert "/fa/" not in content
    for sid, status in zip(others, (404, 404, 410, 404), strict=True):
        assert sid not in content
        assert client.get(f"/s/{sid}").status_code == status


def test_a_statement_is_in_no_head_of_a_language_in_preparation(client: Client, archive: dict[str, list[str]]) -> None:
    statement = Statement.objects.get(sid=archive["sid"][0])
    content = client.get(f"/en/statements/{statement.sid}/{statement.slug}/").content.decode()
    assert 'hreflang="az"' in content
    assert 'hreflang="fa"' not in content
    assert "فارسی" not in content


def test_a_search_neither_finds_nor_suggests_what_is_not_public(client: Client, archive: dict[str, list[str]]) -> None:
    found = [client.get(f"/en/search.{name}?q=public").content.decode() for name in ("json", "csv", "atom")]
    assert all(archive["sid"][0] in content for content in found)
    assert not [secret for secret in SECRETS.values() for content in found if secret in content]
    for what, secret in SECRETS.items():
        for words in (secret, secret[:-1], secret[0] + "x" + secret[2:]):
            answer = client.get("/en/search.json", {"q": words}).json()
            assert (answer["total"], answer["hits"]) == (0, []), what
            page = client.get("/en/search/", {"q": words}).content.decode().lower()
            assert words == secret or secret.lower() not in page, what
