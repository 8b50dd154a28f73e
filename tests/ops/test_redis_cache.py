"""The cache in Redis: whatever becomes of the server, what is asked of it is at most not there."""

import logging
import pickle
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client

from memorial.ops import circuit, redis_cache
from tests.caches import at
from tests.servers.redis import Redis


@pytest.fixture
def in_redis(own_redis: Redis, settings: Any) -> Redis:
    """The site's cache is in a Redis of this test's own."""
    settings.CACHES = at(own_redis)
    return own_redis


@pytest.fixture(autouse=True)
def said(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What the cache says in the log."""
    caplog.set_level(logging.WARNING, "memorial.ops.circuit")
    redis_cache._circuits.clear()
    return caplog


def lines(said: pytest.LogCaptureFixture) -> list[str]:
    return ["again" if "serves again" in each.getMessage() else "away" for each in said.records]


def test_everything_works_in_redis_as_in_memory(each_cache: str) -> None:
    assert cache.get("a") is None
    assert cache.get("a", 5) == 5
    for value in (1, -1, 0, "", "ş\u2028\ud800", 1.5, True, False, [1, "a", None], {"a": {"b": []}}):
        cache.set("a", value)
        assert (cache.get("a"), type(cache.get("a"))) == (value, type(value))
    cache.set("none", None)
    assert cache.get("none", 5) is None
    assert cache.has_key("none")
    assert cache.add("new", 1)
    assert not cache.add("new", 2)
    assert (cache.incr("new"), cache.incr("new", 5), cache.decr("new", 3), cache.get("new")) == (2, 7, 4, 4)
    for absent in (lambda: cache.incr("absent"), lambda: cache.decr("absent"), lambda: cache.incr_version("absent")):
        with pytest.raises(ValueError, match="absent"):
            absent()
    assert cache.get("absent") is None
    assert cache.set_many({"x": 1, "y": [2]}) == []
    assert cache.set_many({}) == []
    assert cache.get_many(["x", "y", "z"]) == {"x": 1, "y": [2]}
    assert cache.get_many([]) == {}
    assert cache.get_or_set("made", lambda: "once") == cache.get_or_set("made", lambda: "twice") == "once"
    assert cache.touch("x", 100)
    assert not cache.touch("absent", 100)
    assert cache.delete("x")
    assert not cache.delete("x")
    cache.delete_many(["y", "absent"])
    cache.delete_many([])
    assert cache.get_many(["x", "y"]) == {}
    cache.set("versioned", "one")
    cache.set("versioned", "two", version=2)
    assert (cache.get("versioned"), cache.get("versioned", version=2)) == ("one", "two")
    assert cache.incr_version("versioned", delta=2) == 3
    assert (cache.get("versioned"), cache.get("versioned", version=3)) == (None, "one")
    cache.clear()
    assert cache.get_many(["a", "none", "new", "made"]) == {}
    assert cache.get("versioned", version=2) is None


def test_what_expires_is_gone_and_a_count_keeps_its_time(each_cache: str) -> None:
    cache.add("count", 1, 1)
    cache.incr("count")
    cache.set("long", 1, None)
    cache.set("never", 1, 0)
    cache.set_many({"many": 1}, 1)
    cache.set("touched", 1, 1)
    cache.touch("touched", 100)
    assert (cache.get("count"), cache.get("long"), cache.get("never"), cache.get("many")) == (2, 1, None, 1)
    time.sleep(1.1)
    assert cache.get_many(["count", "long", "many", "touched"]) == {"long": 1, "touched": 1}
    with pytest.raises(ValueError, match="count"):
        cache.incr("count")
    assert cache.get("count") is None, "a count that expired is not begun again without an end"


def nothing_breaks() -> None:
    """Ask for everything while nothing is kept."""
    assert cache.get("a", "default") == "default"
    assert cache.get_many(["a", "b"]) == {}
    assert cache.set("a", 1) is None  # type: ignore[func-returns-value]
    assert cache.set_many({"a": 1, "b": 2}) == ["a", "b"]
    assert cache.add("a", 1) is False
    assert cache.touch("a") is False
    assert cache.delete("a") is False
    assert cache.has_key("a") is False
    assert cache.get_or_set("a", lambda: "made") == "made"
    assert cache.clear() is None  # type: ignore[func-returns-value]
    cache.delete_many(["a", "b"])
    for count in (cache.incr, cache.decr, cache.incr_version):
        with pytest.raises(ValueError, match="a"):
            count("a")


def test_a_dead_server_breaks_nothing_is_told_of_once_and_used_again_when_it_is_back(
    in_redis: Redis, said: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circuit, "PAUSE", 0.2)
    cache.set("a", 1)
    in_redis.kill()
    for _time in range(3):
        nothing_breaks()
        time.sleep(0.25)
    assert lines(said) == ["away"]
    in_redis.start()
    time.sleep(0.25)
    assert cache.get("a") is None
    cache.set("a", 2)
    assert cache.get("a") == 2
    assert lines(said) == ["away", "again"]
    in_redis.kill()
    nothing_breaks()
    assert lines(said) == ["away", "again", "away"]


def test_killed_under_load_it_is_told_of_once(in_redis: Redis, said: pytest.LogCaptureFixture) -> None:
    is_over = threading.Event()

    def use(number: int) -> int:
        times = 0
        while not is_over.is_set():
            cache.set(f"key-{number}", times)
            cache.get(f"key-{number}")
            cache.get_or_set("shared", 1)
            times += 1
        return times

    with ThreadPoolExecutor(8) as pool:
        working = [pool.submit(use, number) for number in range(8)]
        time.sleep(0.3)
        in_redis.kill()
        time.sleep(0.3)
        is_over.set()
        assert all(each.result() > 1 for each in working)
    assert lines(said) == ["away"]


def test_a_server_that_does_not_answer_is_waited_for_once_by_all(
    in_redis: Redis, said: pytest.LogCaptureFixture
) -> None:
    cache.set("a", 1)
    in_redis.pause()
    begun = time.monotonic()
    nothing_breaks()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: cache.get("a", "default"), range(200))) == ["default"] * 200
    assert time.monotonic() - begun < 3, "each of these would have waited half a second"
    assert lines(said) == ["away"]
    in_redis.go_on()


def test_after_the_pause_one_thread_tries_and_the_others_go_on(
    in_redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_redis.pause()
    assert cache.get("a") is None
    circuit = redis_cache._circuits[f"redis://127.0.0.1:{in_redis.port}/0"]
    circuit._again_at = 0.0
    assert [circuit.is_to_be_left_alone() for _ in range(4)] == [False, True, True, True]
    in_redis.go_on()


def test_what_a_paused_server_answers_later_is_nobodys_answer(in_redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(circuit, "PAUSE", 0.1)
    cache.set_many({"a": "one", "b": "two"})
    in_redis.pause()
    assert cache.get("a") is None
    in_redis.go_on()
    time.sleep(0.2)
    assert [cache.get("b"), cache.get("a")] == ["two", "one"]


def test_a_restart_between_two_requests_is_no_outage(in_redis: Redis, said: pytest.LogCaptureFixture) -> None:
    cache.set("a", 1)
    in_redis.kill()
    in_redis.start()
    assert cache.get("a") is None
    cache.set("a", 2)
    assert cache.get("a") == 2
    assert lines(said) == []


def test_what_nobody_of_this_site_wrote_is_not_there_and_runs_nothing(in_redis: Redis) -> None:
    class Harmful:
        def __reduce__(self) -> Any:
            return (pytest.fail, ("a value of the cache was run",))

    client = caches["default"]._cache.get_client()
    for data in (b"\x80", b"{", b"", b"\xff\xfe", b"[" * 100_000, pickle.dumps(Harmful())):
        client.set("memorial-test:1:a", data)
        assert cache.get("a", "default") == "default"
        assert cache.get_many(["a"]) == {}
        with pytest.raises(ValueError, match="a"):
            cache.incr("a")
        assert client.get("memorial-test:1:a") == data
    client.delete("memorial-test:1:a")
    client.lpush("memorial-test:1:a", "of another kind")
    assert cache.get("a", "default") == "default"


def test_what_json_does_not_know_is_a_mistake_and_no_outage(in_redis: Redis, said: pytest.LogCaptureFixture) -> None:
    with pytest.raises(TypeError):
        cache.set("a", object())
    assert lines(said) == []


def test_sites_that_share_a_server_share_nothing(in_redis: Redis, settings: Any) -> None:
    cache.set_many({f"key-{number}": number for number in range(2500)})
    caches["default"]._cache.get_client().set("somebody", "else's")
    for prefix in ("memorial-t", "memorial-test2", "memorial-tes?", "memorial-tes*"):
        settings.CACHES = {**at(in_redis), "default": {**at(in_redis)["default"], "KEY_PREFIX": prefix}}
        assert cache.get("key-1") is None
        cache.set("mine", 1)
        cache.clear()
        assert cache.get("mine") is None
    settings.CACHES = at(in_redis)
    assert len(cache.get_many([f"key-{number}" for number in range(2500)])) == 2500
    cache.clear()
    assert cache.get("key-1") is None
    assert caches["default"]._cache.get_client().keys() == [b"somebody"]


def test_a_wrong_password_is_told_of_without_saying_it(settings: Any, said: pytest.LogCaptureFixture) -> None:
    server = Redis("right").start()
    try:
        for given in ({"password": "wrong-one"}, {}, {"password": "right"}):
            redis_cache._circuits.clear()
            settings.CACHES = at(server, **given)
            if given == {"password": "right"}:
                cache.set("a", 1)
                assert cache.get("a") == 1
            else:
                nothing_breaks()
    finally:
        server.stop()
    assert lines(said) == ["away", "away"]
    assert "right" not in said.text
    assert "wrong-one" not in said.text


@pytest.fixture(
    params=[b"HTTP/1.1 400 Bad Request\r\n\r\n", b"220 mail.example\r\n", b"$9999\r\n", b"$x\r\n", b"\xff" * 70, b""]
)
def no_redis(request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of a server that takes connections and says something else."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(1000)
                connection.sendall(request.param)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


def test_a_server_that_is_no_redis_breaks_nothing(no_redis: int, settings: Any, said: pytest.LogCaptureFixture) -> None:
    elsewhere = Redis()
    elsewhere.port = no_redis
    settings.CACHES = at(elsewhere)
    nothing_breaks()
    assert lines(said) == ["away"]


@pytest.mark.django_db
def test_the_site_is_ready_without_its_cache_and_says_what_is_away(
    in_redis: Redis, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circuit, "PAUSE", 0.1)
    for deed, expected in (
        (in_redis.start, {"status": "ready"}),
        (in_redis.kill, {"status": "ready", "degraded": ["cache"]}),
        (in_redis.start, {"status": "ready"}),
        (in_redis.pause, {"status": "ready", "degraded": ["cache"]}),
        (in_redis.go_on, {"status": "ready"}),
    ):
        deed()
        time.sleep(0.2)
        response = client.get("/readyz", headers={"host": "memorial.test"})
        assert (response.status_code, response.json()) == (200, expected)
        assert client.get("/healthz", headers={"host": "memorial.test"}).json() == {"status": "alive"}
