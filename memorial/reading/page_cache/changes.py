"""Notices every change of what readers see, whoever makes it: a verb, a form, a command, a shell.

Each statement that writes passes here. The first one of a transaction that writes to a table readers' pages are made
from leaves a row of ``SiteChange`` in the same transaction, for other machines and for after a crash; when the
transaction has been committed, and before it is answered, the generation of this machine is renewed. Nothing needs to
say that it changes something, so nothing can forget to.
"""

import logging
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max, Sum
from django.utils import timezone

from memorial.publishing.models import Edition, SourceEdition

from ..models import SiteChange
from . import machines
from .front import Front
from .generation import Generation, Present, State

logger = logging.getLogger(__name__)

# What no page of readers is made from. Every other table is taken for one that is shown, also one made tomorrow.
PRIVATE = re.compile(
    r"(accounts|auth|django)_.*|translations_(privatedraft|reviewstep)|languages_(languagerequest"
    r"|phrasesave)|publishing_musthave|reading_(sitechange|servingmachine|subscription)"
)
_WRITING = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+[\"']?(\w+)",
    re.IGNORECASE,
)
# Late transactions have early numbers: the newest of them all, and the sum of these many, differ after each.
WINDOW = 500
# A generation is not longer than this, whatever happens.
LONGEST = timedelta(hours=1)


front = Front(settings.PAGES_FOLDER, urlsplit(settings.SITE_URL).hostname or "") if settings.PAGES_FOLDER else None
_promised = threading.local()


def state() -> State:
    """Return what the database says of the site's present state. Three queries, and where machines are several, one.

    Inside a transaction nothing is promised: others would not see it, and each process of this machine that promises
    would wait for the end of the transaction. A move of the database has one that lasts for minutes.
    """
    is_promised = machines.are_several() and not connection.in_atomic_block
    _promised.at = machines.promise() if is_promised else None
    return State(mark(), ends=_end(timezone.now()).timestamp())


def mark(using: str = DEFAULT_DB_ALIAS) -> tuple[int, int]:
    """Return what is different in a database after every change of what readers see. One query."""
    changes = SiteChange.objects.using(using)
    newest = changes.order_by("-pk")[:WINDOW]
    found = changes.filter(pk__in=newest.values("pk")).aggregate(high=Max("pk"), total=Sum("pk"))
    return int(found["high"] or 0), int(found["total"] or 0)


def _end(now: datetime) -> datetime:
    """When pages change by themselves: at the next scheduled publication, and every midnight (UTC)."""
    moments = [now + LONGEST, datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)]
    for editions in (Edition.objects, SourceEdition.objects):
        waiting = editions.filter(visible_from__gt=now).order_by("visible_from")
        moments += waiting.values_list("visible_from", flat=True)[:1]
    return min(moments)


def _seen(present: Present) -> None:
    """Tell the server in front and the other machines what holds here now."""
    if front is not None:
        front.point(present)
    promised_at, _promised.at = getattr(_promised, "at", None), None
    if promised_at is not None and present.until:
        machines.acknowledge(promised_at)


generation = Generation(settings.DATA_DIR / "generation", state, _seen)


def announce() -> None:
    """Begin a new generation, now that a change has been committed, and see that every machine has."""
    try:
        generation.renew_or_end()
        if machines.are_several():
            machines.wait_for_others()
    except DatabaseError:
        # It has been ended: no page is served that was made before, and whoever asks next begins the new one.
        logger.exception("a change could not be announced to the kept pages")


def watch(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """See every statement on a new connection."""
    if _see not in connection.execute_wrappers:
        connection.execute_wrappers.append(_see)


def _see(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    if isinstance(sql, str) and not sql.startswith("SELECT"):
        written = _WRITING.match(sql)
        if written and not PRIVATE.fullmatch(written[1]):
            _remember(context["connection"])
    return result


def _remember(connection: BaseDatabaseWrapper) -> None:
    """Leave one row in a transaction, and renew the generation after it.

    A savepoint that is rolled back takes both with it; the next statement then leaves them again.
    """
    if any(function is announce for _, function, *_ in connection.run_on_commit) or not _has_table(connection):
        return
    SiteChange.objects.using(connection.alias).create()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            machines.tell(cursor)
    transaction.on_commit(announce, using=connection.alias)


def _has_table(connection: BaseDatabaseWrapper) -> bool:
    """Say whether the database is migrated as far as the table; asked once a connection, and again while it is not."""
    if not getattr(connection, "_has_site_changes", False):
        with connection.cursor() as cursor:
            found = SiteChange._meta.db_table in connection.introspection.table_names(cursor)
        connection._has_site_changes = found  # type: ignore[attr-defined]
    return connection._has_site_changes  # type: ignore[attr-defined, no-any-return]


def forget_old() -> int:
    """Delete the rows that nobody looks at any more, and machines that are gone; return how many rows."""
    machines.forget_gone()
    first = SiteChange.objects.order_by("-pk").values_list("pk", flat=True)[WINDOW : WINDOW + 1]
    return SiteChange.objects.filter(pk__lte=first[0]).delete()[0] if first else 0


def is_watched() -> bool:
    """Say whether the statements of this thread's connection are seen."""
    return _see in connection.execute_wrappers
