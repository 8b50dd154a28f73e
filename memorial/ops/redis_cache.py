"""A cache in Redis that nothing depends on: while it is dead, slow or not a Redis, what is asked of it is not there."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
from redis.exceptions import RedisError

from .circuit import Circuit

# Adds to a number that is there. Asked for one after the other, EXISTS and INCRBY would, where the key expires in
# between, leave a number that never does. What is no number counts as absent.
_ADD = """
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
local sum = redis.pcall('INCRBY', KEYS[1], ARGV[1])
if type(sum) == 'table' then return false end
return sum
"""
T = TypeVar("T")


_circuits: dict[str, Circuit] = {}


class Json:
    """Values as JSON: whoever can write into the cache can write values, but, unlike with pickle, no code."""

    def dumps(self, obj: Any) -> bytes:
        """Write one value. Raises TypeError for what JSON does not know."""
        return json.dumps(obj, separators=(",", ":")).encode()

    def loads(self, data: Any) -> Any:
        """Read one value. Raises ValueError."""
        return json.loads(data)


class FailOpenClient(RedisCacheClient):
    """Django's client, with an answer for each question that the server does not answer."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, serializer=Json, **options)
        self._circuit = _circuits.setdefault(servers[0], Circuit(f"the cache at {servers[0]}"))

    def _ask(self, lost: T, command: Callable[..., T], *arguments: Any) -> T:
        """Return what ``command`` returns, or ``lost`` where the server does not answer it."""
        is_trial = self._circuit.is_open
        if self._circuit.is_to_be_left_alone():
            return lost
        try:
            answer = command(*arguments)
        except (RedisError, OSError, ValueError) as error:  # ValueError: of what is no Redis, a line cannot be read
            self._circuit.failed(error)
            return lost
        if is_trial:  # not whoever asked before the failure and hears late
            self._circuit.answered()
        return answer

    def answers(self) -> bool:
        """Say whether the server answers now."""
        return self._ask(False, self.get_client(write=True).ping)

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return self._ask(False, super().add, key, value, timeout)

    def get(self, key: Any, default: Any) -> Any:
        return self.get_many([key]).get(key, default)

    def get_many(self, keys: Iterable[Any]) -> dict[Any, Any]:
        """Leave out what nobody of this site can have written."""
        wanted, found = list(keys), {}
        answers: list[Any] = self._ask([], self.get_client().mget, wanted) if wanted else []
        for key, data in zip(wanted, answers, strict=False):
            if data is not None:
                try:
                    found[key] = Json().loads(data)
                except (ValueError, RecursionError):
                    continue
        return found

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._ask(None, super().set, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._ask(False, super().touch, key, timeout)

    def delete(self, key: Any) -> bool:
        return self._ask(False, super().delete, key)

    def has_key(self, key: Any) -> bool:
        return self._ask(False, super().has_key, key)

    def incr(self, key: Any, delta: int) -> int:
        """Add to a number; its time to live stays. Raises ValueError where there is none, or no server."""
        value: int | None = self._ask(None, self.get_client(write=True).eval, _ADD, 1, key, delta)
        if value is None:
            raise ValueError(f"Key {key!r} not found.")
        return value

    def keep_many(self, data: Mapping[Any, Any], timeout: Any) -> bool:
        """Say whether the values are kept."""
        write = super().set_many
        return self._ask(False, lambda: write(data, timeout) is None)

    def delete_many(self, keys: Iterable[Any]) -> None:
        if named := list(keys):
            self._ask(None, super().delete_many, named)

    def clear_prefix(self, prefix: str) -> None:
        """Delete all keys that begin with ``prefix``: the server may be shared."""

        def clear() -> None:
            client = self.get_client(write=True)
            pattern = re.sub(r"([\\*?\[\]])", r"\\\1", prefix) + "*"
            cursor = -1
            while cursor != 0:
                cursor, keys = client.scan(max(cursor, 0), match=pattern, count=1000)
                if keys:
                    client.unlink(*keys)

        self._ask(None, clear)


class FailOpenRedisCache(RedisCache):
    """Reads give the default and writes are lost while the server is away; values are what JSON knows."""

    @cached_property
    def _cache(self) -> FailOpenClient:
        servers, options = self._servers, self._options  # type: ignore[attr-defined]  # the stubs leave them out
        return FailOpenClient(servers, **options)

    def answers(self) -> bool:
        """Say whether the server answers now: at most one short wait in a while, however often it is asked."""
        return self._cache.answers()

    def set_many(
        self, data: Mapping[str, Any], timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        """Return the keys whose values are lost: all or none."""
        kept = {self.make_and_validate_key(key, version=version): value for key, value in data.items()}
        if not kept or self._cache.keep_many(kept, self.get_backend_timeout(timeout)):
            return []
        return list(data)

    def clear(self) -> None:
        """Forget everything of this site, in all versions, and nothing of another's."""
        self._cache.clear_prefix(f"{self.key_prefix}:")
