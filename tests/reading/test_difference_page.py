"""What changed from one edition to another: the page, and the list in words that mails quote."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from lxml import html

from memorial.accounts.models import User
from memorial.publishing.models import Edition
from memorial.reading.study.changes import changes_in_words
from memorial.statements.models import Figure, Statement

from .conftest import a_figure, a_text, address, an_event, only_public, published, published_again

FIRST = "<p>There were 147 lamps in the town.</p><p>Second paragraph, which stays.</p><p>Third one, which goes.</p>"


def body_of(statement: Statement) -> str:
    return Edition.objects.filter(statement=statement, language="en").latest("number").body


@pytest.fixture
def corrected(publisher: User) -> Statement:
    """A statement with two editions in English: a number, the title, a paragraph and a figure have changed."""
    event = an_event()
    found = published(publisher, languages=("en", "az"), original_language="en", events=[event], text={"body": FIRST})
    figure = a_figure(found, event, minimum=147, block="p1")
    published_again(found, "en", publisher, body=body_of(found))
    Figure.objects.filter(pk=figure.pk).update(minimum=150)
    body = (
        body_of(found)
        .replace("147", "150")
        .replace(' data-key="p3">Third one, which goes.', ">Bells rang <b>&</b> ships lowered their flags.")
    )
    published_again(found, "en", publisher, body=body, title="Title in English", credit="A. Example")
    return found


def sentences(statement: Statement, older: int, newer: int, lang: str = "en") -> list[str]:
    old, new = (Edition.objects.get(statement=statement, language=lang, number=n) for n in (older, newer))
    with translation.override(lang):
        return [change.sentence.replace("\u2068", "").replace("\u2069", "") for change in changes_in_words(old, new)]


def test_changes_are_said_in_words_place_by_place(corrected: Statement) -> None:
    assert sentences(corrected, 2, 3) == [
        "Title: removed “en”, added “English”",
        "Paragraph p1: removed “147”, added “150”",
        "Paragraph p3: left out: “Third one, which goes.”",
        "Paragraph p4: new: “Bells rang & ships lowered their flags.”",
        "Translator: added “A. Example”",
        "Figure: removed “killed · 147 · residents of Example Town · Example Ministry (en) · 20 May 2025 · "
        "Example Event (en) · p1”, added “killed · 150 · residents of Example Town · Example Ministry (en) · "
        "20 May 2025 · Example Event (en) · p1”",
    ]


def test_a_fact_that_is_new_and_one_that_is_gone_are_said(corrected: Statement) -> None:
    found = sentences(corrected, 1, 2)
    assert len(found) == 1
    assert found[0].startswith("Figure: added “killed · 147")


def test_a_moved_paragraph_is_said_to_be_moved_and_not_to_be_another(publisher: User) -> None:
    statement = published(publisher, text={"body": FIRST})
    one, two, three = body_of(statement).replace("</p><p", "</p>\n<p").split("\n")
    published_again(statement, "en", publisher, body=two + three + one)
    assert sentences(statement, 1, 2) == ["Paragraph p1: moved, with the same words"]


def test_a_new_link_is_a_change_of_form_only(publisher: User) -> None:
    statement = published(publisher, text={"body": FIRST})
    published_again(statement, "en", publisher, body=body_of(statement).replace("lamps", "<em>lamps</em>"))
    assert sentences(statement, 1, 2) == ["Paragraph p1: only the form has changed (a link or emphasis), not the words"]


def page_of(client: Client, statement: Statement, rest: str, lang: str = "en") -> html.HtmlElement:
    response = client.get(address(statement, lang, rest))
    assert response.status_code == 200
    return html.document_fromstring(response.content.decode())


def test_the_page_lists_the_changes_and_marks_them_in_the_text(client: Client, corrected: Statement) -> None:
    page = page_of(client, corrected, "diff/2..3/")
    assert page.xpath("string(//h1)") == "What changed from edition 2 to edition 3"
    listed = page.xpath("//ul[@class='changes']/li/a/@href")
    assert listed == ["#p1", "#p3", "#p4"]
    ids = set(page.xpath("//@id"))
    assert {link.removeprefix("#") for link in listed} <= ids
    assert [each.text for each in page.xpath("//div[@id='p1']//del | //div[@id='p1']//ins")] == ["147", "150"]
    became = {each.get("id"): each.xpath("string(./p[@class='became'])") for each in page.xpath("//div[@id][@class]")}
    assert became == {
        "p1": "p1 Changed", "p2": "p2 The same in both", "p3": "p3 Left out", "p4": "p4 New paragraph",
    }  # fmt: skip
    assert "A word was corrected." in page.text_content()
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://memorial.test" + address(corrected, "en")]


def test_all_notes_between_two_editions_are_shown(client: Client, corrected: Statement) -> None:
    assert page_of(client, corrected, "diff/1..3/").text_content().count("A word was corrected.") == 2


def test_the_history_links_each_edition_with_the_one_before(client: Client, corrected: Statement) -> None:
    links = page_of(client, corrected, "history/").xpath("//main//a/@href")
    assert [link for link in links if "/diff/" in link] == [
        address(corrected, "en", f"diff/{pair}/") for pair in ("1..3", "2..3", "1..2")
    ]
    alone = page_of(client, corrected, "history/", "az").xpath("//main//a/@href")
    assert [link for link in alone if "/diff/" in link] == []


def test_wrong_addresses_lead_to_the_right_one_or_nowhere(client: Client, corrected: Statement) -> None:
    moved = {
        address(corrected, "en", "diff/3..1/"): address(corrected, "en", "diff/1..3/"),
        f"/en/statements/{corrected.sid}/wrong/diff/1..2/": address(corrected, "en", "diff/1..2/"),
        address(corrected, "en", "diff/2..2/"): address(corrected, "en", "v/2/"),
    }
    for path, target in moved.items():
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, target)
    for rest in ("diff/1..4/", "diff/0..1/", "diff/1..999999/", "diff/1..9999999/", "diff/1..2..3/", "diff/a..b/"):
        assert client.get(address(corrected, "en", rest)).status_code == 404
    assert client.get(address(corrected, "ru", "diff/1..2/")).status_code == 404


def test_an_edition_that_waits_for_its_moment_is_not_compared(
    client: Client, corrected: Statement, publisher: User
) -> None:
    body = body_of(corrected)
    published_again(corrected, "en", publisher, at=timezone.now() + timedelta(days=1), title="Tomorrow", body=body)
    assert client.get(address(corrected, "en", "diff/3..4/")).status_code == 404
    a_text(corrected, "en", publisher, title="A draft")
    for rest in ("diff/2..3/", "history/"):
        content = client.get(address(corrected, "en", rest)).content.decode()
        assert "Tomorrow" not in content
        assert "A draft" not in content
    only_public("az")
    assert client.get(address(corrected, "en", "diff/2..3/")).status_code == 404


def test_words_of_a_text_are_escaped(client: Client, publisher: User) -> None:
    statement = published(publisher, text={"body": FIRST, "title": "<b>One</b>"})
    body = body_of(statement).replace("147", "&lt;script&gt;alert(1)&lt;/script&gt;")
    published_again(statement, "en", publisher, body=body, title='<img src="x" onerror="alert(1)">')
    content = client.get(address(statement, "en", "diff/1..2/")).content.decode()
    assert "<script>" not in content
    assert "<img" not in content
    assert "<b>" not in content
    assert "&lt;script&gt;" in content


def test_the_difference_costs_few_queries(
    client: Client, corrected: Statement, django_assert_max_num_queries: Any
) -> None:
    client.get(address(corrected, "en", "diff/1..3/"))
    with django_assert_max_num_queries(4):
        client.get(address(corrected, "en", "diff/1..3/"))
