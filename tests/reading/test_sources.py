"""The page of a source that was published by itself, and its editions."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.source_release import publish_source
from memorial.statements.models import Figure, Source
from memorial.translations.models import Witness
from tests.publishing.sources import a_background, a_witness

from .conftest import address, only_public, published
from .wordings import a_statement_in_many_words


@pytest.fixture
def witness(publisher: User) -> Source:
    """A relay with a wording in English of a statement in Azerbaijani and English; not published yet."""
    return a_witness(published(publisher))


def path(source: Source, rest: str = "", lang: str = "en") -> str:
    return f"/{lang}/sources/{source.ref}/{rest}"


def page(client: Client, source: Source, rest: str = "", lang: str = "en") -> str:
    response = client.get(path(source, rest, lang))
    assert response.status_code == 200
    return response.content.decode()


def test_a_source_has_a_page_once_it_is_published(client: Client, witness: Source, publisher: User) -> None:
    soon = timezone.now() + timedelta(hours=1)
    assert client.get(path(witness)).status_code == 404
    publish_source(witness, by=publisher, at=soon)
    for rest in ("", "v/1/", "v/1.txt"):
        assert client.get(path(witness, rest)).status_code == 404
    assert client.get("/en/sources/").status_code == 404, "there is no list of everything"


def test_the_page_says_who_published_it_when_and_where_and_what_it_is(
    client: Client, witness: Source, publisher: User
) -> None:
    publish_source(witness, by=publisher)
    content = page(client, witness)
    for said in (
        "Example Agency", "20 May 2025, 10:30 (UTC+04:00)", 'href="https://agency.example/1"',
        "a relay of the full text",
        "The agency’s own translation.", "By permission.", "This is the full text, as this source prints it.",
        f'href="{address(witness.statement, "en")}"', "Edition 1 of 1",
        f'href="{address(witness.statement, "en", f"wordings/{witness.ref}/")}"',
    ):  # fmt: skip
        assert said in content, said


@pytest.mark.parametrize("language", ["", "und"])
def test_nothing_is_said_of_a_language_that_is_not_recorded(client: Client, publisher: User, language: str) -> None:
    note = a_background(language=language, publisher="Example Herald", url="https://herald.example/1")
    publish_source(note, by=publisher)
    for path in (f"/en/sources/{note.ref}/", "/en/events/example-event/figures/"):
        page = client.get(path)
        assert page.status_code == 200
        assert "Example Herald" in page.text
        for empty in ("Unknown language", "not recorded", 'hreflang=""', 'hreflang="und"'):
            assert empty not in page.text, empty


def test_its_wording_keeps_its_language_and_direction_on_every_page(client: Client, publisher: User) -> None:
    source = a_witness(published(publisher, languages=("az", "en")), language="fa", body="<p>چراغ‌ها روشن شد.</p>")
    publish_source(source, by=publisher)
    assert '<div class="body" lang="fa" dir="rtl"><p id="p1">چراغ‌ها روشن شد.' in page(client, source)
    assert '<div class="body"><p id="p1">' in page(client, source, lang="fa")
    assert '<html lang="fa" dir="rtl">' in page(client, source, lang="fa")


def test_its_figures_stand_with_their_claimant(client: Client, publisher: User) -> None:
    source = a_background()
    publish_source(source, by=publisher)
    content = page(client, source)
    assert "Example Wire (en)" in content
    assert "killed by its count" in content
    assert ">31</td>" in content
    assert '<th scope="col">Paragraph</th>' not in content
    assert "Example Event (fa)" in page(client, source, lang="fa")


def test_a_label_in_no_language_of_the_page_is_marked_with_its_own(client: Client, publisher: User) -> None:
    source = a_background(**{column_name("note", "az"): "Agentliyin öz qeydi."})
    publish_source(source, by=publisher)
    assert '<span lang="az" dir="ltr">Agentliyin öz qeydi.</span>' in page(client, source, lang="tr")


def test_what_is_sealed_is_shown_whatever_the_record_says_now(client: Client, witness: Source, publisher: User) -> None:
    publish_source(witness, by=publisher)
    Witness.objects.update(body="<p>Zyxdraft</p>", title="Zyxdraft", rights="Zyxdraft")
    Source.objects.filter(pk=witness.pk).update(
        publisher="Zyxdraft", url="https://zyxdraft.example/", **{column_name("note", "en"): "Zyxdraft"}
    )
    Figure.objects.filter(source=witness).update(wording="Zyxdraft")
    for rest in ("", "v/1/", "v/1.txt"):
        assert "yxdraft" not in page(client, witness, rest)


def test_every_edition_stays_at_its_address_with_its_note_and_hash(
    client: Client, witness: Source, publisher: User
) -> None:
    first = publish_source(witness, by=publisher)
    Witness.objects.update(body="<p>Corrected words.</p>")
    second = publish_source(witness, by=publisher, note="The agency corrected its words.")
    content = page(client, witness)
    assert "Corrected words." in content
    assert content.count("The agency corrected its words.") == 2, "above the wording, and in the list"
    for edition in (first, second):
        assert edition.sha256 in content
        assert f'href="{path(witness, f"v/{edition.number}/")}"' in content
    old = page(client, witness, "v/1/")
    assert "lamps were lit" in old
    assert "It has been followed by edition 2." in old
    assert f'<link rel="canonical" href="http://memorial.test{path(witness)}">' in old
    assert 'content="noindex' in old
    assert client.get(path(witness, "v/3/")).status_code == 404


def test_the_text_file_is_exactly_what_was_hashed(client: Client, witness: Source, publisher: User) -> None:
    edition = publish_source(witness, by=publisher)
    for lang in ("en", "fa"):
        response = client.get(path(witness, "v/1.txt", lang))
        assert hashlib.sha256(response.content).hexdigest() == edition.sha256
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response["ETag"] == f'"{edition.sha256}"'


def test_a_statement_that_cannot_be_read_in_the_pages_language_is_named_by_its_permalink(
    client: Client, witness: Source, publisher: User
) -> None:
    publish_source(witness, by=publisher)
    content = page(client, witness, lang="ru")
    assert f'href="/s/{witness.statement.sid}"' in content
    assert "Title in en" not in content
    only_public("ru")
    assert f"/s/{witness.statement.sid}" not in page(client, witness, lang="ru")


def test_a_statement_lists_the_wordings_of_its_sources(client: Client, publisher: User) -> None:
    statement, first, second = a_statement_in_many_words(publisher)
    unpublished = a_witness(statement, publisher="Zyxunpublished")
    content = client.get(address(statement, "en")).content.decode()
    assert "Other wordings of this statement" in content
    for source in (first, second):
        assert f'href="{path(source)}"' in content
    assert unpublished.ref not in content
    assert "Zyxunpublished" not in content
    assert f'href="{address(statement, "en", "wordings/")}"' in content


def test_a_statement_without_other_wordings_says_nothing_of_them(client: Client, publisher: User) -> None:
    statement = published(publisher)
    assert "wordings" not in client.get(address(statement, "en")).content.decode()
    assert client.get(address(statement, "en", "wordings/")).status_code == 404


def test_the_sitemap_has_public_sources_in_every_language(client: Client, witness: Source, publisher: User) -> None:
    assert witness.ref not in client.get("/sitemap-pages.xml").content.decode()
    publish_source(witness, by=publisher)
    content = client.get("/sitemap-pages.xml").content.decode()
    assert f"<loc>http://memorial.test{path(witness)}</loc>" in content
    assert f"<loc>http://memorial.test{path(witness, lang='fa')}</loc>" in content
    assert "<loc>http://memorial.test/en/coverage/</loc>" in content
