"""How often somebody may try: counted without a gap, for each by themselves, and never to keep an owner out."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from memorial.accounts.address import address_of
from memorial.accounts.attempts import OF_ACCOUNT, OF_ADDRESS, OF_PAIR, Limit, begin_to_log_in, has_logged_in
from memorial.accounts.refusal import Refused
from tests.caches import at
from tests.servers.redis import Redis

THREE = Limit("test", most=3, within=100, pause=100)


def is_refused(account: str, address: str) -> bool:
    """Try to log in with a wrong password."""
    try:
        begin_to_log_in(account, address)
    except Refused as refused:
        return [each.code for each in refused.reasons] == ["too-many-tries"]
    return False


def test_so_many_may_be_made_and_no_more(each_cache: str) -> None:
    assert [THREE.allows("a") for _ in range(5)] == [True] * 3 + [False] * 2
    assert THREE.allows("b")
    assert THREE.allows("a", "b"), "the parts of a name are not run together"
    THREE.forget("a")
    assert THREE.allows("a")


def test_many_at_once_are_no_more_than_many_after_each_other(each_cache: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: THREE.allows("a"), range(80))) == 3


def test_a_pause_begins_with_the_first_refusal_and_ends_however_often_somebody_tries(each_cache: str) -> None:
    short = Limit("short", most=1, within=100, pause=1)
    assert [short.allows("a"), short.allows("a")] == [True, False]
    deadline = time.monotonic() + 5
    while not short.allows("a"):
        assert time.monotonic() < deadline, "refused for ever"
        time.sleep(0.1)


def test_what_is_kept_says_nobodys_name_or_address(own_redis: Redis, settings: Any) -> None:
    settings.CACHES = at(own_redis)
    begin_to_log_in("aygun", "192.0.2.7")
    has_logged_in("aygun", "192.0.2.7")
    begin_to_log_in("aygun", "192.0.2.7")
    client = caches["default"]._cache.get_client()
    keys = client.keys()
    kept = b" ".join(keys)
    assert len(keys) == 3, "the place, and the tries of the pair and of the address"
    assert b"aygun" not in kept
    assert b"192.0" not in kept
    assert all(client.ttl(key) > 0 for key in keys)


@pytest.mark.parametrize("what", ["kill", "pause"])
def test_while_the_cache_is_away_each_process_goes_on_counting(own_redis: Redis, settings: Any, what: str) -> None:
    settings.CACHES = at(own_redis)
    caches["process"].clear()
    assert THREE.allows("a")
    getattr(own_redis, what)()
    assert [THREE.allows("a") for _ in range(5)] == [True] * 3 + [False] * 2
    THREE.forget("a")
    assert THREE.allows("a")
    own_redis.go_on() if what == "pause" else own_redis.start()
    caches["process"].clear()


def test_one_address_that_tries_one_account_is_refused_and_nobody_else(
    each_cache: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "memorial.accounts.attempts"):
        assert [is_refused("editor", "192.0.2.7") for _ in range(8)] == [False] * OF_PAIR.most + [True] * 3
    assert not is_refused("editor", "192.0.2.8")
    assert not is_refused("publisher", "192.0.2.7")
    (said,) = [each.getMessage() for each in caplog.records]
    assert "192.0" not in said
    assert "editor" not in said


def test_one_address_that_tries_many_accounts_is_refused_and_nobody_elsewhere(each_cache: str) -> None:
    tries = [is_refused(f"account-{number}", "192.0.2.7") for number in range(OF_ADDRESS.most + 2)]
    assert tries == [False] * OF_ADDRESS.most + [True] * 2
    assert not is_refused("account-1", "192.0.2.8")


def test_many_addresses_slow_down_an_account_and_never_keep_its_owner_out_of_a_known_place(each_cache: str) -> None:
    begin_to_log_in("editor", "192.0.2.7")
    has_logged_in("editor", "192.0.2.7")
    tries = [is_refused("editor", f"198.51.100.{number // 4}") for number in range(OF_ACCOUNT.most + 3)]
    assert tries == [False] * OF_ACCOUNT.most + [True] * 3
    assert is_refused("editor", "203.0.113.1"), "for a minute, from where the owner never was"
    assert OF_ACCOUNT.pause <= 60
    assert not is_refused("editor", "192.0.2.7")
    has_logged_in("editor", "192.0.2.7")
    assert not is_refused("editor", "203.0.113.1")


def test_a_success_forgets_the_tries_for_this_account_and_no_others(each_cache: str) -> None:
    for _time in range(3):
        for number in range(OF_PAIR.most - 1):
            assert not is_refused("editor", "192.0.2.7"), number
        begin_to_log_in("editor", "192.0.2.7")
        has_logged_in("editor", "192.0.2.7")
    for _time in range(OF_PAIR.most):
        is_refused("publisher", "192.0.2.7")
    has_logged_in("editor", "192.0.2.7")
    assert is_refused("publisher", "192.0.2.7")


def test_an_office_that_logs_in_together_is_not_refused(each_cache: str) -> None:
    for number in range(2 * OF_ADDRESS.most):
        begin_to_log_in(f"account-{number}", "192.0.2.7")
        has_logged_in(f"account-{number}", "192.0.2.7")


def test_where_no_address_is_known_only_the_account_is_slowed_down(each_cache: str) -> None:
    assert not any(is_refused("editor", "") for _ in range(OF_ACCOUNT.most))
    assert is_refused("editor", "")
    assert not is_refused("publisher", "")


@pytest.mark.parametrize(
    ("peer", "said", "expected"),
    [
        ("192.0.2.7", None, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),  # nobody's proxy: what it says is invented
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "invented, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),  # two proxies
        ("10.0.0.1", "10.9.9.9", "10.9.9.9"),  # a client inside
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "unknown", ""),
        ("10.0.0.1", "198.51.100.1,", "10.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "127.0.0.1"),  # not among those named here
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        ("10.0.0.1", "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_an_address_is_what_a_trusted_proxy_says(settings: Any, peer: str, said: str | None, expected: str) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    headers = {} if said is None else {"x-forwarded-for": said}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)) == expected


def test_all_may_be_trusted(settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["*"]
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"x-forwarded-for": "a, 198.51.100.1"})
    assert address_of(request) == ""
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"x-forwarded-for": "198.51.100.1"})
    assert address_of(request) == "198.51.100.1"
