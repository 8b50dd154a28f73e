"""Leaving a server alone that does not serve, where the site works without it."""

import logging
import threading
import time

logger = logging.getLogger(__name__)

# So many seconds after a failure nobody asks; then one thread tries, while the others still go on without.
PAUSE = 5.0


class Circuit:
    """What the threads of a process know of one server together: is it to be left alone?"""

    def __init__(self, server: str) -> None:
        self.server = server
        self.is_open = False
        self._lock = threading.Lock()
        self._again_at = 0.0

    def is_to_be_left_alone(self) -> bool:
        """Say whether to do without; the first who asks after the pause may try, for all."""
        if not self.is_open:
            return False
        with self._lock:
            now = time.monotonic()
            if is_too_early := now < self._again_at:
                return is_too_early
            self._again_at = now + PAUSE
        return False

    def failed(self, error: Exception) -> None:
        """Leave the server alone for a while; said once, until it is back."""
        with self._lock:
            is_new, self.is_open = not self.is_open, True
            self._again_at = time.monotonic() + PAUSE
        if is_new:
            # Not the error's own words: they may hold what a server has said that is none of its kind.
            message = "%s does not serve (%s): the site works without it, and asks it every %d seconds"
            logger.error(message, self.server, type(error).__name__, PAUSE)

    def answered(self) -> None:
        """Ask the server again."""
        with self._lock:
            was_open, self.is_open = self.is_open, False
        if was_open:
            logger.warning("%s serves again", self.server)
