"""STORAGE_URL taken apart: which bucket of which S3 keeps the files. Its secret is never shown."""

import re
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from environs import ValidationError

FORM = "It is s3://KEY:SECRET@host[:port]/bucket[/prefix]?region=..&scheme=http, or s3://bucket[/prefix] on AWS."
ENCODED = "Write every sign of key and secret but letters, digits, - . _ and ~ percent-encoded, / as %2F."
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"[\w.-]+(/[\w.-]+)*", re.ASCII)


class Secret(str):
    """A word that is used, and not shown by ``repr``: settings appear in tracebacks and in questions for help."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'(hidden)'"


def storage_options(url: str) -> dict[str, Any]:
    """Return the options of the storage (``memorial.statements.s3``); none where ``url`` is empty.

    No message of the ValidationError raised holds a part of ``url``: any part may be one of the secret.
    """
    if not url:
        return {}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValidationError(f"The address cannot be taken apart. {ENCODED} {FORM}") from None
    if parts.scheme != "s3" or parts.fragment:
        raise ValidationError(f"{FORM} {ENCODED}" if parts.scheme == "s3" else FORM)
    chosen = _chosen(parts)
    if "@" not in parts.netloc:
        if port or "scheme" in chosen or ":" in parts.netloc:
            raise ValidationError(f"A host is named, and no key. {ENCODED} {FORM}")
        return {**_place(parts.netloc, parts.path), "region_name": chosen.get("region")}
    if not (parts.username and parts.password and parts.hostname):
        raise ValidationError(f"The key, its secret or the host is missing. {ENCODED} {FORM}")
    bucket, _slash, prefix = parts.path.removeprefix("/").partition("/")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return {
        **_place(bucket, prefix),
        "access_key": Secret(unquote(parts.username)),
        "secret_key": Secret(unquote(parts.password)),
        "endpoint_url": f"{chosen.get('scheme', 'https')}://{host}" + (f":{port}" if port else ""),
        "region_name": chosen.get("region", "us-east-1"),
        # What AWS's own variables say belongs to another key.
        "security_token": None,
        "session_profile": None,
    }


def _place(bucket: str, prefix: str) -> dict[str, str]:
    prefix = prefix.strip("/")
    if not _BUCKET.fullmatch(bucket):
        raise ValidationError(f"The bucket has no name that S3 allows: 3 to 63 of a-z, 0-9, - and dots. {FORM}")
    if prefix and (not _PREFIX.fullmatch(prefix) or {".", ".."} & set(prefix.split("/"))):
        raise ValidationError("The prefix of the files holds letters, digits, - . _ and single slashes only.")
    return {"bucket_name": bucket, "location": prefix}


def _chosen(parts: SplitResult) -> dict[str, str]:
    """What stands after the question mark."""
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True) if parts.query else []
    except ValueError:
        pairs = [("", "")]
    chosen = dict(pairs)
    if len(chosen) < len(pairs) or chosen.keys() - {"region", "scheme"}:
        raise ValidationError(f"After the question mark stand region and scheme only, once. {ENCODED}")
    if not re.fullmatch(r"[a-z0-9-]+", chosen.get("region", "us-east-1")):
        raise ValidationError("The region is written like eu-central-1.")
    if chosen.get("scheme", "https") not in ("http", "https"):
        raise ValidationError("The scheme is http or https, which it is when nothing is said.")
    return chosen
