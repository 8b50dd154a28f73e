"""Whether the process lives, and whether it can do its work: for load balancers and service managers."""

from functools import cache

from django.core.cache import caches
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .replica import REPLICA, reading


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives; the database is never asked."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when a reader could be served, else 503 with the reasons as words. Two queries.

    What the site does without for a while is named for the operator and takes no reader away.
    """
    if reasons := reasons_not_ready():
        return JsonResponse({"status": "not ready", "reasons": reasons}, status=503, headers={"Retry-After": "5"})
    degraded = what_is_away()
    return JsonResponse({"status": "ready", **({"degraded": degraded} if degraded else {})})


def reasons_not_ready() -> list[str]:
    """Return why the site cannot serve: ``database`` does not answer, or ``migrations`` are not applied.

    The storage of files is not asked. Every page is there without it; were a machine taken for it, all of them would
    be, since they share it, and a reader would lose the statement for want of a picture.
    """
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return ["database"]
    return ["migrations"] if _shipped_migrations() - applied else []


def what_is_away() -> list[str]:
    """Return what is missed and not needed: the ``cache``, where it is a server's, and the ``replica``."""
    # Only a cache of a server can be away, and only that one says whether it answers.
    answers = getattr(caches["default"], "answers", None)
    away = ["cache"] if answers is not None and not answers() else []
    return [*away, REPLICA] if REPLICA in connections and not reading.answers() else away


@cache
def _shipped_migrations() -> frozenset[tuple[str, str]]:
    """The migrations of this version of the code; they do not change while the process lives."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset((app, name) for app, name in loader.disk_migrations if app in loader.migrated_apps)
