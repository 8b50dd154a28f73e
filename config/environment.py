"""What an operator may choose, read once from the environment: typed, checked, all wrong values named together."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from environs import Env, EnvValidationError, ValidationError, validate

from config.storage_url import storage_options

BASE_DIR = Path(__file__).resolve().parent.parent
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True)
class Environment:
    """The values of one process; README's table of settings explains each."""

    data_dir: Path
    debug: bool
    host: str
    port: int
    site_url: str  # without a slash at its end
    is_site_url_given: bool
    site_name: str
    allowed_hosts: list[str]
    editors_may_publish: bool
    translators_may_add_languages: bool
    secret_key: str
    database: dict[str, Any]
    database_pool: bool
    replica: dict[str, Any]  # empty: readers' pages are read from the database, too
    cache: dict[str, Any]  # empty: in the memory of each process
    trusted_proxies: list[str]
    log_format: str
    log_level: str
    log_requests: bool
    language_check_seconds: float
    hashed_static_files: bool
    cdn_seconds: int  # 0: networks that keep copies ask about each
    pages_folder: Path | None  # None: no server in front reads pages from disk
    workers: int
    threads: int
    keep_pages: bool
    email: dict[str, Any]  # empty: no mail is sent
    mail_from: str
    storage: dict[str, Any]  # empty: files are kept in the data folder


def _is_address(url: str) -> None:
    """Accept ``https://archive.example`` and refuse whatever could not stand before a path."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ValidationError(f"{url!r} is not an address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValidationError(f"{url!r} does not begin with http:// or https:// and a host.")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValidationError(f"{url!r} holds more than a scheme, a host and a port.")


def _is_database(url: str) -> None:
    if urlsplit(url).scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValidationError("The database is sqlite:///path or postgresql://user:password@host/name.")


def _is_replica_of(database: str | None, url: str) -> None:
    """Accept what PostgreSQL can be asked at, beside a database that is PostgreSQL, too."""
    if url and urlsplit(url).scheme not in ("postgres", "postgresql"):
        raise ValidationError(
            "A replica is postgresql://user:password@host/name. Empty: the database serves everybody."
        )
    if url and urlsplit(database or "sqlite:").scheme == "sqlite":
        raise ValidationError("Only PostgreSQL has a replica: name the database that it follows in DATABASE_URL.")


def _read(env: Env) -> Environment:
    data_dir = Path(env.str("MEMORIAL_DATA_DIR", "") or BASE_DIR / "var").resolve()
    debug = env.bool("DEBUG", False)
    port = env.int("PORT", 8000, validate=validate.Range(1, 65535))
    given = env.str("SITE_URL", "")
    site_url = env.str("SITE_URL", validate=_is_address) if given else f"http://127.0.0.1:{port}"
    database_url = env.str("DATABASE_URL", "sqlite:///", validate=_is_database)
    has_replica = bool(env.str("DATABASE_REPLICA_URL", "", validate=partial(_is_replica_of, database_url)))
    kept_open: Any = {"conn_max_age": 0 if debug else 60, "conn_health_checks": True}
    database = env.dj_db_url("DATABASE_URL", f"sqlite:///{data_dir / 'memorial.sqlite3'}", **kept_open)
    has_mail = bool(env.str("EMAIL_URL", "", validate=_is_mail_server))
    environment = Environment(
        data_dir=data_dir,
        debug=debug,
        host=env.str("HOST", "127.0.0.1"),
        port=port,
        site_url=(site_url or "").rstrip("/"),
        is_site_url_given=bool(given),
        site_name=env.str("SITE_NAME", "Memorial"),
        allowed_hosts=env.list("ALLOWED_HOSTS", []),
        editors_may_publish=env.bool("EDITORS_MAY_PUBLISH", True),
        translators_may_add_languages=env.bool("TRANSLATORS_MAY_ADD_LANGUAGES", False),
        secret_key=env.str("SECRET_KEY", "", validate=_is_long_or_absent),
        database=dict(database or {}),
        database_pool=env.bool("DATABASE_POOL", True),
        replica=dict(env.dj_db_url("DATABASE_REPLICA_URL", **kept_open) or {}) if has_replica else {},
        cache=_cache(env.str("CACHE_URL", "", validate=_is_cache) or ""),
        trusted_proxies=env.list("FORWARDED_ALLOW_IPS", ["127.0.0.1", "::1"], validate=_are_networks) or [],
        log_format=env.str("LOG_FORMAT", "json", validate=validate.OneOf(["json", "plain"])),
        log_level=env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(LOG_LEVELS)),
        log_requests=env.bool("LOG_REQUESTS", False),
        language_check_seconds=env.float("LANGUAGE_CHECK_SECONDS", 2.0, validate=validate.Range(min=0)),
        hashed_static_files=env.bool("HASHED_STATIC_FILES", not debug),
        cdn_seconds=env.int("CDN_SECONDS", 0, validate=validate.Range(0, 31_536_000)),
        pages_folder=_folder(env.str("PAGES_FOLDER", "", validate=_is_folder) or ""),
        workers=env.int("WORKERS", 2, validate=validate.Range(1, 64)),
        threads=env.int("THREADS", 4, validate=validate.Range(1, 64)),
        keep_pages=env.bool("KEEP_PAGES", True),
        email=dict(env.dj_email_url("EMAIL_URL") or {}) if has_mail else {},
        mail_from=env.str("MAIL_FROM", "", validate=_is_sender) if has_mail else "",
        storage=storage_options(env.str("STORAGE_URL", "", validate=storage_options) or ""),
    )
    env.seal()
    return environment


def _is_cache(url: str) -> None:
    """Accept what a connection can be made of; what was written, a password perhaps, is never said again."""
    if not url:
        return
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if (
        not is_whole
        or parts.scheme not in ("redis", "rediss")
        or parts.query
        or parts.fragment
        or not re.fullmatch(r"(/\d{0,4})?", parts.path, re.ASCII)
    ):
        raise ValidationError(
            "The cache is redis://:password@host:6379/0, or rediss:// with TLS; signs such as / or # in a password "
            "are written %2F, %23. Empty: each process keeps its own."
        )


def _cache(url: str) -> dict[str, Any]:
    """What Django's settings of a cache take; who logs in stands apart from the address, which may be shown."""
    if not url:
        return {}
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    who = {"username": unquote(parts.username or ""), "password": unquote(parts.password or "")}
    return {
        "LOCATION": f"{parts.scheme}://{host}{parts.path}",
        "OPTIONS": {name: value for name, value in who.items() if value},
    }


def _is_folder(path: str) -> None:
    if path and not Path(path).is_absolute():
        raise ValidationError(f"{path!r} does not begin with /: name a folder as /var/cache/memorial.")


def _folder(path: str) -> Path | None:
    return Path(path) if path else None


def _are_networks(proxies: list[str]) -> None:
    for proxy in proxies:
        try:
            _ = proxy.strip() == "*" or ip_network(proxy.strip(), strict=False)
        except ValueError as error:
            raise ValidationError(f"{proxy!r} is neither an address nor a network such as 10.0.0.0/8.") from error


def _is_mail_server(url: str) -> None:
    if url and urlsplit(url).scheme not in ("smtp", "smtps", "submission", "submit", "console"):
        raise ValidationError("The mail server is smtp://user:password@host:587/?tls=True, or console://.")


def _is_sender(address: str) -> None:
    name, at, host = address.rpartition("@")
    if not (name and at and host):
        raise ValidationError("Say whom messages come from: MAIL_FROM=archive@example.org.")


def _is_long_or_absent(key: str) -> None:
    if key and len(key) < 50:
        raise ValidationError("A secret key has at least 50 characters; without one, the site makes its own.")


def read() -> Environment:
    """Return the environment, or end the process with one readable line for each wrong value."""
    try:
        return _read(Env(eager=False))
    except EnvValidationError as error:
        errors = error.error_messages
        assert isinstance(errors, Mapping)  # noqa: S101 a list only in the library's eager mode
        lines = [f"  {name}: {' '.join(messages)}" for name, messages in sorted(errors.items())]
        sys.exit("The environment holds values that cannot be used:\n" + "\n".join(lines))
