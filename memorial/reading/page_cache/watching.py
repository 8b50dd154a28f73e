"""A thread in each serving process that begins the next generation where nobody here has: on time, or for others.

On PostgreSQL it hears of changes as they are committed; everywhere it looks at the database once a second, for all
processes of the machine.
"""

import logging
import threading
import time
from collections.abc import Iterator

from django.db import DatabaseError, close_old_connections, connection

from .generation import Generation
from .keeper import Keeper
from .machines import CHANNEL

logger = logging.getLogger(__name__)
SECONDS = 1.0
# Who looks and finds that another process has, this short a time ago, has looked.
RECENT = 0.8 * SECONDS


def start(keeper: Keeper) -> threading.Thread:
    """Watch from now on. Called in each worker of a server, after it has been forked."""
    thread = threading.Thread(target=_watch, args=(keeper,), name="kept pages", daemon=True)
    thread.start()
    return thread


def _watch(keeper: Keeper) -> None:
    is_reachable, last = True, 0
    while True:
        try:
            for is_told in _turns(keeper.generation):
                present = keeper.generation.present()
                if is_told or not present.number or time.time() - present.looked > RECENT:
                    number = keeper.generation.renew()
                else:
                    number = present.number
                if number != last:
                    keeper.forget_old()
                last, is_reachable = number, True
        except DatabaseError as error:
            if is_reachable:
                logger.warning("changes cannot be looked for: %s", error)
            is_reachable = False
            close_old_connections()
            time.sleep(SECONDS)


def _turns(generation: Generation) -> Iterator[bool]:
    """Come back once a second, when something is due, and (with true) when PostgreSQL tells of a change.

    Raises DatabaseError.
    """
    yield True
    if connection.vendor != "postgresql":
        while True:
            time.sleep(_pause(generation))
            yield False
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    yield True
    while True:
        yield any(True for _ in connection.connection.notifies(timeout=_pause(generation), stop_after=1))


def _pause(generation: Generation) -> float:
    """Return the seconds until there is something to do."""
    return min(SECONDS, max(0.001, generation.present().ends - time.time()))
