"""A connection that waits for its server no longer than readers would."""

from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus

T = TypeVar("T")
# Seconds. A query that takes so long is ended by the server ...
LONGEST_QUERY = 3
# ... and a server that does not even do that, because it or its disk hangs, is given up. Shorter than such a server is
# left alone (``ops.circuit``): at most one thread of a process waits for it at a time.
LONGEST_SILENCE = 4.0


class ImpatientConnection(Connection[Any]):
    """Closed, with an error, when nothing comes back in time."""

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait for an answer; where the caller gives no ``timeout``, for as long as the server may be silent."""
        try:
            return super().wait(gen, interval, LONGEST_SILENCE if timeout is None else timeout)
        except OperationalError:
            if timeout is None and self.pgconn.transaction_status == TransactionStatus.ACTIVE:  # still under way
                self.close()
            raise
