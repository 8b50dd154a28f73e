"""A thread in each serving process that notices, also when nobody asks for a page, what has changed in the database.

When the languages have, it asks for a reload of the server; when their phrases have, it reads them anew, and no more.
"""

import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from .loader import LanguagesUnreachable, stored_numbers
from .phrases import runtime
from .reload import ask_for_reload

logger = logging.getLogger(__name__)
# A graceful reload takes a few seconds; a process that is still here after this long was not replaced.
PATIENCE = 60.0


def start() -> threading.Thread | None:
    """Watch the stored numbers from now on. Called in each worker of a server, after it has been forked.

    Nothing is watched when SITE_LANGUAGES fixes the languages of the process.
    """
    own: int | None = getattr(settings, "LANGUAGE_SET_VERSION", None)
    if own is None or settings.LANGUAGE_CHECK_SECONDS <= 0:
        return None
    arguments = (settings.DATABASES["default"], own, settings.LANGUAGE_CHECK_SECONDS)
    thread = threading.Thread(target=_watch, args=arguments, name="languages", daemon=True)
    thread.start()
    return thread


def _watch(database: Mapping[str, Any], own: int, seconds: float) -> None:
    """Ask for a reload once for every version that is not ``own``; read new phrases."""
    asked, asked_at, is_reachable = own, 0.0, True
    while True:
        time.sleep(seconds)
        try:
            # A plain connection, opened and closed: none of Django's, which belong to the threads that serve.
            stored, phrases = stored_numbers(database)
            if stored and phrases != runtime.number():
                runtime.load()
        except LanguagesUnreachable as error:
            if is_reachable:
                logger.warning("%s", error)
            is_reachable = False
            continue
        is_reachable = True
        if stored in {0, own}:  # 0: a database that is being restored
            continue
        if stored != asked:
            asked, asked_at = stored, time.monotonic()
            ask_for_reload(stored)
        elif asked_at and time.monotonic() - asked_at > PATIENCE:
            asked_at = 0.0
            logger.error("the languages have changed, but this process was not replaced: start the server again")
