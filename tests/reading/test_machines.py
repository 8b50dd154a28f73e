"""A change is answered when every machine that serves from the same database has seen it."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from memorial.reading.models import ServingMachine
from memorial.reading.page_cache import changes, machines
from memorial.reading.page_cache.generation import State
from tests.builders import an_issuer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _short_lease(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(machines, "PATIENCE", 1.5)
    yield
    ServingMachine.objects.all().delete()


def elsewhere(name: str = "elsewhere") -> None:
    """Another machine promises, as it does before it looks."""
    with connection.cursor() as cursor:
        cursor.execute(machines._PROMISE, [name])


def looks(name: str = "elsewhere") -> None:
    """Another machine looks, and puts what it has found in force."""
    with connection.cursor() as cursor:
        cursor.execute(machines._PROMISE, [name])
        cursor.execute(machines._ACKNOWLEDGE, [cursor.fetchone()[0], name])


def test_a_machine_alone_waits_for_nobody() -> None:
    machines.promise()
    started = time.monotonic()
    an_issuer()
    assert time.monotonic() - started < 1
    assert ServingMachine.objects.get().name == machines.own_name()


def test_a_publisher_waits_until_the_others_have_looked() -> None:
    elsewhere()
    answered = []

    def look_later() -> None:
        time.sleep(0.3)
        answered.append("looked")
        looks()
        connection.close()

    other = threading.Thread(target=look_later)
    other.start()
    an_issuer()
    answered.append("published")
    other.join()
    assert answered == ["looked", "published"]


def test_a_machine_that_looked_before_it_was_asked_about_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    listens, state, looked = threading.Event(), changes.state, []

    def look_when_told() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {machines.CHANNEL}")
        listens.set()
        while list(connection.connection.notifies(timeout=2, stop_after=1)):
            looks()
            looked.append(time.monotonic())
        connection.close()

    def slowly() -> State:
        time.sleep(0.3)  # meanwhile the other machine looks
        return state()

    elsewhere()
    monkeypatch.setattr(changes.generation, "_state", slowly)
    other = threading.Thread(target=look_when_told)
    other.start()
    assert listens.wait(10)
    an_issuer()
    answered = time.monotonic()
    other.join()
    assert [moment < answered for moment in looked] == [True, True]
    assert looked[1] - looked[0] < 1, "not only when the promise had almost run out"


def test_a_promise_that_has_run_out_is_not_waited_for() -> None:
    elsewhere()
    started = time.monotonic()
    an_issuer()  # nobody acknowledges
    assert time.monotonic() - started >= 1.4
    again = time.monotonic()
    an_issuer(slug="another-example")
    assert time.monotonic() - again < 1


def test_one_that_only_promises_is_named_and_left(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(machines, "LONGEST", 0.2)
    elsewhere("the-silent-one")
    an_issuer()
    assert "the-silent-one" in caplog.text


def test_every_look_is_promised_and_acknowledged() -> None:
    before = timezone.now() - timedelta(seconds=5)
    changes.generation.renew()
    own = ServingMachine.objects.get()
    assert before < own.looked_at <= own.promised_at


def test_a_long_transaction_makes_no_other_process_of_the_machine_wait() -> None:
    changes.generation.renew()

    def look() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            changes.state()
            looked.append(True)
        finally:
            connection.close()

    looked: list[bool] = []
    with transaction.atomic():
        changes.generation.renew()  # as when what a move has copied is committed elsewhere
        other = threading.Thread(target=look)
        other.start()
        other.join(20)
    assert looked == [True]


def test_machines_that_are_gone_are_forgotten() -> None:
    elsewhere()
    ServingMachine.objects.filter(name="elsewhere").update(promised_at=timezone.now() - timedelta(days=2))
    assert machines.forget_gone() == 1
