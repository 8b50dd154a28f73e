"""What many pages show alike is found once in a generation, and anew after every change of what readers see."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memorial.ops.replica import REPLICA
from memorial.ops.replica.reading import Attempt
from memorial.reading.page_cache import changes, once
from memorial.reading.page_cache.generation import Generation
from memorial.reading.page_cache.once import once_a_generation
from memorial.statements.models import Issuer
from tests.builders import a_user, an_issuer

from .conftest import published

Asked = list[tuple[Any, ...]]
LIST = "/en/statements/"


@pytest.fixture
def present(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generation:
    """The generation of this test alone."""
    found = Generation(tmp_path / "generation", changes.state)
    monkeypatch.setattr(changes, "generation", found)
    return found


@pytest.fixture
def asked() -> Asked:
    """What the function was asked."""
    return []


@pytest.fixture
def issuers(asked: Asked) -> Callable[..., int]:
    @once_a_generation
    def count(*values: str) -> int:
        asked.append(values)
        return Issuer.objects.count()

    return count


@pytest.mark.django_db(transaction=True)
def test_the_same_question_is_asked_once_until_something_changes(
    present: Generation, issuers: Callable[..., int], asked: Asked
) -> None:
    assert [issuers("az"), issuers("az"), issuers("en")] == [0, 0, 0]
    assert asked == [("az",), ("en",)]
    an_issuer()
    assert [issuers("az"), issuers("az"), issuers("en")] == [1, 1, 1]
    assert asked == [("az",), ("en",)] * 2


@pytest.mark.django_db(transaction=True)
def test_an_answer_of_none_is_an_answer(present: Generation) -> None:
    asked: Asked = []
    nothing = once_a_generation(lambda *values: asked.append(values))
    assert [nothing("az"), nothing("az")] == [None, None]
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_its_own_writes_are_seen(
    present: Generation, issuers: Callable[..., int], asked: Asked
) -> None:
    assert issuers() == 0
    with transaction.atomic():
        an_issuer()
        assert issuers() == 1
        transaction.set_rollback(True)
    assert issuers() == 0
    assert len(asked) == 2  # what was found in the transaction was not kept, and what was found before it holds


@pytest.mark.django_db(transaction=True)
def test_what_was_begun_before_a_change_is_not_found_after_it(present: Generation) -> None:
    begun, may_end = threading.Event(), threading.Event()

    @once_a_generation
    def count() -> int:
        found = Issuer.objects.count()
        if not begun.is_set():
            begun.set()
            assert may_end.wait(10)
        return found

    slow = threading.Thread(target=count)
    slow.start()
    assert begun.wait(10)
    an_issuer()
    may_end.set()
    slow.join()
    assert count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_while_nobody_knows_the_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, issuers: Callable[..., int], asked: Asked
) -> None:
    def away() -> Any:
        raise DatabaseError

    monkeypatch.setattr(changes, "generation", Generation(tmp_path / "generation", away))
    assert [issuers(), issuers()] == [0, 0]
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_of_what_a_copy_of_the_database_says(present: Generation) -> None:
    asked: Asked = []
    question = once_a_generation(lambda *values: asked.append(values))
    connections[REPLICA] = connections[DEFAULT_DB_ALIAS].copy(REPLICA)
    try:
        with Attempt().served():
            question()
            question()
        assert len(asked) == 2
    finally:
        del connections[REPLICA]
    question()
    question()
    assert len(asked) == 3


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_while_a_site_is_developed(
    present: Generation, settings: LazySettings, issuers: Callable[..., int], asked: Asked
) -> None:
    settings.DEBUG = True
    assert [issuers(), issuers()] == [0, 0]
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_ever_other_questions_take_no_more_room(
    present: Generation, monkeypatch: pytest.MonkeyPatch, issuers: Callable[..., int], asked: Asked
) -> None:
    monkeypatch.setattr(once, "MOST_FOUND", 3)
    for number in (1, 2, 3, 1, 4, 4):
        issuers(str(number))
    assert [each for (each,) in asked] == ["1", "2", "3", "4"]
    issuers("1")
    assert len(asked) == 5  # 4 was one too many: all before it were forgotten


@pytest.mark.django_db(transaction=True)
def test_a_list_has_an_issuer_that_this_machine_has_not_heard_of(
    present: Generation, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = a_user("publisher", "editor")
    published(by, slug="first-statement")
    client.get(LIST)
    before = present.now()
    monkeypatch.setattr(changes, "announce", lambda: None)  # another machine publishes, and this one learns of it later
    published(by, slug="second-statement", issuer=an_issuer("other-ministry", name_en="Other Example Ministry"))
    assert present.now() == before
    page = client.get(LIST).content.decode()
    assert "Other Example Ministry</p>" in page  # with its statement
    assert 'value="other-ministry"' not in page  # not yet among what can be chosen


@pytest.mark.django_db(transaction=True)
def test_a_list_asks_for_its_rows_alone_and_shows_what_was_published_since(present: Generation, client: Client) -> None:
    by = a_user("publisher", "editor")
    published(by, slug="first-statement")
    client.get(LIST)
    with CaptureQueriesContext(connection) as captured:
        assert b'value="other-ministry"' not in client.get(LIST).content
    assert sum("publishing_edition" in each["sql"] for each in captured) == 1
    published(by, slug="second-statement", issuer=an_issuer("other-ministry"))
    page = client.get(LIST).content
    assert b'value="other-ministry"' in page
    assert "2 statements" in page.decode()
