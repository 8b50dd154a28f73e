"""Two people save the same text: nothing of either is lost, and the choice is for each paragraph."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from memorial.accounts.models import Role, User
from memorial.statements.models import Statement
from memorial.translations.drafts import draft_of
from memorial.translations.models import Revision, Text
from memorial.translations.save import save_text
from tests.builders import a_user

Enter = Callable[[User], Client]
BODY = '<p data-key="p1">یک</p><p data-key="p2">دو</p><p data-key="p3">سه</p>'


def address(statement: Statement) -> str:
    return f"/admin/statements/statement/{statement.pk}/text/fa/"


def typed(body: str, seen: Revision | None, **changes: str) -> dict[str, str]:
    return {
        "text_title": "عنوان", "text_summary": "", "text_body": body, "text_origin": "archive",
        "text_completeness": "full", "text_credit": "", "text_seen": str(seen.pk) if seen else "", **changes,
    }  # fmt: skip


def head() -> Revision:
    found = Text.objects.get(language="fa").head
    assert found is not None
    return found


@pytest.fixture
def colleague(db: None) -> User:
    return a_user("second-fa", Role.TRANSLATOR, language="fa")


@pytest.fixture
def begun(statement: Statement, persian_translator: User) -> Revision:
    """What both opened."""
    source = Text.objects.get(language="az").head
    return save_text(
        statement, "fa", title="عنوان", summary="", body=BODY, seen=None, based_on=source, by=persian_translator
    )


@pytest.fixture
def conflict(statement: Statement, persian_translator: User, colleague: User, begun: Revision, enter: Enter) -> Any:
    """The page after the colleague changed the first two paragraphs, and I the last two."""
    theirs = begun.body.replace("یک", "یکم").replace("دو", "دوم")
    save_text(statement, "fa", title="عنوان تازه", summary="", body=theirs, seen=begun, by=colleague)
    mine = begun.body.replace("دو", "دو تا").replace("سه", "سوم")
    client = enter(persian_translator)
    answer = client.post(address(statement), typed(mine, begun))
    answer.mine = mine
    answer.by_me = client
    return answer


def sent_back(page: Any, **choices: str) -> dict[str, str]:
    """What a browser sends from the conflict page: everything hidden, and the choices."""
    found = page.context["found"]
    lines = [found.title, found.summary, *found.body]
    taken = {f"take-{line.choice.key}": line.taken for line in lines if not line.is_settled}
    hidden = {"text_seen": str(found.theirs.pk), "conflict_base": str(found.base.pk) if found.base else ""}
    return {**dict(page.context["carried"]), **hidden, **taken, **choices}


def test_both_texts_and_what_both_began_with_stand_side_by_side(
    statement: Statement, persian_translator: User, conflict: Any
) -> None:
    assert conflict.status_code == 409
    found = conflict.context["found"]
    kinds = {line.choice.key: line.choice.kind for line in (found.title, found.summary, *found.body)}
    assert kinds == {"title": "theirs", "summary": "same", "p1": "theirs", "p2": "conflict", "p3": "mine"}
    page = conflict.content.decode()
    for words in ("یکم", "دوم", "دو تا", "سوم", ">دو<"):
        assert words in page
    assert draft_of(statement, "fa", persian_translator).body == conflict.mine
    assert head().number == 2


def test_the_choice_is_saved_by_paragraph_and_keeps_both_by_default(statement: Statement, conflict: Any) -> None:
    answer = conflict.by_me.post(address(statement), sent_back(conflict, do="merge"))
    assert answer.status_code == 302
    saved = head()
    assert (saved.number, saved.title) == (3, "عنوان تازه")
    for words in ("یکم", "دوم", "دو تا", "سوم"):
        assert words in saved.body


def test_mine_or_theirs_is_taken_as_chosen(statement: Statement, conflict: Any) -> None:
    choices = {"take-title": "mine", "take-p1": "mine", "take-p2": "theirs", "take-p3": "theirs"}
    conflict.by_me.post(address(statement), sent_back(conflict, do="merge", **choices))
    saved = head()
    assert saved.title == "عنوان"
    assert saved.body == '<p data-key="p1">یک</p><p data-key="p2">دوم</p><p data-key="p3">سه</p>'


def test_the_choice_may_be_edited_before_it_is_saved(
    statement: Statement, persian_translator: User, conflict: Any
) -> None:
    page = conflict.by_me.post(address(statement), sent_back(conflict, do="merge-and-edit"), follow=True)
    assert page.context["form"]["text_title"].value() == "عنوان تازه"
    assert "دو تا" in page.context["form"]["text_body"].value()
    seen = page.context["form"]["text_seen"].value()
    assert seen == head().pk
    answer = conflict.by_me.post(address(statement), typed("<p>پایان</p>", head()))
    assert answer.status_code == 302
    assert head().number == 3


def test_a_further_conflict_is_shown_again(
    statement: Statement, persian_translator: User, colleague: User, conflict: Any
) -> None:
    chosen = sent_back(conflict, do="merge")
    third = save_text(statement, "fa", title="باز هم", summary="", body=head().body, seen=head(), by=colleague)
    again = conflict.by_me.post(address(statement), chosen)
    assert again.status_code == 409
    assert again.context["found"].theirs == third
    assert again.context["found"].base.number == 2
    assert "دو تا" in draft_of(statement, "fa", persian_translator).body
    assert conflict.by_me.post(address(statement), sent_back(again, do="merge")).status_code == 302
    assert (head().number, head().title) == (4, "باز هم")


def test_two_first_versions_have_nothing_in_common_and_lose_nothing(
    statement: Statement, persian_translator: User, colleague: User, enter: Enter
) -> None:
    save_text(statement, "fa", title="دیگری", summary="", body="<p>نوشتهٔ دیگری</p>", seen=None, by=colleague)
    client = enter(persian_translator)
    page = client.post(address(statement), typed("<p>نوشتهٔ من</p>", None))
    assert page.status_code == 409
    assert page.context["found"].base is None
    client.post(address(statement), sent_back(page, do="merge"))
    assert "نوشتهٔ دیگری" in head().body
    assert "نوشتهٔ من" in head().body


def test_a_draft_on_an_older_text_is_restored_and_then_compared(
    statement: Statement, persian_translator: User, colleague: User, begun: Revision, enter: Enter
) -> None:
    client = enter(persian_translator)
    words = {"title": "عنوان", "summary": "", "body": "<p>نیمه</p>", "seen": str(begun.pk), "based_on": ""}
    client.post(address(statement) + "draft/", words, content_type="application/json")
    save_text(statement, "fa", title="نو", summary="", body=BODY, seen=begun, by=colleague)
    assert client.get(address(statement)).context["unsaved"].is_on_older
    page = client.get(address(statement) + "?draft=1")
    assert page.context["form"]["text_seen"].value() == begun.pk
    assert client.post(address(statement), typed("<p>نیمه</p>", begun)).status_code == 409
