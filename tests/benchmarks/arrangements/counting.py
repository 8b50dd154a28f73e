"""Writes down each rendering: for which generation, and of which page.

The generation is the one that the page is kept under, which was read before Django was asked: until then the next one
may have begun. What is rendered and not kept is of no generation, 0.
"""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from memorial.reading.page_cache import keeper


class Counted(logging.Handler):
    """A WSGI application around another, which hears for which generation a thread is about to ask it."""

    def __init__(self, application: Any, path: Path) -> None:
        super().__init__(logging.DEBUG)
        self.application = application
        # A line is written whole or not at all, whoever else writes.
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._thread = threading.local()

    def listen(self) -> None:
        """Hear of what is rendered in this process from now on."""
        keeper.logger.addHandler(self)
        keeper.logger.setLevel(logging.DEBUG)
        keeper.logger.propagate = False

    @contextmanager
    def hearing(self) -> Iterator[None]:
        """Hear of it for a while."""
        before = keeper.logger.level, keeper.logger.propagate
        self.listen()
        try:
            yield
        finally:
            keeper.logger.removeHandler(self)
            keeper.logger.setLevel(before[0])
            keeper.logger.propagate = before[1]

    def emit(self, record: logging.LogRecord) -> None:
        """Hear it."""
        assert isinstance(record.args, tuple)
        self._thread.generation = record.args[0]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Write it down, and answer as the application does."""
        generation, self._thread.generation = getattr(self._thread, "generation", 0), 0
        os.write(self._file, f"{generation} {environ['PATH_INFO']}\n".encode("latin-1"))
        return self.application(environ, start_response)
