"""The gunicorn worker: uvicorn on the workers' loop, with this site's protocol and bridge."""

import gc
import logging
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, cast

from uvicorn_worker import UvicornWorker

if TYPE_CHECKING:
    from memorial.reading.page_cache.keeper import Keeper

# While Django renders in a thread, the loop asks for its turn this often (seconds; Python's own is five thousandths).
TURN = 0.001


class Worker(UvicornWorker):
    """One process that serves."""

    CONFIG_KWARGS = {"loop": "uvloop", "http": "httptools", "ws": "none", "lifespan": "off", "server_header": False}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.config.timeout_graceful_shutdown = self.cfg.graceful_timeout
        self.config.access_log = False
        self.config.timeout_notify = 1
        for name in ("uvicorn.error", "uvicorn.access"):
            logger = logging.getLogger(name)
            logger.handlers, logger.propagate = [], True
            logger.setLevel(logging.ERROR)  # what a client sends wrong is its own affair

    def load_wsgi(self) -> None:
        """Load the application with all addresses before anybody asks, and keep what is loaded for good.

        To look for garbage in what is still being loaded takes a seventh of the time; to look through it again and
        again while the process serves would take processors from readers.
        """
        from django.urls import get_resolver

        gc.disable()
        try:
            super().load_wsgi()
            _ = get_resolver().url_patterns
            gc.freeze()
        finally:
            gc.enable()

    async def callback_notify(self) -> None:
        """Tell the arbiter that this process lives; leave when a change of the code has ended it (``make dev``)."""
        await super().callback_notify()
        if not self.alive:
            signal.raise_signal(signal.SIGTERM)

    def run(self) -> Any:
        """Serve until told to stop. The application has been loaded by now, and Django with it."""
        from .bridge import Bridge
        from .making import Making
        from .protocol import protocol_for

        sys.setswitchinterval(TURN)
        threads = ThreadPoolExecutor(self.cfg.threads, thread_name_prefix="django")
        keeper, application = _keeper(), cast(Any, self.wsgi)
        self.wsgi: Any = Bridge(application, threads)
        self.config.http = protocol_for(Making(keeper, self.wsgi.render, threads) if keeper else None)
        # uvloop takes over the sockets themselves. In gunicorn's wrapping they would be closed a second time, and with
        # that whatever file a thread has opened meanwhile under the same number.
        self.sockets: list[Any] = [wrapped.sock for wrapped in self.sockets]
        return super().run()


def _keeper() -> "Keeper | None":
    """Begin to keep pages, unless somebody works on the site, or the operator or the site has none to keep."""
    from django.apps import apps
    from django.conf import settings

    if settings.DEBUG or not apps.is_installed("memorial.reading") or not settings.KEEP_PAGES:
        return None
    from memorial.reading.page_cache import watching
    from memorial.reading.page_cache.keeper import the_keeper

    keeper = the_keeper(int(os.environ.get("MEMORIAL_RELEASE", "1")))
    watching.start(keeper)
    keeper.press.start()
    return keeper
