"""A thread in each serving process that makes pages which are asked for often smaller, while nobody waits for them."""

import contextlib
import queue
import threading
import time
from collections.abc import Callable

from .page import KeptPage
from .question import Question

# Pages that may stand in the row; more are met again.
MOST = 100
# The part of a processor that is given to it.
SHARE = 0.1


class Press:
    """Presses the pages that it is told of, one after the other: ``keep`` does it, and keeps what comes out."""

    def __init__(self, keep: Callable[[Question, KeptPage], None]) -> None:
        self._keep = keep
        self._row: queue.Queue[tuple[Question, KeptPage]] = queue.Queue(MOST)

    def note(self, question: Question, page: KeptPage) -> None:
        """Put a page into the row, if it is not pressed yet and there is room. It waits for nothing."""
        if not page.is_pressed:
            with contextlib.suppress(queue.Full):
                self._row.put_nowait((question, page))

    def start(self) -> threading.Thread:
        """Press from now on. Called in each worker of a server, after it has been forked."""
        thread = threading.Thread(target=self._work, name="press", daemon=True)
        thread.start()
        return thread

    def _work(self) -> None:
        while True:
            question, page = self._row.get()
            began = time.thread_time()
            self._keep(question, page)
            time.sleep((time.thread_time() - began) * (1 / SHARE - 1))
