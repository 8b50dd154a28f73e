"""How often somebody may try: counted in the cache, for all processes where it is a server's, else for each of its own.

Counted before the try, so that many at once are no more than many after each other. What is kept says neither whose
account nor which address was counted.
"""

import logging
from dataclasses import dataclass

from django.core.cache import caches
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .refusal import Reason, Refused

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most so many tries within so many seconds; whoever makes more is refused for ``pause`` seconds."""

    name: str
    most: int
    within: int
    pause: int

    def allows(self, *who: str) -> bool:
        """Count one try, and say whether it may be made. What is refused makes the pause no longer."""
        count = self._count(self._key(who))
        if count == self.most + 1:
            for kept in caches.all():
                kept.touch(self._key(who), self.pause)
            logger.warning("further tries are refused for %d seconds: too many for one %s", self.pause, self.name)
        return count <= self.most

    def take_back(self, *who: str) -> None:
        """Do not count the last try."""
        for kept in caches.all():
            try:
                kept.decr(self._key(who))
            except ValueError:
                continue
            return

    def forget(self, *who: str) -> None:
        """Count anew from nothing."""
        for kept in caches.all():
            kept.delete(self._key(who))

    def _count(self, key: str) -> int:
        """Where the cache of all is away, a process counts what it sees itself."""
        for name in ("default", "process"):
            if caches[name].add(key, 1, self.within):
                return 1
            try:
                return caches[name].incr(key)
            except ValueError:
                continue
        return 1  # it expired this very moment

    def _key(self, who: tuple[str, ...]) -> str:
        return f"tries-{salted_hmac(self.name, chr(0).join(who), algorithm='sha256').hexdigest()}"


QUARTER_OF_AN_HOUR = 15 * 60
# Somebody at one address who does not know the password of one account.
OF_PAIR = Limit("account and address", 5, QUARTER_OF_AN_HOUR, QUARTER_OF_AN_HOUR)
# Somebody who tries one account after the other; an office has one address, too.
OF_ADDRESS = Limit("address", 50, QUARTER_OF_AN_HOUR, QUARTER_OF_AN_HOUR)
# Many addresses that try one account: slowed down only, else they could keep its owner out by trying.
OF_ACCOUNT = Limit("account", 100, QUARTER_OF_AN_HOUR, 60)
# Nor can they at all where its owner has logged in before: an address is remembered so long.
KNOWN_FOR = 30 * 24 * 60 * 60

TOO_MANY = Reason(
    "too-many-tries", _("Too many attempts to log in have failed. Please try again in a quarter of an hour.")
)


def begin_to_log_in(account: str, address: str) -> None:
    """Count a try to log in, whether there is such an account or not. Raises Refused.

    ``address`` is empty where nobody knows it; then only the account is counted.
    """
    is_allowed = not address or (OF_PAIR.allows(account, address) and OF_ADDRESS.allows(address))
    if not is_allowed or not (_is_known(account, address) or OF_ACCOUNT.allows(account)):
        raise Refused([TOO_MANY])


def has_logged_in(account: str, address: str) -> None:
    """Forget the tries for this account; those for others from this address stay."""
    OF_ACCOUNT.forget(account)
    if address:
        OF_PAIR.forget(account, address)
        OF_ADDRESS.take_back(address)
        for kept in caches.all():
            kept.set(_known(account, address), 1, KNOWN_FOR)


def _is_known(account: str, address: str) -> bool:
    return bool(address) and any(kept.has_key(_known(account, address)) for kept in caches.all())


def _known(account: str, address: str) -> str:
    return f"known-{salted_hmac('known', account + chr(0) + address, algorithm='sha256').hexdigest()}"
