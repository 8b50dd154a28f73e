"""An editor says that a text is ready for translation."""

from collections.abc import Callable

import pytest
from django.test import Client

from memorial.accounts.models import User
from memorial.statements.models import Statement
from memorial.translations.models import ReadyMark, Revision, Significance, Text
from memorial.translations.ready import mark_ready
from memorial.translations.save import save_text
from tests.builders import a_user

Enter = Callable[[User], Client]


def address(statement: Statement, language: str = "az") -> str:
    return f"/admin/statements/statement/{statement.pk}/text/{language}/ready/"


@pytest.fixture
def editor(editor: User) -> User:
    """An editor whose desk is English."""
    editor.interface_language = "en"
    editor.save()
    return editor


@pytest.fixture
def second(statement: Statement, editor: User) -> Revision:
    """The original saved again after it was ready, with two translations made from what it was."""
    first = Text.objects.get(language="az").head
    mark_ready(first, significance=Significance.WORDING, by=editor)
    for tag in ("fa", "ru"):
        save_text(statement, tag, title=tag, summary="", body="<p>x</p>", seen=None, based_on=first, by=editor)
    return save_text(statement, "az", title="Bəyanat", summary="", body="<p>Changed.</p>", seen=first, by=editor)


def test_the_page_shows_the_change_and_what_it_makes_outdated(
    editor: User, enter: Enter, statement: Statement, second: Revision
) -> None:
    page = enter(editor).get(address(statement)).content.decode()
    assert "<ins>" in page
    assert "2 translations become outdated:" in page
    assert "فارسی" in page
    assert "Русский" in page
    for value in Significance.values:
        assert f'id="significance-{value}"' in page
    assert "checked" not in page[page.index("significances") :]


def test_the_revision_that_was_shown_is_marked(
    editor: User, enter: Enter, statement: Statement, second: Revision
) -> None:
    answer = enter(editor).post(address(statement), {"significance": "2", "note": " A new number. ", "seen": "2"})
    assert answer.status_code == 302
    mark = ReadyMark.objects.get(revision=second)
    assert (mark.significance, mark.note, mark.by) == (Significance.MEANING, "A new number.", editor)
    assert Text.objects.get(language="fa").outdated_by == Significance.MEANING


def test_what_was_saved_since_is_not_marked_unread(
    editor: User, enter: Enter, statement: Statement, second: Revision
) -> None:
    third = save_text(statement, "az", title="Üç", summary="", body="<p>3</p>", seen=second, by=editor)
    assert enter(editor).post(address(statement), {"significance": "1", "seen": "2"}).status_code == 302
    assert ReadyMark.objects.filter(revision=second).exists()
    assert not ReadyMark.objects.filter(revision=third).exists()


def test_a_mark_needs_its_significance_and_keeps_what_was_typed(
    editor: User, enter: Enter, statement: Statement, second: Revision
) -> None:
    client = enter(editor)
    answer = client.post(address(statement), {"note": "Typed.", "seen": "2"})
    assert "Choose what the change means for translations." in answer.content.decode()
    assert "Typed." in answer.content.decode()
    for wrong in ("0", "9", "x"):
        assert client.post(address(statement), {"significance": wrong, "seen": "2"}).status_code == 200
    assert client.post(address(statement), {"significance": "1", "seen": "99"}).status_code == 404
    assert ReadyMark.objects.count() == 1


def test_what_is_marked_is_not_marked_again(editor: User, enter: Enter, statement: Statement, second: Revision) -> None:
    mark_ready(second, significance=Significance.WORDING, by=editor)
    client = enter(editor)
    page = client.get(address(statement)).content.decode()
    assert "is marked as ready already" in page
    assert 'name="significance"' not in page
    assert client.post(address(statement), {"significance": "1", "seen": "2"}).status_code == 409
    assert ReadyMark.objects.count() == 2


def test_the_first_mark_has_nothing_before_it(editor: User, enter: Enter, statement: Statement) -> None:
    page = enter(editor).get(address(statement)).content.decode()
    assert "No revision of this text has been ready for translation before." in page
    assert "No translation becomes outdated." in page


@pytest.mark.parametrize(
    ("role", "language", "expected"),
    [
        ("", "", 302), ("contributor", "az", 403), ("translator", "az", 403), ("reviewer", "az", 403),
        ("translator", "fa", 403), ("lead", "fa", 403), ("language-manager", "", 403), ("lead", "az", 200),
        ("publisher", "", 200),
    ],
)  # fmt: skip
def test_who_may_mark(
    role: str, language: str, expected: int, *, enter: Enter, statement: Statement, second: Revision
) -> None:
    client = enter(a_user("somebody", *([role] if role else []), language=language))
    assert client.get(address(statement)).status_code == expected
    client.post(address(statement), {"significance": "3", "seen": "2"})
    assert ReadyMark.objects.filter(revision=second).exists() == (expected == 200)


def test_a_language_without_a_text_is_not_found(editor: User, enter: Enter, statement: Statement) -> None:
    assert enter(editor).get(address(statement, "en")).status_code == 404
