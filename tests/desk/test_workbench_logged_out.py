"""A session that ends while somebody types: nothing typed is lost, and nobody gets in by it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.views.debug import SafeExceptionReporterFilter

from memorial.accounts.models import Role, User
from memorial.statements.models import Statement
from memorial.translations.drafts import draft_of
from memorial.translations.models import PrivateDraft, Text
from tests.builders import PASSWORD, a_user

Enter = Callable[[User], Client]
TYPED = {
    "text_title": "بیانیه", "text_summary": "", "text_body": "<p>متن</p>", "text_origin": "archive",
    "text_completeness": "full", "text_credit": "", "text_seen": "",
}  # fmt: skip


def address(statement: Statement, language: str = "fa") -> str:
    return f"/admin/statements/statement/{statement.pk}/text/{language}/"


def log_in(user: User) -> dict[str, str]:
    return {"do": "log-in", "username": user.username, "password": PASSWORD}


def test_pressing_save_after_the_session_has_ended_answers_a_page_that_holds_everything(statement: Statement) -> None:
    answer = Client().post(address(statement), TYPED | {"do": "submit"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "You have been logged out" in page
    assert "&lt;p&gt;متن&lt;/p&gt;</textarea>" in page
    assert "Bəyanat" not in page
    assert not Text.objects.filter(language="fa").exists()


def test_logging_in_there_keeps_it_as_a_private_draft_and_goes_back(
    persian_translator: User, statement: Statement
) -> None:
    client = Client()
    answer = client.post(address(statement), TYPED | log_in(persian_translator), follow=True)
    assert answer.redirect_chain == [(address(statement) + "?draft=1", 302)]
    assert answer.context["form"]["text_body"].value() == "<p>متن</p>"
    draft = draft_of(statement, "fa", persian_translator)
    assert (draft.title, draft.body) == ("بیانیه", "<p>متن</p>")
    assert not Text.objects.filter(language="fa").exists()


def test_a_wrong_password_and_somebody_without_the_right_keep_the_page(statement: Statement) -> None:
    russian = a_user("translator-ru", Role.TRANSLATOR, language="ru")
    client = Client()
    for answers in (log_in(russian), log_in(russian) | {"password": "wrong"}):
        answer = client.post(address(statement), TYPED | answers)
        assert answer.status_code == 401
        assert answer.context["form"].non_field_errors()
        assert "متن" in answer.content.decode()
        assert "_auth_user_id" not in client.session
    assert not PrivateDraft.objects.exists()


def test_the_page_for_logging_in_again_asks_for_a_token(persian_translator: User, statement: Statement) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(address(statement), TYPED | log_in(persian_translator)).status_code == 403
    assert not PrivateDraft.objects.exists()


@pytest.mark.parametrize("language", ["fa", "xx"])
def test_strangers_learn_nothing_about_what_exists(statement: Statement, language: str) -> None:
    here = Client().post(address(statement, language), TYPED)
    nowhere = Client().post(f"/admin/statements/statement/999999/text/{language}/", TYPED)
    assert here.status_code == nowhere.status_code == 401


def test_reading_the_page_still_leads_to_logging_in(statement: Statement) -> None:
    assert Client().get(address(statement)).status_code == 302


def test_the_script_is_told_that_the_session_has_ended_and_gets_a_token_after_logging_in(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    draft = address(statement) + "draft/"
    answer = Client().post(draft, {"title": "x"}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")
    assert Client().get(draft, headers={"Accept": "application/json"}).status_code == 401
    assert enter(persian_translator).get(draft, headers={"Accept": "application/json"}).json()["token"]


def test_the_password_typed_there_stands_in_no_report_of_an_error(
    persian_translator: User, statement: Statement
) -> None:
    answer = Client().post(address(statement), TYPED | log_in(persian_translator))
    reported = SafeExceptionReporterFilter().get_post_parameters(answer.wsgi_request)
    assert reported["username"] == persian_translator.username
    assert PASSWORD not in reported.values()
