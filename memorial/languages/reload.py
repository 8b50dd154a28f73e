"""Asking whatever server runs this process for a graceful reload, at most once for each version of the languages."""

import fcntl
import logging
import os
import signal
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
PROC = Path("/proc")


def ask_for_reload(version: int) -> None:
    """Ask gunicorn by SIGHUP, or Django's runserver by its stamp file; any other server is only told of in the log."""
    if os.environ.get("RUN_MAIN") == "true":
        stamp().touch()
        return
    parent = os.getppid()
    if not is_gunicorn(parent):
        logger.warning("the languages have changed: restart this server, which cannot be asked to")
    elif _is_first_to_ask(parent, version):
        logger.info("the languages have changed: asking process %d for a graceful reload", parent)
        os.kill(parent, signal.SIGHUP)


def is_gunicorn(parent: int) -> bool:
    """Whether the parent is the gunicorn that forked this process.

    A worker runs under its parent's own command line, or both are titled by setproctitle. With --preload the
    application is loaded in the parent itself, whose own parent (a shell, an init) must never be signalled.
    """
    if not os.environ.get("SERVER_SOFTWARE", "").startswith("gunicorn/"):
        return False
    theirs, ours = _command_line(parent), _command_line(os.getpid())
    return b"gunicorn" in theirs and (theirs == ours or theirs.startswith(b"gunicorn: master"))


def stamp() -> Path:
    """The file whose change makes runserver restart."""
    return Path(settings.DATA_DIR) / "languages.stamp"


def watch_stamp(sender: Any, **kwargs: Any) -> None:
    """Let runserver's reloader watch the stamp as it watches modules."""
    stamp().touch()
    sender.extra_files.add(stamp())


def _command_line(process: int) -> bytes:
    try:
        return (PROC / str(process) / "cmdline").read_bytes()
    except OSError:  # another system than Linux, or the process has ended
        return b""


def _is_first_to_ask(parent: int, version: int) -> bool:
    """Whether no other worker of this parent has asked for this version: the last to have asked is kept in a file.

    So a process that stays old, whatever the reason, can never cause a loop of reloads. Without a file to write
    nobody asks.
    """
    try:
        started = (PROC / str(parent) / "stat").read_text().rsplit(")", 1)[1].split()[19]
        descriptor = os.open(Path(settings.DATA_DIR) / "languages.reload", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        logger.exception("the languages have changed, but no reload could be asked for")
        return False
    mine = f"{parent} {started} {version}"
    with os.fdopen(descriptor, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if file.read() == mine:
            return False
        file.seek(0)
        file.truncate()
        file.write(mine)
    return True
