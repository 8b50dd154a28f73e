"""Citations, each read by somebody else's reader of its format."""

import json
from dataclasses import replace
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation as CiteprocCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.models import Edition
from memorial.reading.citing import bibtex, csl, ris
from memorial.reading.citing.citation import Citation, citation
from memorial.reading.citing.plain import plain
from memorial.statements.models import Statement
from tests.builders import an_issuer

from .conftest import address, published, published_again

HOSTILE = 'Ministry, {of} "50% & more_ #1 $~^\\end": Şəhidlər وزارت <b>\r\nER  - \nTY  - BOOK\x00\u2028}'


def cited(statement: Statement, lang: str = "en") -> Citation:
    return citation(statement.editions.get(language=lang, number=1))


def read_ris(text: str) -> dict[str, Any]:
    (entry,) = rispy.loads(text)
    return entry


def read_bibtex(text: str, *, is_decoded: bool = True) -> dict[str, str]:
    """The fields of an entry: as TeX would print them, or as they are written."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()] if is_decoded else [])
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.entry_type == "techreport"
    return {name: str(field.value) for name, field in entry.fields_dict.items()}


def rendered(item: dict[str, Any]) -> str:
    """The entry that a citation processor makes of an item in its bundled style."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    bibliography.register(CiteprocCitation([CitationItem(item["id"])]))
    (entry,) = bibliography.bibliography()
    return str(entry)


def fetched(client: Client, statement: Statement, suffix: str, lang: str = "en", query: str = "") -> Any:
    return client.get(address(statement, lang).rstrip("/") + f".{suffix}{query}")


def test_the_same_is_said_in_every_format(client: Client, statement: Statement) -> None:
    said = cited(statement)
    by_ris = read_ris(fetched(client, statement, "ris").content.decode())
    by_bibtex = read_bibtex(fetched(client, statement, "bib").content.decode())
    (by_csl,) = json.loads(fetched(client, statement, "csl.json").content)
    assert by_ris["type_of_reference"] == "RPRT"
    assert by_ris["authors"] == ["Example Ministry (en)"]
    assert by_bibtex["author"] == by_bibtex["institution"] == "Example Ministry (en)"
    assert "  author = {{Example Ministry (en)}},\n" in bibtex.bibtex(said)
    assert by_csl["author"] == [{"literal": "Example Ministry (en)"}]
    assert by_ris["title"] == "Title in en"
    assert by_bibtex["title"] == "Title in en"
    assert by_csl["title"] == "Title in en"
    assert by_bibtex["origtitle"] == "Title in az"
    assert by_csl["original-title"] == "Title in az"
    assert by_ris["date"] == "2025/05/20/"
    assert (by_bibtex["year"], by_bibtex["month"], by_bibtex["date"]) == ("2025", "may", "2025-05-20")
    assert by_csl["issued"] == {"date-parts": [[2025, 5, 20]]}
    assert by_ris["urls"] == [said.address] == [by_bibtex["url"]] == [by_csl["URL"]]
    assert by_ris["accession_number"] == statement.sid
    assert by_ris["language"] == by_bibtex["language"] == by_csl["language"] == "en"
    for notes in (" ".join(by_ris["notes"]), by_bibtex["note"], by_csl["note"]):
        assert "summary prepared by the archive; it is not the issuer" in notes
        assert said.permalink in notes
        assert said.sha256 in notes
        assert "Title in az" in notes


def test_a_citation_processor_renders_the_issuer_whole(statement: Statement) -> None:
    entry = rendered(csl.csl(cited(statement)))
    assert "Example Ministry (en)" in entry
    assert "2025" in entry
    assert "Title in en" in entry


def test_a_comma_in_a_name_divides_no_name(publisher: User) -> None:
    issuer = an_issuer(slug="commas", **{column_name("name", "en"): "Ministry of Examples, Culture, and Sport"})
    said = cited(published(publisher, issuer=issuer))
    entry = read_ris(ris.ris(said))
    assert entry["authors"] == ["Ministry of Examples Culture and Sport"]
    assert entry["publisher"] == "Ministry of Examples, Culture, and Sport"
    assert read_bibtex(bibtex.bibtex(said))["author"] == "Ministry of Examples, Culture, and Sport"


def test_what_is_hostile_to_a_format_stays_a_text_in_it(statement: Statement) -> None:
    said = replace(cited(statement), title=HOSTILE, issuer=HOSTILE, original_title=HOSTILE, translator=HOSTILE)
    entry = read_ris(ris.ris(said))
    whole = 'Ministry, {of} "50% & more_ #1 $~^\\end": Şəhidlər وزارت <b> ER - TY - BOOK }'
    assert entry["title"] == whole
    # The decoder knows no name of a brace, and has another sign for TeX's circumflex.
    printed = whole.translate({ord("{"): None, ord("}"): None, ord("^"): "ˆ"})
    assert read_bibtex(bibtex.bibtex(said))["title"].strip() == printed.strip()
    assert bibtex.escaped("a{b}^") == r"a\textbraceleft{}b\textbraceright{}\textasciicircum{}"
    assert csl.csl(said)["title"] == HOSTILE, "JSON escapes by itself"


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_a_format(text: str) -> None:
    line = ris.in_one_line(text)
    assert "\n" not in line
    assert "\r" not in line
    entry = f"@techreport{{key,\n  title = {{{bibtex.escaped(text)}}},\n  year = {{2025}},\n}}\n"
    library = bibtexparser.parse_string(entry)
    assert library.failed_blocks == []
    assert list(library.entries[0].fields_dict) == ["title", "year"]


@pytest.mark.parametrize(
    ("dated", "in_ris", "parts", "month"),
    [
        ("2025-05-20", "2025/05/20/", [[2025, 5, 20]], "may"),
        ("1994-03", "1994/03//", [[1994, 3]], "mar"),
        ("1994", "1994///", [[1994]], None),
        ("1990~", "1990///about 1990", [[1990]], None),
        ("1990?", "1990///1990 (uncertain)", [[1990]], None),
        ("1990-01-19/1990-01-20", "1990/01/19/19–20 January 1990", [[1990, 1, 19], [1990, 1, 20]], "jan"),
    ],
)
def test_a_date_is_as_exact_as_it_is_stated(
    statement: Statement, dated: str, in_ris: str, parts: list[list[int]], month: str | None
) -> None:
    found = Edition.objects.get(statement=statement, language="en")
    found.facts["statement"]["dated"] = dated
    said = citation(found)
    assert read_ris(ris.ris(said))["date"] == in_ris
    entry = read_bibtex(bibtex.bibtex(said), is_decoded=False)
    assert (entry["year"], entry.get("month"), entry["date"]) == (dated[:4], month, dated)
    issued = csl.csl(said)["issued"]
    assert issued["date-parts"] == parts
    assert issued.get("circa", False) is (dated[-1] in "~?")
    if len(parts) == 1:  # this processor leaves out every range
        assert dated[:4] in rendered(csl.csl(said))


def test_the_plain_citation_is_in_the_language_of_the_text(statement: Statement) -> None:
    in_english, in_azerbaijani = plain(cited(statement)), plain(cited(statement, "az"))
    assert in_english.startswith("Example Ministry (en): “Title in en”, 20 May 2025. Memorial; language: English;")
    assert in_english.endswith(f"http://memorial.test/s/{statement.sid}")
    assert "20 may 2025" in in_azerbaijani
    assert "Example Ministry (az)" in in_azerbaijani


def test_a_person_who_spoke_is_named_in_the_notes_and_is_not_the_author(publisher: User) -> None:
    said = cited(published(publisher, person="E. Example", person_role="Spokesperson"))
    assert "Given by: E. Example, Spokesperson" in read_ris(ris.ris(said))["notes"]
    assert "E. Example" not in str(csl.csl(said)["author"])


@pytest.mark.parametrize(
    ("suffix", "media_type", "disposition"),
    [
        ("ris", "application/x-research-info-systems; charset=utf-8", "attachment"),
        ("bib", "application/x-bibtex; charset=utf-8", "attachment"),
        ("csl.json", "application/vnd.citationstyles.csl+json", "attachment"),
        ("jsonld", "application/ld+json", "inline"),
        ("linkset.json", "application/linkset+json", "inline"),
    ],
)
def test_each_format_has_its_type_name_and_tag(
    client: Client, statement: Statement, suffix: str, media_type: str, disposition: str
) -> None:
    response = fetched(client, statement, suffix)
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'{disposition}; filename="example-statement-en-1.{suffix}"'
    assert response["Content-Language"] == "en"
    again = client.get(response.request["PATH_INFO"], headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(response.request["PATH_INFO"]).status_code == 200
    assert client.post(response.request["PATH_INFO"]).status_code == 405


def test_an_earlier_edition_is_cited_by_its_number(client: Client, statement: Statement, publisher: User) -> None:
    published_again(statement, "en", publisher, title="Corrected title")
    assert "Corrected title" in fetched(client, statement, "ris").content.decode()
    earlier = fetched(client, statement, "ris", query="?edition=1").content.decode()
    assert read_ris(earlier)["title"] == "Title in en"
    assert read_ris(earlier)["edition"] == "1"


@pytest.mark.parametrize(
    "query", ["?edition=9", "?edition=0", "?edition=x", "?edition=%00", "?edition=" + "1" * 10_000]
)
def test_an_edition_that_is_not_there_is_not_found(client: Client, statement: Statement, query: str) -> None:
    assert fetched(client, statement, "bib", query=query).status_code == 404


def test_a_wrong_slug_leads_to_the_right_one_and_another_language_is_not_found(
    client: Client, statement: Statement
) -> None:
    wrong = client.get(f"/en/statements/{statement.sid}/wrong.bib?edition=1&other=1")
    assert wrong.status_code == 301
    assert wrong["Location"] == address(statement, "en").rstrip("/") + ".bib?edition=1"
    assert fetched(client, statement, "ris", "fa").status_code == 404
    assert client.get(address(statement, "en").rstrip("/") + ".pdf").status_code == 404


def test_the_page_shows_the_citation_with_its_formats(client: Client, statement: Statement) -> None:
    content = client.get(address(statement, "en")).content.decode()
    section = content[content.index('<section class="cite"') :]
    assert "Example Ministry (en): “Title in en”, 20 May 2025." in section
    assert '“<span lang="az" dir="ltr">Title in az</span>”' in section
    for suffix in ("ris", "bib", "csl.json", "jsonld"):
        assert f'{address(statement, "en").rstrip("/")}.{suffix}"' in section
    assert f"http://memorial.test{address(statement, 'en', 'v/1/')}" in section


@pytest.mark.parametrize(
    "path",
    ["statements/", "issuers/", "occasions/", "events/", "places/", "issuers/example-ministry/",
     "occasions/example-day/", "events/example-event/", "places/example-town/"],
)  # fmt: skip
def test_other_pages_say_how_they_are_cited(client: Client, statement: Statement, path: str) -> None:
    content = client.get(f"/en/{path}").content.decode()
    line = content[content.index('<p class="cite-page') :].split("</p>")[0]
    assert "Cite this page:" in line
    assert f'href="http://memorial.test/en/{path}"' in line
