"""The server: gunicorn, started by ``make run``, ``make dev`` or a service manager with this file as ``--config``."""

import os
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

from gunicorn.util import make_fail_app

from config import environment, logs

env = environment.read()

wsgi_app = "config.wsgi:application"
bind = f"[{env.host}]:{env.port}" if ":" in env.host else f"{env.host}:{env.port}"
proc_name = "memorial"

# Threads share what a worker keeps in memory; two workers, so that one can be replaced while the other answers.
worker_class = "memorial.ops.server.worker.Worker"
workers = 1 if env.debug else env.workers
threads = env.threads
preload_app = False  # a reload must read the languages anew
# While somebody works on the site, a worker whose code has changed is replaced; what is asked meanwhile waits.
reload = env.debug
reload_extra_files = [str(path) for path in environment.BASE_DIR.glob("memorial/locale/*/LC_MESSAGES/*.mo")]
timeout = 60
graceful_timeout = 20
keepalive = 5
control_socket_disable = True

# FORWARDED_ALLOW_IPS, gunicorn's own variable, names the proxies whose X-Forwarded-Proto is believed (here: loopback).
logconfig_dict = logs.configuration(env.log_format, env.log_level, requests=env.log_requests)
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(D)s"  # method, path, status, bytes, microseconds; nobody's address


def on_starting(server: Any) -> None:
    """Give the workers that start now, with one code, a name of their own: they share the pages that they keep."""
    os.environ["MEMORIAL_RELEASE"] = str(time.time_ns())


on_reload = on_starting


def when_ready(server: Any) -> None:
    """Say where the site is, once it can be reached."""
    sys.stdout.write(
        f"\n  The public site:  {env.site_url}/\n"
        f"  The desk:         {env.site_url}/admin/\n\n"
        "  Ctrl-C stops the server; everything is kept.\n"
    )
    sys.stdout.flush()


def post_fork(server: Any, worker: Any) -> None:
    """Let a developer go on after an error: code that cannot be loaded is shown, and loaded anew when changed."""
    if worker.cfg.reload:
        worker.load_wsgi = partial(_load_or_show, worker, worker.load_wsgi)


def _load_or_show(worker: Any, load: Callable[[], None]) -> None:
    try:
        load()
    except Exception as error:
        worker.log.exception(error)
        # What failed is no loaded module, whose file would be looked at.
        for frame in traceback.extract_tb(error.__traceback__):
            worker.reloader.add_extra_file(frame.filename)
        if isinstance(error, SyntaxError) and error.filename:
            worker.reloader.add_extra_file(error.filename)
        worker.wsgi = make_fail_app(traceback.format_exc())


def on_exit(server: Any) -> None:
    """Leave the terminal on a line of its own."""
    sys.stdout.write("\n  The server has stopped.\n")
    sys.stdout.flush()
