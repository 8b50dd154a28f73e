"""A thread in each serving process that begins the next generation where nobody here has: on time, or for others.

On PostgreSQL it hears of changes as they are committed; everywhere it looks at the database once a second.
"""

import logging
import threading
import time
from collections.abc import Iterator

from django.db import DatabaseError, close_old_connections, connection

from .changes import CHANNEL
from .keeper import Keeper

logger = logging.getLogger(__name__)
SECONDS = 1.0


def start(keeper: Keeper) -> threading.Thread:
    """Watch from now on. Called in each worker of a server, after it has been forked."""
    thread = threading.Thread(target=_watch, args=(keeper,), name="kept pages", daemon=True)
    thread.start()
    return thread


def _watch(keeper: Keeper) -> None:
    is_reachable, last = True, 0
    while True:
        try:
            for _ in _turns():
                number = keeper.generation.renew()
                if number != last:
                    keeper.folder.forget_before(number)
                last, is_reachable = number, True
        except DatabaseError as error:
            if is_reachable:
                logger.warning("changes cannot be looked for: %s", error)
            is_reachable = False
            close_old_connections()
            time.sleep(SECONDS)


def _turns() -> Iterator[None]:
    """Come back once a second, and as soon as PostgreSQL tells of a change. Raises DatabaseError."""
    if connection.vendor != "postgresql":
        while True:
            yield
            time.sleep(SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    while True:
        yield
        for _ in connection.connection.notifies(timeout=SECONDS, stop_after=1):
            break
