"""Has the replica arrived? And how one request is served from it."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from memorial.ops.circuit import Circuit
from memorial.reading.models import SiteChange
from memorial.reading.page_cache import changes

from . import REPLICA

logger = logging.getLogger(__name__)

# A replica that has not arrived is asked again after so many seconds; until then readers get the database.
LATE = 0.05
# What PostgreSQL says when it has ended a query that took too long (``statement_timeout``).
QUERY_CANCELED = "57014"

_late: dict[int, float] = {}  # the generation that the replica had not arrived in, and until when it is not asked again


@cache
def circuit() -> Circuit:
    """What the threads of this process know of the replica together."""
    named = connections[REPLICA].settings_dict
    # It says once what the pool, which is named like the replica, would say of each connection that it cannot make.
    logging.getLogger("psycopg.pool").addFilter(lambda record: REPLICA not in (record.args or ()))
    return Circuit(f"the replica {named['NAME']} at {named['HOST']}")


def has_arrived() -> bool:
    """Say whether the replica shows this machine's present generation; False where nobody knows.

    Asked before the first query of a request. It costs a look into memory; and once a generation, for each connection
    to the replica, a query. What it finds is remembered with the connection, not for the process: behind one
    address may stand several replicas, and one that was made anew from an older copy is asked on a new connection.
    """
    present = changes.generation.present()
    number = present.number
    if not number or time.monotonic() < _late.get(number, 0.0):
        return False

    def shows_it(replica: BaseDatabaseWrapper) -> bool:
        arrived_in = getattr(replica.connection, "arrived_in", 0)
        if arrived_in == number:
            return True
        # Equal, not "at least": a mark does not tell which of two changes at once the replica shows already.
        if changes.mark(REPLICA) != present.mark or not (arrived_in or follows(replica)):
            _late.clear()
            _late[number] = time.monotonic() + LATE
            return False
        replica.connection.arrived_in = number
        return True

    return _ask(shows_it)


def answers() -> bool:
    """Say whether the replica can be read from, be it late: at most one short wait in a while, however often asked."""
    return _ask(follows)


def _ask(question: Callable[[BaseDatabaseWrapper], bool]) -> bool:
    """Return what the replica answers, False where it does not."""
    is_trial = circuit().is_open
    if circuit().is_to_be_left_alone():
        return False
    replica = connections[REPLICA]
    try:
        replica.close_if_health_check_failed()  # not later: a new connection would have to be asked again
        replica.ensure_connection()
        answer = question(replica)
    except Error as error:
        _put_down(replica, error)
        return False
    if is_trial:
        circuit().answered()
    return answer


def follows(replica: BaseDatabaseWrapper) -> bool:
    """Say whether the replica follows this site's database: one that can be written to goes its own way."""
    with replica.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        (is_a_copy,) = cursor.fetchone()
    newest = SiteChange.objects.using(REPLICA).order_by("-pk").first() if is_a_copy else None
    here = SiteChange.objects.using(DEFAULT_DB_ALIAS)
    return newest is not None and here.filter(pk=newest.pk, at=newest.at).exists()


class Attempt:
    """One request that is served from the replica, and the first thing that went wrong there."""

    def __init__(self) -> None:
        self.error: Error | None = None

    def failed(self, error: Error) -> None:
        """Remember why the answer is not to be given."""
        self.error = self.error or error

    @contextlib.contextmanager
    def served(self) -> Iterator[None]:
        """Put the replica in the place of the database, for this thread."""
        database, replica = connections[DEFAULT_DB_ALIAS], connections[REPLICA]
        connections[DEFAULT_DB_ALIAS] = replica
        try:
            with replica.execute_wrapper(self._see):
                yield
        finally:
            connections[DEFAULT_DB_ALIAS] = database
            if self.error is not None:
                _put_down(replica, self.error)

    def _see(self, execute: Callable[..., Any], *query: Any) -> Any:
        try:
            return execute(*query)
        except Error as error:
            self.failed(error)
            raise


def _put_down(replica: BaseDatabaseWrapper, error: Error) -> None:
    """After a failure: a replica that is gone or too slow is left alone; one that refused a query is not.

    It refuses what would write, and what it cannot show any longer because the database has gone on.
    """
    is_gone = replica.connection is None or replica.connection.closed
    if is_gone or getattr(error.__cause__, "sqlstate", "") == QUERY_CANCELED:
        circuit().failed(error)
        with contextlib.suppress(Error):
            replica.close()
    else:
        logger.info("the replica has not answered: %s", error)
