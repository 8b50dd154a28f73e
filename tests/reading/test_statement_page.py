"""The statement page: everything attributed, and all of it sealed."""

import itertools
import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import translation

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.release import publish
from memorial.reading.wording import standing
from memorial.statements.attachments import keep
from memorial.statements.models import Figure, Issuer, Statement
from memorial.translations.models import Text

from .conftest import a_figure, a_text, address, an_event, published, published_again


def page(client: Client, statement: Statement, lang: str = "en", rest: str = "") -> str:
    response = client.get(address(statement, lang, rest))
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_who_when_and_where_it_was_read(client: Client, statement: Statement) -> None:
    content = page(client, statement)
    for expected in (
        "Example Ministry (en)",
        "Day of Examples (en)",
        "35 years",
        "20 May 2025",
        "19 May 2025, 22:01 (UTC+04:00)",
        "Azerbaijani",
        "This is a summary prepared by the archive; it is not the issuer’s wording.",
        "Made from the text in this language: Azerbaijani, edition 1.",
        "A. Example",
        '<a href="https://gazette.example/1" hreflang="az" rel="external">Example Gazette</a>',
        "20 May 2025, 09:00 (UTC+04:00)",
        "a relay of the full text",
        "Edition 1 of 1",
        f"http://memorial.test/s/{statement.sid}",
    ):
        assert expected in content, expected
    assert content.count("<h1") == 1


@pytest.mark.parametrize("lang", ["az", "en"])
@pytest.mark.parametrize(
    ("origin", "completeness"), list(itertools.product(Text.Origin.values, Text.Completeness.values))
)
def test_every_kind_of_text_is_described_by_a_sentence_of_its_own(origin: str, completeness: str, lang: str) -> None:
    facts = {
        "statement": {"original_language": "az"},
        "text": {"origin": origin, "completeness": completeness},
    }
    others = [
        standing({**facts, "text": {"origin": other, "completeness": complete}}, lang)
        for other, complete in itertools.product(Text.Origin.values, Text.Completeness.values)
        if (other, complete) != (origin, completeness)
    ]
    with translation.override("en"):
        sentence = standing(facts, lang)
    assert sentence.startswith("This is ")
    assert sentence.endswith(".")
    assert sentence not in others
    assert ("machine translation" in sentence) == (origin == Text.Origin.MACHINE)


def test_what_is_not_the_issuers_own_full_text_says_so_above_the_text(client: Client, statement: Statement) -> None:
    assert '<p class="standing"' in page(client, statement, "en")
    assert '<p class="standing"' not in page(client, statement, "az")


def test_paragraphs_have_anchors_that_all_languages_share(client: Client, statement: Statement) -> None:
    for lang in ("az", "en"):
        content = page(client, statement, lang)
        assert 'id="p1"' in content
        assert re.search(r'<a class="anchor" href="#p2" aria-label="[^"]+">', content)


def test_figures_are_shown_as_stated_with_their_claimant(client: Client, statement: Statement) -> None:
    content = page(client, statement)
    table = content[content.index("<table") : content.index("</table>")]
    for expected in ("Example Ministry (en)", "killed", "1,150", "residents of Example Town", "20 May 2025", "#p2"):
        assert expected in table, expected
    assert "does not merge, compare or confirm" in content


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"precision": "at-least", "minimum": 30}, "at least 30"),
        ({"precision": "about", "minimum": 30}, "about 30"),
        ({"minimum": 30, "maximum": 40}, "30–40"),
        ({"precision": "words", "minimum": None, "wording": "dozens", "wording_language": "en"}, "in words only"),
    ],
)
def test_a_figure_is_never_made_exact(client: Client, publisher: User, fields: dict[str, object], shown: str) -> None:
    event = an_event()
    statement = published(publisher)
    a_figure(statement, event, **fields)
    published_again(statement, "en", publisher)
    assert shown in page(client, statement)


def test_the_switcher_links_to_the_languages_there_are_and_names_the_others(
    client: Client, statement: Statement
) -> None:
    content = page(client, statement)
    nav = content[content.index('<nav class="languages"') :].split("</nav>")[0]
    assert '<span lang="en" dir="ltr" aria-current="true">English</span>' in nav
    assert f'<a href="{address(statement, "az")}" lang="az" hreflang="az" dir="ltr">Azərbaycanca</a>' in nav
    assert nav.count("original") == 1
    assert "فارسی" not in nav
    missing = content[content.index('<p class="missing">') :].split("</p>")[0]
    assert '<span lang="fa" dir="rtl">فارسی</span>' in missing


def test_a_name_without_a_translation_says_which_language_it_is_in(client: Client, publisher: User) -> None:
    statement = published(publisher, languages=("az", "ru"))
    content = page(client, statement, "ru")
    assert re.search(r'<span lang="(en|az)" dir="ltr">Example Ministry \((en|az)\)</span>', content)
    assert '<html lang="ru" dir="ltr">' in content


def test_the_page_shows_what_was_sealed_not_what_the_record_says_now(client: Client, statement: Statement) -> None:
    Issuer.objects.update(**{column_name("name", "en"): "Renamed Ministry"})
    Statement.objects.update(person="Somebody New", issued="")
    Figure.objects.update(minimum=1)
    content = page(client, statement)
    assert "Renamed Ministry" not in content
    assert "Somebody New" not in content
    assert "1,150" in content
    assert "19 May 2025, 22:01" in content


def test_statements_of_a_series_lead_to_their_neighbours(client: Client, statement: Statement, publisher: User) -> None:
    around = {"issuer": statement.issuer, "occasion": statement.occasion}
    before = published(publisher, dated="2024-05-20", slug="before", **around)
    after = published(publisher, dated="2026-05-20", slug="after", **around)
    published(publisher, dated="2027-05-20", slug="elsewhere", issuer=statement.issuer)
    content = page(client, statement)
    assert f'<a rel="prev" href="{address(before, "en")}">' in content
    assert f'<a rel="next" href="{address(after, "en")}">' in content
    assert 'rel="next"' not in page(client, after)


def test_related_statements_are_shown_as_far_as_they_can_be_read(client: Client, publisher: User) -> None:
    other = published(publisher, slug="other", languages=("az",), text={"title": "The other one"})
    statement = published(publisher)
    statement.related.add(other)
    for lang in ("az", "en"):
        published_again(statement, lang, publisher)
    assert "The other one" in page(client, statement, "az")
    assert "The other one" not in page(client, statement, "en")


def test_a_correction_is_announced_with_its_note(client: Client, statement: Statement, publisher: User) -> None:
    published_again(statement, "en", publisher, title="A better title")
    content = page(client, statement)
    assert "A word was corrected." in content
    assert "Edition 2 of 2" in content
    history = page(client, statement, rest="history/")
    assert "A word was corrected." in history
    assert history.count('class="hash"') == 2


def test_a_file_is_given_only_when_a_released_edition_names_it(client: Client, publisher: User) -> None:
    statement = published(publisher)
    kept = keep(statement, ContentFile(b"%PDF-1.4\nexample", name="example.pdf"), by=publisher)
    path = f"/s/{statement.sid}/files/{kept.sha256}/example.pdf"
    assert client.get(path).status_code == 404
    a_text(statement, "en", publisher)
    publish(statement, ["en"], by=publisher, note="A file was added.")
    assert path in page(client, statement)
    response = client.get(path)
    assert b"".join(response.streaming_content) == b"%PDF-1.4\nexample"  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="example.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get(path.replace("example.pdf", "other.pdf")).status_code == 301
    kept.delete()
    assert client.get(path).status_code == 200, "a sealed edition still names it"


def test_a_right_to_left_page_says_so(client: Client, publisher: User) -> None:
    statement = published(publisher, languages=("az", "fa"))
    content = page(client, statement, "fa")
    assert '<html lang="fa" dir="rtl">' in content
    assert '<code class="hash" dir="ltr">' in content
