"""From where a request comes: what limits are counted by, and nothing else."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# A household or a machine has so much of the newer addresses to itself, and changes the rest as it likes.
OWN_PART = 64


def address_of(request: HttpRequest) -> str:
    """Return the client's address, or "" where it cannot be known.

    It is the peer's; where the peer is one of the trusted proxies, it is what that one says last in X-Forwarded-For,
    and so on along the proxies. What stands before was said by whoever asked, and may be invented. Of an IPv6 address
    the network is returned.
    """
    said = request.headers.get("X-Forwarded-For", "").split(",")
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    while address is not None and _is_trusted(address) and said and (further := said.pop().strip()):
        address = _parsed(further)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, OWN_PART), strict=False))
    return str(address or "")


def _parsed(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read an address; one of the older kind written as one of the newer is the older."""
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return any(
        proxy == "*" or address in ipaddress.ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES
    )
