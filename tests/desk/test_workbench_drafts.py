"""Private drafts on the workbench: kept while somebody types, given back, and seen by nobody else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from memorial.accounts.models import User
from memorial.statements.models import Statement
from memorial.translations.drafts import draft_of
from memorial.translations.models import Revision, Text
from memorial.translations.save import save_text

from .test_workbench import address, typed

Enter = Callable[[User], Client]


def kept(client: Client, statement: Statement, **changes: str) -> Any:
    words = {"title": "ناتمام", "summary": "", "body": "<p>نیمه</p>", "seen": "", "based_on": "", **changes}
    return client.post(address(statement) + "draft/", json.dumps(words), content_type="application/json")


def test_what_is_typed_is_kept_privately_and_is_no_revision(
    persian_translator: User, editor: User, enter: Enter, statement: Statement
) -> None:
    client = enter(persian_translator)
    answer = kept(client, statement)
    assert (answer.status_code, answer.json()["saved_since"]) == (200, False)
    assert Revision.objects.count() == 1
    page = client.get(address(statement)).content.decode()
    assert "You have a private draft" in page
    assert 'name="text_body"' not in page
    assert "ناتمام" not in enter(editor).get(address(statement)).content.decode()
    restored = client.get(address(statement) + "?draft=1")
    assert restored.context["form"]["text_title"].value() == "ناتمام"
    client.post(address(statement), {"do": "discard"})
    assert 'name="text_body"' in client.get(address(statement)).content.decode()


def test_a_save_ends_the_private_draft(persian_translator: User, enter: Enter, statement: Statement) -> None:
    client = enter(persian_translator)
    kept(client, statement)
    client.post(address(statement), typed())
    assert draft_of(statement, "fa", persian_translator) is None


def test_what_cannot_be_read_or_is_too_long_is_refused_with_the_reason(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    client = enter(persian_translator)
    for body in ("{", "[]", '{"title": "x"}', "7", "[" * 100_000):
        answer = client.post(address(statement) + "draft/", body, content_type="application/json")
        assert (body[:20], answer.status_code) == (body[:20], 400)
    assert kept(client, statement, body="x" * 1_000_001).status_code == 422


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "x"])
def test_what_is_no_number_of_a_revision_names_none(
    persian_translator: User, enter: Enter, statement: Statement, number: str
) -> None:
    client = enter(persian_translator)
    assert kept(client, statement, seen=number, based_on=number).status_code == 200
    draft = draft_of(statement, "fa", persian_translator)
    assert (draft.seen, draft.based_on) == (None, None)


def test_other_texts_are_shown_beside_without_losing_what_was_typed(
    persian_translator: User, editor: User, enter: Enter, statement: Statement
) -> None:
    save_text(statement, "ru", title="Заявление", summary="", body="<p>Текст</p>", seen=None, by=editor)
    client = enter(persian_translator)
    answer = client.post(address(statement), typed(do="show", source="ru", third="az"), follow=True)
    assert (answer.context["source"].language, answer.context["third"].language) == ("ru", "az")
    assert answer.context["form"]["text_title"].value() == "بیانیه"
    assert not Text.objects.filter(language="fa").exists()
