"""The board of a language: what is wanting, who makes it public or retires it, and its description."""

from collections.abc import Callable

import pytest
from django.test import Client

from memorial.accounts.models import Role, User
from memorial.languages.models import Language, LanguageChange, LanguageSet
from memorial.publishing.models import MustHave
from memorial.statements.models import Statement
from tests.builders import a_user, an_occasion

Enter = Callable[[User], Client]
BOARD = "/admin/languages/fa/"


@pytest.fixture
def manager(db: None) -> User:
    """Somebody who manages languages."""
    return a_user("manager", Role.LANGUAGE_MANAGER)


@pytest.fixture
def preparing(db: None) -> Language:
    """Persian, not yet public."""
    Language.objects.filter(tag="fa").update(state=Language.State.PREPARING)
    return Language.objects.get(tag="fa")


def test_everybody_at_the_desk_sees_what_is_wanting(
    persian_translator: User, preparing: Language, statement: Statement, enter: Enter
) -> None:
    answer = enter(persian_translator).get(BOARD)
    page = answer.content.decode()
    assert page.count("<progress") == 4
    for place in ("phrases/", "names/", "formats/"):
        assert f"{BOARD}{place}" in page
    assert "/admin/languages/must-have/?language=fa" in page
    assert 'value="launch" class="button default" disabled' in page
    assert "Make it public all the same" not in page
    assert enter(persian_translator).get("/admin/languages/xx/").status_code == 404


def test_who_may_not_launch_cannot_by_a_forged_form(
    persian_translator: User, preparing: Language, enter: Enter
) -> None:
    answer = enter(persian_translator).post(BOARD, {"do": "launch", "reason": "Now."})
    assert answer.status_code == 409
    answer = enter(persian_translator).post(BOARD, {"do": "retire"})
    assert answer.status_code == 409
    assert Language.objects.get(tag="fa").state == Language.State.PREPARING


def test_a_manager_opens_it_with_a_reason_and_retires_it(manager: User, preparing: Language, enter: Enter) -> None:
    client = enter(manager)
    assert client.get(BOARD).context["may_override"]
    assert client.post(BOARD, {"do": "launch", "reason": " "}).status_code == 409
    assert client.post(BOARD, {"do": "launch", "reason": "The day is tomorrow."}).status_code == 302
    assert Language.objects.get(tag="fa").state == Language.State.PUBLIC
    page = client.get(BOARD)
    assert "The day is tomorrow." in page.content.decode()
    assert client.post(BOARD, {"do": "retire", "reason": "Nobody keeps it."}).status_code == 302
    assert Language.objects.get(tag="fa").state == Language.State.RETIRED
    assert LanguageChange.objects.first().note == "Nobody keeps it."  # type: ignore[union-attr]
    assert client.post(BOARD, {"do": "launch", "reason": "Again."}).status_code == 302


def test_the_default_language_is_not_retired(manager: User, enter: Enter) -> None:
    client = enter(manager)
    assert "disabled" in client.get("/admin/languages/en/").content.decode()
    assert client.post("/admin/languages/en/", {"do": "retire"}).status_code == 409


def test_a_board_asks_few_questions(
    manager: User, statement: Statement, enter: Enter, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = enter(manager)
    with django_assert_max_num_queries(28):  # type: ignore[attr-defined]
        assert client.get(BOARD).status_code == 200


def test_formats_are_confirmed_by_who_translates(persian_translator: User, editor: User, enter: Enter) -> None:
    page = enter(editor).get(f"{BOARD}formats/")
    assert "disabled" in page.content.decode()
    seen = page.context["seen"]
    assert enter(editor).post(f"{BOARD}formats/", {"seen": seen}).status_code == 409
    client = enter(persian_translator)
    assert "۲۰ ژانویهٔ ۱۹۹۰" in client.get(f"{BOARD}formats/").content.decode()
    assert client.post(f"{BOARD}formats/", {"seen": "something else"}).status_code == 409
    assert client.post(f"{BOARD}formats/", {"seen": seen}).status_code == 302
    assert client.get(f"{BOARD}formats/").context["confirmed"].by == persian_translator


def test_a_manager_describes_a_language_anew(manager: User, persian_translator: User, enter: Enter) -> None:
    assert enter(persian_translator).get(f"{BOARD}describe/").status_code == 403
    client, version = enter(manager), LanguageSet.objects.get().version
    form = client.get(f"{BOARD}describe/").context["form"]
    data = {name: form[name].value() for name in form.fields}
    looked = client.post(f"{BOARD}describe/", {**data, "name_own": "پارسی", "do": "look"})
    assert looked.context["preview"].name_own == "پارسی"
    assert Language.objects.get(tag="fa").name_own == "فارسی"
    assert client.post(f"{BOARD}describe/", {**data, "review": "other", "do": "keep"}).status_code == 302
    assert Language.objects.get(tag="fa").review == "other"
    assert LanguageSet.objects.get().version == version
    kept = {**data, "name_own": "پارسی", "fallback_1": "az", "do": "keep"}
    assert client.post(f"{BOARD}describe/", kept).status_code == 302
    assert Language.objects.get(tag="fa").fallbacks == ["az"]
    assert LanguageSet.objects.get().version == version + 1
    refused = client.post(f"{BOARD}describe/", {**data, "script": "Arabic", "do": "keep"})
    assert refused.status_code == 422
    refused = client.post(f"{BOARD}describe/", {**data, "name_en": "fa", "do": "keep"})
    assert refused.status_code == 409


def test_an_editor_chooses_what_must_be_ready(
    editor: User, persian_translator: User, statement: Statement, enter: Enter
) -> None:
    client, address = enter(editor), "/admin/languages/must-have/?language=fa"
    assert client.get(address).status_code == 200
    assert client.post(address, {"do": "require", "sid": "nonesuch"}).status_code == 422
    assert client.post(address, {"do": "require"}).status_code == 422
    public = f"https://site.example/az/statements/{statement.sid}/example/"
    assert client.post(address, {"do": "require", "sid": public}).status_code == 302
    assert client.post(address, {"do": "require", "occasion": an_occasion().pk}).status_code == 302
    assert MustHave.objects.count() == 2
    page = client.get(address).content.decode()
    assert "Bəyanat" in page
    assert f"/admin/statements/statement/{statement.pk}/text/fa/" in page
    assert enter(persian_translator).post(address, {"do": "require", "sid": statement.sid}).status_code == 409
    choice = MustHave.objects.get(statement=statement)
    assert client.post(address, {"do": "release", "choice": choice.pk}).status_code == 302
    assert not MustHave.objects.filter(statement=statement).exists()
