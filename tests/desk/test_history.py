"""The revisions of a text: listed with all that was done about them, and restored one language at a time."""

from collections.abc import Callable

import pytest
from django.test import Client

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Significance, Text
from memorial.translations.ready import mark_ready
from memorial.translations.review import approve, send_back, submit
from memorial.translations.save import save_text
from tests.builders import a_user

Enter = Callable[[User], Client]


def address(statement: Statement, language: str = "az", page: str = "history/") -> str:
    return f"/admin/statements/statement/{statement.pk}/text/{language}/{page}"


@pytest.fixture(autouse=True)
def site_languages(db: None) -> None:
    """Azerbaijani and Persian are public; Persian texts need a reviewer."""
    for tag, review in (("az", "none"), ("fa", "reviewer")):
        row = {"name_en": tag, "name_own": tag, "state": "public", "review": review}
        Language.objects.update_or_create(tag=tag, defaults=row)


@pytest.fixture
def english_editor(editor: User) -> User:
    """An editor whose desk is English."""
    editor.interface_language = "en"
    editor.save()
    return editor


@pytest.fixture
def second(statement: Statement, editor: User) -> Revision:
    """The original, saved a second time."""
    first = Text.objects.get(language="az").head
    return save_text(
        statement, "az", title="Bəyanat", summary="Qısa", body="<p>The first paragraph, corrected.</p>", seen=first,
        by=editor,
    )  # fmt: skip


def test_every_revision_is_listed_newest_first_with_what_was_done(
    english_editor: User, persian_translator: User, enter: Enter, statement: Statement, second: Revision
) -> None:
    reviewer = a_user("reviewer-fa", "reviewer", language="fa")
    mark_ready(second, significance=Significance.URGENT, note="A number was wrong.", by=english_editor)
    one = save_text(
        statement, "fa", title="یک", summary="", body="<p>یک</p>", seen=None, based_on=second, by=persian_translator
    )
    text = one.text
    submit(text, seen=one, by=persian_translator, message="Please look.")
    send_back(text, seen=one, by=reviewer, message="A word is missing.")
    two = save_text(statement, "fa", title="دو", summary="", body="<p>دو</p>", seen=one, by=persian_translator)
    text.refresh_from_db()
    submit(text, seen=two, by=persian_translator)
    approve(text, seen=two, by=reviewer)
    publish(statement, ["az"], by=a_user("head", "publisher"))
    client = enter(english_editor)
    page = client.get(address(statement, "fa")).content.decode()
    assert page.index("Revision 2") < page.index("Revision 1")
    for said in ("A word is missing.", "Please look.", "Sent back", "Approved", "reviewer-fa", "revision 2."):
        assert said in page, said
    page = client.get(address(statement)).content.decode()
    for said in ("edition 1", "Ready for translation", "urgent", "A number was wrong."):
        assert said in page, said
    assert f"{address(statement, page='difference/1..2/')}" in page


def test_a_page_holds_twenty_five_revisions_in_few_queries(
    english_editor: User, enter: Enter, statement: Statement, second: Revision, django_assert_max_num_queries: Callable
) -> None:
    for number in range(3, 31):
        second = save_text(
            statement, "az", title=f"Title {number}", summary="", body="<p>x</p>", seen=second, by=english_editor
        )
        mark_ready(second, significance=Significance.WORDING, by=english_editor)
    client = enter(english_editor)
    with django_assert_max_num_queries(20):
        page = client.get(address(statement)).content.decode()
    assert ("Title 6" in page, "Title 5" in page) == (True, False)
    assert "Title 5" in client.get(address(statement) + "?page=2").content.decode()


def test_two_revisions_are_chosen_and_compared(
    english_editor: User, enter: Enter, statement: Statement, second: Revision
) -> None:
    client = enter(english_editor)
    page = client.get(address(statement)).content.decode()
    assert page.count('name="old"') == page.count('name="new"') == 2
    for old, new in ((1, 2), (2, 1)):
        answer = client.get(address(statement, page="difference/"), {"old": old, "new": new})
        assert answer["Location"] == address(statement, page="difference/1..2/")
    same = client.get(address(statement, page="difference/"), {"old": 1, "new": 1}, follow=True)
    assert "Choose two different revisions." in same.content.decode()
    for wrong in ({}, {"old": "x", "new": "1"}, {"old": "1"}):
        assert client.get(address(statement, page="difference/"), wrong).status_code == 404


def test_a_revision_is_restored_after_a_look_at_the_difference(
    english_editor: User, enter: Enter, statement: Statement, second: Revision
) -> None:
    other = save_text(statement, "fa", title="یک", summary="", body="<p>یک</p>", seen=None, by=english_editor)
    client = enter(english_editor)
    restoring = address(statement, page="restore/1/")
    page = client.get(restoring).content.decode()
    assert "<ins>" in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert Text.objects.get(language="az").head == second
    assert client.post(restoring, {"seen": "2"}).status_code == 302
    head = Text.objects.get(language="az").head
    assert (head.number, head.saved_by) == (3, english_editor)
    assert head.body == Revision.objects.get(text__language="az", number=1).body
    assert Text.objects.get(language="fa").head == other
    assert Revision.objects.filter(text__language="fa").count() == 1


def test_restoring_without_the_token_of_the_form_is_refused(
    editor: User, statement: Statement, second: Revision
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(address(statement, page="restore/1/"), {"seen": "2"}).status_code == 403
    assert Text.objects.get(language="az").head == second


def test_restoring_over_what_somebody_saved_since_is_a_conflict(
    editor: User, enter: Enter, statement: Statement, second: Revision
) -> None:
    third = save_text(
        statement, "az", title="Üçüncü", summary="", body="<p>3</p>", seen=second, by=a_user("x", "editor")
    )
    client = enter(editor)
    answer = client.post(address(statement, page="restore/1/"), {"seen": "2"})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert Text.objects.get(language="az").head == third
    # What was saved meanwhile is compared now: the next yes is said in its knowledge.
    assert 'name="seen" value="3"' in answer.content.decode()
    assert client.post(address(statement, page="restore/1/"), {"seen": "3"}).status_code == 302


def test_the_newest_revision_and_unknown_ones_are_not_restored(
    english_editor: User, enter: Enter, statement: Statement, second: Revision
) -> None:
    client = enter(english_editor)
    page = client.get(address(statement, page="restore/2/")).content.decode()
    assert "This is the newest revision in Azerbaijani already." in page
    assert client.post(address(statement, page="restore/2/"), {"seen": "2"}).status_code == 409
    for seen in ("", "9", "x", "9" * 20):
        assert client.post(address(statement, page="restore/1/"), {"seen": seen}).status_code == 404
    assert client.get(address(statement, page="restore/9/")).status_code == 404
    assert client.get(address(statement, "en", "restore/1/")).status_code == 404
    assert Revision.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "language", "views", "restores"),
    [
        ("", "", 302, 302),
        ("contributor", "fa", 200, 403),
        ("contributor", "az", 200, 302),
        ("translator", "tr", 200, 403),
        ("lead", "fa", 200, 403),
        ("language-manager", "", 200, 403),
        ("editor", "", 200, 302),
    ],
)
def test_who_may_see_and_who_may_restore(
    role: str, language: str, views: int, restores: int, *, enter: Enter, statement: Statement, second: Revision
) -> None:
    client = enter(a_user("somebody", *([role] if role else []), language=language))
    for page in ("history/", "difference/1..2/", "preview/"):
        assert client.get(address(statement, page=page)).status_code == views, page
    assert client.get(address(statement, page="restore/1/")).status_code == (
        200 if restores == 302 and role else restores
    )
    answer = client.post(address(statement, page="restore/1/"), {"seen": "2"})
    assert answer.status_code == restores
    restored = bool(role) and restores == 302
    assert Text.objects.get(language="az").head.number == (3 if restored else 2)


def test_only_safe_requests_reach_pages_that_only_show(
    editor: User, enter: Enter, statement: Statement, second: Revision
) -> None:
    client = enter(editor)
    for page in ("history/", "difference/1..2/"):
        assert client.post(address(statement, page=page)).status_code == 405
