"""Adding a language at the desk, or asking for one: searched for, described, looked at, followed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from memorial.accounts.models import Grant, Role, User
from memorial.languages.models import Language, LanguageRequest
from memorial.languages.requests import request_language
from tests.builders import a_user

Enter = Callable[[User], Client]
ADD = "/admin/languages/add/"
LEZGIAN = {
    "tag": "lez", "name_own": "Лезги чӀал", "name_en": "Lezgian", "script": "Cyrl", "direction": "ltr",
    "plurals_like": "ru", "review": "reviewer", "fallback_1": "ru", "fallback_2": "", "reason": "Readers in Qusar.",
}  # fmt: skip


@pytest.fixture
def manager(db: None) -> User:
    """Somebody who manages languages."""
    return a_user("manager", Role.LANGUAGE_MANAGER)


def test_a_language_is_searched_for_by_a_plain_form(persian_translator: User, enter: Enter) -> None:
    client = enter(persian_translator)
    assert "<form" in client.get(ADD).content.decode()
    page = client.get(ADD, {"q": "пушту"}).content.decode()
    assert "پښتو" in page
    assert "?tag=ps" in page
    known = client.get(ADD, {"q": "farsi"}).content.decode()
    assert "/admin/languages/fa/" in known
    assert "?tag=fa" not in known
    nothing = client.get(ADD, {"q": "qqx"}).content.decode()
    assert "tag=qqx" in nothing


def test_the_form_begins_with_what_cldr_knows_and_shows_how_it_will_look(
    persian_translator: User, enter: Enter
) -> None:
    answer = enter(persian_translator).get(ADD, {"tag": "ps"})
    form = answer.context["form"]
    assert (form["name_own"].value(), form["script"].value(), form["direction"].value()) == ("پښتو", "Arab", "rtl")
    assert answer.context["preview"].direction == "rtl"
    assert answer.context["preview"].day in answer.content.decode()
    assert 'value="request"' in answer.content.decode()
    assert 'value="add"' not in answer.content.decode()
    by_hand = enter(persian_translator).get(ADD, {"tag": "qqx"})
    assert by_hand.context["form"]["name_own"].value() == ""
    assert enter(persian_translator).get(ADD, {"tag": "../x"}).status_code == 200
    assert enter(persian_translator).get(ADD, {"by-hand": "1"}).status_code == 200


def test_looking_again_keeps_what_was_typed_and_changes_nothing(persian_translator: User, enter: Enter) -> None:
    answer = enter(persian_translator).post(ADD, {**LEZGIAN, "do": "look"})
    assert answer.status_code == 200
    assert [form.category for form in answer.context["preview"].plurals] == ["one", "few", "many"]
    assert "Readers in Qusar." in answer.content.decode()
    assert not LanguageRequest.objects.exists()


def test_a_translator_asks_and_follows_the_request(persian_translator: User, enter: Enter) -> None:
    client = enter(persian_translator)
    answer = client.post(ADD, {**LEZGIAN, "do": "request"})
    asked = LanguageRequest.objects.get()
    assert answer["Location"] == f"/admin/languages/requests/{asked.pk}/"
    assert (asked.language, asked.plurals_like, asked.fallbacks) == ("lez", "ru", ["ru"])
    page = client.get(answer["Location"])
    assert "Refresh" not in page  # somebody has to decide: there is nothing to wait for
    assert 'value="approve"' not in page.content.decode()
    assert client.post(answer["Location"], {"do": "approve"}).status_code == 403
    assert "lez" in client.get("/admin/languages/requests/").content.decode()
    again = client.post(ADD, {**LEZGIAN, "do": "request"})
    assert again.status_code == 409
    assert "Readers in Qusar." in again.content.decode()


@pytest.mark.usefixtures("tables_as_before")
def test_what_is_refused_is_told_with_every_reason(enter: Enter) -> None:
    manager = a_user("manager", Role.LANGUAGE_MANAGER)
    client = enter(manager)
    empty = client.post(ADD, {"tag": "LEZ", "do": "add"})
    assert empty.status_code == 422
    assert {"tag", "name_own", "name_en", "script", "direction", "review"} <= empty.context["form"].errors.keys()
    answer = client.post(ADD, {**LEZGIAN, "tag": "fa", "do": "add"})
    assert answer.status_code == 409
    assert [reason.code for reason in answer.context["refusals"]] == ["exists"]


def test_who_may_not_add_cannot_by_a_forged_form(persian_translator: User, enter: Enter) -> None:
    answer = enter(persian_translator).post(ADD, {**LEZGIAN, "do": "add"})
    assert answer.status_code == 409
    assert "not-allowed" in [reason.code for reason in answer.context["refusals"]]
    assert not Language.objects.filter(tag="lez").exists()


@pytest.mark.usefixtures("tables_as_before")
def test_a_manager_adds_at_once_and_the_page_looks_again_while_servers_reload(enter: Enter) -> None:
    client = enter(a_user("manager", Role.LANGUAGE_MANAGER))
    address = client.post(ADD, {**LEZGIAN, "do": "add"})["Location"]
    assert Language.objects.get(tag="lez").name_own == "Лезги чӀал"
    page = client.get(address)
    # This process was started without the language, as every server is at this moment.
    assert page["Refresh"].endswith(f"url={address}")
    assert [step.state for step in page.context["steps"]] == ["done", "done", "done", "now", "later"]
    for place in ("", "formats/", "describe/"):
        waiting = client.get(f"/admin/languages/lez/{place}")
        assert waiting.status_code == 200, place
    assert client.get("/admin/languages/lez/")["Refresh"]
    assert client.get("/admin/languages/language/").status_code == 200
    assert client.get("/admin/languages/requests/").status_code == 200
    assert client.get("/admin/languages/must-have/?language=lez").status_code == 200
    # A server that never reloads is not waited for without end.
    LanguageRequest.objects.update(decided_at=timezone.now() - timedelta(minutes=3))
    late = client.get(address)
    assert "Refresh" not in late
    assert late.context["is_late"]


@pytest.mark.usefixtures("tables_as_before")
def test_a_manager_approves_and_who_asked_may_translate(enter: Enter) -> None:
    translator = a_user("translator-fa", Role.TRANSLATOR, language="fa")
    asked = request_language("ps", by=translator)
    client = enter(a_user("manager", Role.LANGUAGE_MANAGER))
    address = f"/admin/languages/requests/{asked.pk}/"
    assert 'value="approve"' in client.get(address).content.decode()
    assert client.post(address, {"do": "approve"}).status_code == 302
    assert Language.objects.filter(tag="ps").exists()
    assert Grant.objects.filter(user=translator, language="ps").exists()
    assert client.post(address, {"do": "approve"}).status_code == 409


def test_a_manager_declines_with_an_answer(persian_translator: User, manager: User, enter: Enter) -> None:
    asked = request_language("ps", by=persian_translator)
    client, address = enter(manager), f"/admin/languages/requests/{asked.pk}/"
    assert client.post(address, {"do": "decline", "answer": ""}).status_code == 409
    assert client.post(address, {"do": "decline", "answer": "Next year."}).status_code == 302
    assert "Next year." in enter(persian_translator).get(address).content.decode()


def test_a_failure_is_shown_with_its_reason_and_a_way_on(manager: User, enter: Enter) -> None:
    asked = request_language("ps", by=manager)
    state = {"state": "failed", "answer": "The tables are in use.", "decided_at": timezone.now()}
    LanguageRequest.objects.filter(pk=asked.pk).update(**state)
    page = enter(manager).get(f"/admin/languages/requests/{asked.pk}/").content.decode()
    assert "The tables are in use." in page
    assert 'value="retry"' in page


def test_a_page_in_progress_says_so_and_looks_again(manager: User, enter: Enter) -> None:
    asked = request_language("ps", by=manager)
    LanguageRequest.objects.filter(pk=asked.pk).update(state="adding", decided_at=timezone.now())
    page = enter(manager).get(f"/admin/languages/requests/{asked.pk}/")
    assert page["Refresh"]
    assert [step.state for step in page.context["steps"]] == ["done", "done", "now", "later", "later"]
    died = {"decided_at": timezone.now() - timedelta(minutes=3)}
    LanguageRequest.objects.filter(pk=asked.pk).update(**died)
    page = enter(manager).get(f"/admin/languages/requests/{asked.pk}/")
    assert "Refresh" not in page
    assert page.context["has_died"]


def test_the_lists_say_what_is_open(persian_translator: User, enter: Enter) -> None:
    client = enter(persian_translator)
    assert client.get("/admin/languages/requests/").context["open"] == []
    request_language("ps", by=persian_translator)
    request_language("uk", by=persian_translator)
    shown = client.get("/admin/languages/requests/")
    assert [line.request.language for line in shown.context["open"]] == ["ps", "uk"]
    listed = client.get("/admin/languages/language/").content.decode()
    assert ADD in listed
    assert "/admin/languages/requests/" in listed
    assert "/admin/languages/fa/" in listed


def test_nobody_without_a_role_gets_in(db: None, enter: Enter) -> None:
    client: Any = enter(a_user("nobody"))
    for address in (ADD, "/admin/languages/requests/", "/admin/languages/fa/", "/admin/languages/must-have/"):
        assert client.get(address).status_code == 302
