"""The database that the site is moved to: where it is, what is wrong with it, and its empty tables."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from memorial.accounts.models import User
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.models import Language
from memorial.statements.models import Statement

from .tables import count_of, differing_columns, foreign_tables

ALIAS = "target"
SCHEMES = ("sqlite", "postgres", "postgresql")
OPTIONS: dict[str, dict[str, Any]] = {
    "sqlite3": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
    "postgresql": {"connect_timeout": 5},
}
#: Where a site has been, there are rows of these.
OF_A_SITE = (Language, Statement, User)
MAKE_ANEW = "Give the site an empty database of its own, or empty this one (drop and create it)."


def connect(url: str) -> None:
    """Let Django know the target under ``ALIAS``, and reach it. Raises Refused."""
    if urlsplit(url).scheme not in SCHEMES or not urlsplit(url).path.strip("/"):
        raise Refused([Reason("address", "The target is postgresql://user:password@host/name or sqlite:///path.")])
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    kind = found["ENGINE"].rpartition(".")[2]
    found["OPTIONS"] = {**OPTIONS[kind], **found.get("OPTIONS", {})}
    if kind == "sqlite3" and not Path(found["NAME"]).resolve().parent.is_dir():
        raise Refused([Reason("unreachable", f"There is no folder for the target: {Path(found['NAME']).parent}")])
    known: dict[str, Any] = connections.settings
    known[ALIAS] = connections.configure_settings(known | {ALIAS: found})[ALIAS]
    try:
        connections[ALIAS].ensure_connection()
    except (DatabaseError, OSError) as error:
        raise Refused([Reason("unreachable", f"The target cannot be reached: {error}")]) from error


def reasons_against_target(source: BaseDatabaseWrapper) -> list[Reason]:
    """Every reason why the target cannot take the site; what an interrupted move has left is none."""
    target = connections[ALIAS]
    if _place(source) == _place(target):
        return [Reason("same", "Source and target are the same database.")]
    reasons = []
    if foreign := foreign_tables(ALIAS):
        message = f"The target holds tables that are not this site's: {', '.join(foreign)}. {MAKE_ANEW}"
        reasons.append(Reason("foreign-tables", message))
    tables = target.introspection.table_names()
    there = [model for model in OF_A_SITE if model._meta.db_table in tables]
    if holds := [f"{number} {model._meta.db_table}" for model in there if (number := count_of(model, ALIAS))]:
        reasons.append(Reason("not-empty", f"The target is not empty: {', '.join(holds)}. {MAKE_ANEW}"))
    return [*reasons, *_rights(target)]


def make_tables() -> None:
    """Let the site's own migrations make the tables, with the columns of this process's languages. Raises Refused."""
    try:
        call_command("migrate", database=ALIAS, interactive=False, verbosity=0)
    except (DatabaseError, CommandError) as error:
        raise Refused([Reason("tables", f"The tables cannot be made in the target: {error}")]) from error
    if differing := differing_columns(ALIAS):
        message = f"The target was prepared for other languages or another version: {', '.join(differing[:9])}. "
        raise Refused([Reason("columns", message + MAKE_ANEW)])


def without_password(url: str) -> str:
    """The address as it may be shown."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


def _place(connection: BaseDatabaseWrapper) -> tuple[object, ...]:
    """What two connections to the same database have in common, whatever their addresses."""
    if connection.vendor == "sqlite":
        status = os.stat(connection.settings_dict["NAME"])
        return "sqlite", status.st_dev, status.st_ino
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_postmaster_start_time(), oid FROM pg_database WHERE datname = current_database()")
        return "postgresql", *cursor.fetchone()


def _rights(target: BaseDatabaseWrapper) -> list[Reason]:
    if target.vendor != "postgresql":
        return []
    with target.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, coalesce(has_schema_privilege(current_schema(), 'CREATE'), false), "
            "current_setting('server_encoding')"
        )
        user, may_create, encoding = cursor.fetchone()
    reasons = []
    if not may_create:
        message = f"{user} may not make tables in the target. Make it the owner: ALTER DATABASE ... OWNER TO {user}."
        reasons.append(Reason("rights", message))
    if encoding != "UTF8":
        message = f"The target keeps texts as {encoding}: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0."
        reasons.append(Reason("encoding", message))
    return reasons
