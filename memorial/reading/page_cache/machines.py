"""The machines that serve this site from one PostgreSQL: a change is answered when each of them has seen it.

Before a machine looks at the database it says so (``promise``): from then on it may serve what it finds for the length
of a lease. When it has put what it found in force, it says that too (``acknowledge``). Whoever changes something waits
for the acknowledgement of every machine whose promise has not run out; so none serves what stood there before, and one
that is lost costs a publisher seconds, once. All these times are the database's own.
"""

import contextlib
import logging
import os
import secrets
import socket
import tempfile
import time
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from ..models import ServingMachine
from .generation import LEASE

logger = logging.getLogger(__name__)
# Longer than a lease holds, by what two statements may be apart; in seconds.
PATIENCE = LEASE + 0.5
# One that promises again and again and never acknowledges is not waited for any longer than this, in seconds.
LONGEST = 2 * LEASE
KEPT = timedelta(days=1)
CHANNEL = "memorial_site_changes"

_PROMISE = """
INSERT INTO reading_servingmachine (name, promised_at, looked_at) VALUES (%s, clock_timestamp(), to_timestamp(0))
ON CONFLICT (name) DO UPDATE SET promised_at = clock_timestamp() RETURNING promised_at
"""
_ACKNOWLEDGE = "UPDATE reading_servingmachine SET looked_at = GREATEST(looked_at, %s) WHERE name = %s"
_BEHIND = """
SELECT name FROM reading_servingmachine
WHERE name <> %s AND looked_at < %s AND promised_at > clock_timestamp() - make_interval(secs => %s)
"""


def tell(cursor: CursorWrapper) -> None:
    """Have every machine look at once; in a transaction, when it is committed."""
    cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def are_several() -> bool:
    """Say whether other machines could serve from this database; SQLite is one machine's own."""
    return connection.vendor == "postgresql"


@cache
def own_name() -> str:
    """Return what this machine calls itself: its host's name, and a word that its data folder keeps."""
    place = settings.DATA_DIR / "machine"
    if not place.exists():
        descriptor, written = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(8))
        with contextlib.suppress(FileExistsError):  # two processes write two words, and read the first
            os.link(written, place)
        os.unlink(written)
    return f"{socket.gethostname()[:80]} {place.read_text()[:16]}"


def promise() -> datetime:
    """Say that this machine is about to look; return when that was said."""
    with connection.cursor() as cursor:
        cursor.execute(_PROMISE, [own_name()])
        said: datetime = cursor.fetchone()[0]
    return said


def acknowledge(promised_at: datetime) -> None:
    """Say that what was found after a promise is in force here."""
    with connection.cursor() as cursor:
        cursor.execute(_ACKNOWLEDGE, [promised_at, own_name()])


def wait_for_others() -> None:
    """Return when every machine that serves has looked at the database after this moment.

    Most were told of the change and have looked a little before it: they are told again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
        started, pause, is_told = time.monotonic(), 0.002, False
        while True:
            cursor.execute(_BEHIND, [own_name(), now, PATIENCE])
            behind = [name for (name,) in cursor.fetchall()]
            if not behind:
                return
            if not is_told:
                tell(cursor)
                is_told = True
            if time.monotonic() - started > LONGEST:
                logger.error("these machines have not seen a change in time: %s", ", ".join(behind))
                return
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)


def forget_gone() -> int:
    """Delete the machines that have not served for a day; return how many."""
    return ServingMachine.objects.filter(promised_at__lt=timezone.now() - KEPT).delete()[0]
