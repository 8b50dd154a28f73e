"""Pages that are being made, in threads, while those who have asked for them wait."""

import asyncio
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from memorial.reading.page_cache.page import KeptPage
from memorial.reading.page_cache.question import Answer, Question, Render

if TYPE_CHECKING:
    from memorial.reading.page_cache.keeper import Keeper


class Making:
    """The pages of ``keeper`` that one process is making, with ``render``."""

    def __init__(self, keeper: "Keeper", render: Render, threads: Executor) -> None:
        self.keeper, self.render, self.threads = keeper, render, threads
        self._pages: dict[tuple[int, str], asyncio.Future[KeptPage | Answer]] = {}

    def page(self, question: Question) -> "asyncio.Future[KeptPage | Answer]":
        """Return the page to come; whoever asks for it while it is made waits for the same one.

        Whoever asks after a change does not: the page under way may have been begun before.
        """
        key = (self.keeper.generation.now(), question.key)
        page = self._pages.get(key)
        if page is None:
            loop = asyncio.get_running_loop()
            page = self._pages[key] = loop.run_in_executor(self.threads, self.keeper.fill, question, self.render)
            page.add_done_callback(lambda _: self._pages.pop(key, None))
        return page
