"""A request that waits for a page being made: what uvicorn has a task for costs a tenth without one."""

import asyncio
import time

from memorial.reading.page_cache.question import Question

from .asked import Asked


class Waiting:
    """One request, in the place of uvicorn's ``RequestResponseCycle``: it has no body, and its answer comes whole."""

    __slots__ = (
        "asked", "body", "disconnected", "keep_alive", "message_event", "more_body", "question", "response_complete",
        "since",
    )  # fmt: skip

    def __init__(self, asked: Asked, question: Question, *, keep_alive: bool) -> None:
        self.asked, self.question, self.keep_alive = asked, question, keep_alive
        self.since = time.perf_counter()
        # What the connection tells a cycle of uvicorn's; nobody here needs to hear it.
        self.body, self.message_event, self.more_body = bytearray(), _unheard, True
        self.disconnected = self.response_complete = False


_unheard = asyncio.Event()
