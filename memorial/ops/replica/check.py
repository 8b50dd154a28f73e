"""Whether the replica follows this site's database: asked by ``manage.py check --deploy``."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register
from django.db import Error, connections

from . import REPLICA
from .reading import follows

TAG = "replica"  # `manage.py check --deploy --tag replica` asks for nothing else


@register(TAG, deploy=True)
def the_replica_follows(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """DATABASE_REPLICA_URL is a hot standby of the server in DATABASE_URL. The site serves readers also where not."""
    if REPLICA not in connections:
        return []
    try:
        is_one = follows(connections[REPLICA])
    except Error as error:
        return [
            Warning(
                f"The replica cannot be asked: {error}",
                hint="Readers get their pages from the database until DATABASE_REPLICA_URL answers.",
                id="ops.W020",
            )
        ]
    if is_one:
        return []
    return [
        Warning(
            "DATABASE_REPLICA_URL does not follow the database of DATABASE_URL: nothing is read from it.",
            hint="Name a hot standby of that server, and the same database on it. One that was promoted is none.",
            id="ops.W021",
        )
    ]
