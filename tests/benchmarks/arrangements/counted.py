"""The site as a WSGI application that writes down each rendering: in which generation, and of which page."""

import os
from typing import Any

from django.conf import settings

from config.wsgi import application as site
from memorial.reading.page_cache.changes import generation

RENDERED = settings.DATA_DIR / "rendered"
# A line is written whole or not at all, whoever else writes.
_file = os.open(RENDERED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Answer as the site does."""
    os.write(_file, f"{generation.now()} {environ['PATH_INFO']}\n".encode("latin-1"))
    return site(environ, start_response)
