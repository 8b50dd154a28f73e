"""Each kind of cache that a site may have, and a Redis that a test may kill (a pytest plugin)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches

from memorial.ops import redis_cache
from tests.browser import require
from tests.servers.redis import Redis, is_installed

MEMORY = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture(autouse=True)
def _no_counts_of_another_test() -> Iterator[None]:
    """A cache is not rolled back."""
    yield
    _clear()


def _clear() -> None:
    for cache in caches.all():
        cache.clear()


@pytest.fixture(scope="session")
def _redis() -> Iterator[Redis]:
    if not is_installed():
        require("redis-server", "redis-server")
    server = Redis()
    yield server
    server.stop()


@pytest.fixture
def own_redis(_redis: Redis) -> Redis:
    """A Redis of this test's own, running and empty: it may be killed."""
    _redis.stop()
    redis_cache._circuits.clear()  # what became of it in another test
    return _redis.start()


def at(server: Redis, **options: Any) -> dict[str, Any]:
    """What CACHES is where CACHE_URL names ``server``."""
    return {
        "default": {
            "BACKEND": "memorial.ops.redis_cache.FailOpenRedisCache",
            "LOCATION": f"redis://127.0.0.1:{server.port}/0",
            "KEY_PREFIX": "memorial-test",
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "protocol": 2, **options},
        },
        "process": {"BACKEND": MEMORY, "LOCATION": "process"},
    }


@pytest.fixture(params=["memory", "redis"])
def each_cache(request: pytest.FixtureRequest, settings: Any) -> str:
    """Run the test with a cache in memory, and with one in Redis."""
    if request.param == "redis":
        settings.CACHES = at(request.getfixturevalue("own_redis"))
    else:
        settings.CACHES = {name: {"BACKEND": MEMORY, "LOCATION": name} for name in ("default", "process")}
    _clear()
    return str(request.param)
