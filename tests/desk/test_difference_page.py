"""What changed between two revisions, part by part."""

from collections.abc import Callable

import pytest
from django.test import Client
from lxml import html as markup

from memorial.accounts.models import User
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Text
from memorial.translations.save import save_text

Enter = Callable[[User], Client]
BEFORE = "<p>Alpha stays.</p><p>Beta stays.</p><p>Gamma was one.</p><p>Delta goes.</p><p>Epsilon stays.</p>"
AFTER = "<p>Alpha stays.</p><p>Beta stays.</p><p>Gamma was two.</p><p>Epsilon stays.</p><p>Zeta comes.</p>"


def address(statement: Statement, pair: str, language: str = "fa") -> str:
    return f"/admin/statements/statement/{statement.pk}/text/{language}/difference/{pair}/"


@pytest.fixture
def revised(statement: Statement, editor: User) -> Statement:
    """A statement with two revisions in Persian."""
    editor.interface_language = "en"
    editor.save()
    first = save_text(statement, "fa", title="Old title", summary="", body=BEFORE, seen=None, by=editor)
    body = AFTER
    for block, letter in ((1, "Alpha"), (2, "Beta"), (3, "Gamma"), (5, "Epsilon")):
        key = _keys(first)[block - 1]
        body = body.replace(f"<p>{letter}", f'<p data-key="{key}">{letter}')
    save_text(statement, "fa", title="New title", summary="Now <short>.", body=body, seen=first, by=editor)
    return statement


def _keys(revision: Revision) -> list[str]:
    return [each.get("data-key") for each in markup.fragments_fromstring(revision.body)]


def marked(page: str, tag: str) -> list[str]:
    """The words in each ``ins`` or ``del``, without what is said to screen readers and without the legend."""
    found = []
    for element in markup.fromstring(page).xpath(f"//*[contains(@class, 'change')]//{tag}[span]"):
        for hidden in element.xpath("./span"):
            hidden.drop_tree()
        found.append(element.text_content().strip())
    return found


def test_words_are_marked_in_both_views(revised: Statement, editor: User, enter: Enter) -> None:
    client = enter(editor)
    for view in ("sides", "marked"):
        page = client.get(address(revised, "1..2"), {"view": view}).content.decode()
        assert set(marked(page, "del")) == {"Old", "one", "Delta goes."}
        assert set(marked(page, "ins")) == {"New", "two", "Zeta comes.", "Now <short>."}
        assert "Now <short>" not in page
        assert 'dir="rtl"' in page


def test_what_is_unchanged_is_folded_and_order_is_that_of_reading(
    revised: Statement, editor: User, enter: Enter
) -> None:
    page = enter(editor).get(address(revised, "1..2")).content.decode()
    tree = markup.fromstring(page)
    folded = [" ".join(each.text_content().split()) for each in tree.xpath("//details[@class='unchanged']")]
    assert folded[0] == "2 unchanged parts Alpha stays.Beta stays."
    assert folded[1] == "1 unchanged part Epsilon stays."
    assert not tree.xpath("//details[@open]")
    assert page.index("Gamma") < page.index("Delta") < page.index("Epsilon") < page.index("Zeta")


def test_an_earlier_revision_always_stands_first(revised: Statement, editor: User, enter: Enter) -> None:
    answer = enter(editor).get(address(revised, "2..1"), {"view": "marked"})
    assert (answer.status_code, answer["Location"]) == (302, address(revised, "1..2") + "?view=marked")


def test_numbers_that_do_not_exist_are_not_found(revised: Statement, editor: User, enter: Enter) -> None:
    client = enter(editor)
    for pair in ("1..3", "0..1", "3..1", "7..8", f"1..{10**30}"):
        assert client.get(address(revised, pair)).status_code == 404, pair
    assert client.get(address(revised, "1..2", "en")).status_code == 404
    assert client.get(address(revised, "1..2", "xx")).status_code == 404
    # Another text of the same statement has one revision only.
    assert client.get(address(revised, "1..2", "az")).status_code == 404


def test_a_change_of_markup_alone_is_said_and_shown(revised: Statement, editor: User, enter: Enter) -> None:
    head = Text.objects.get(language="fa").head
    save_text(
        revised, "fa", title=head.title, summary=head.summary, seen=head, by=editor,
        body=head.body.replace("Alpha", "<strong>Alpha</strong>"),
    )  # fmt: skip
    page = enter(editor).get(address(revised, "2..3")).content.decode()
    assert "same words; a link, emphasis or form has changed" in page
    assert "<strong>Alpha</strong> stays." in page
    assert marked(page, "del") == marked(page, "ins") == []


def test_the_same_words_are_called_the_same(revised: Statement, editor: User, enter: Enter) -> None:
    page = enter(editor).get(address(revised, "1..1")).content.decode()
    assert "The words of these two revisions are the same." in page


def test_long_texts_take_no_more_queries(
    revised: Statement, editor: User, enter: Enter, django_assert_max_num_queries: Callable
) -> None:
    client = enter(editor)
    with django_assert_max_num_queries(15):
        client.get(address(revised, "1..2"))
