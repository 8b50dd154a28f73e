"""What an operator can get wrong, found by ``manage.py check`` and at every start."""

import ipaddress
import os
import stat
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

OPERATION = "operation"  # the tag of these checks


def is_local(host: str) -> bool:
    """Say whether only this machine can be meant by ``host``."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@register(OPERATION)
def the_address_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A site that others reach speaks HTTPS and shows nobody its insides."""
    site = urlsplit(settings.SITE_URL)
    if is_local(site.hostname or ""):
        return []
    found: list[CheckMessage] = []
    if site.scheme != "https":
        found.append(
            Warning(
                f"SITE_URL is {settings.SITE_URL}: passwords would travel unencrypted.",
                hint="Put the site behind a proxy that ends TLS, and set SITE_URL=https://...",
                id="ops.W001",
            )
        )
    if settings.DEBUG:
        found.append(
            Error(
                f"DEBUG is on while the site is {settings.SITE_URL}: errors would show settings and data to everybody.",
                hint="Unset DEBUG, or leave SITE_URL unset while you develop.",
                id="ops.E001",
            )
        )
    return found


@register(OPERATION)
def hosts_are_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The site answers to its own names only."""
    if "*" in settings.ALLOWED_HOSTS:
        return [
            Error(
                "ALLOWED_HOSTS holds '*': the site would answer under any name.",
                hint="Name the hosts. The host of SITE_URL is always among them.",
                id="ops.E002",
            )
        ]
    return []


@register(OPERATION)
def the_data_are_ours(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The data folder can be written, and the secret key in it is nobody else's to read."""
    found: list[CheckMessage] = []
    if not os.access(settings.DATA_DIR, os.W_OK):
        found.append(
            Error(
                f"{settings.DATA_DIR} cannot be written.",
                hint="Set MEMORIAL_DATA_DIR to a folder that belongs to the user who runs the site.",
                id="ops.E003",
            )
        )
    key = settings.DATA_DIR / "secret-key"
    if key.exists() and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        found.append(
            Warning(
                f"{key} can be read by other users of this machine.",
                hint=f"chmod 600 {key}",
                id="ops.W002",
            )
        )
    return found
