"""The server: gunicorn, started by ``make run`` or a service manager with ``gunicorn -c config/gunicorn.py``."""

import signal
import sys
from typing import Any

from config import environment, logs

env = environment.read()

wsgi_app = "config.wsgi:application"
bind = f"[{env.host}]:{env.port}" if ":" in env.host else f"{env.host}:{env.port}"
proc_name = "memorial"

# Threads share what a worker keeps in memory; two workers, so that one can be replaced while the other answers.
worker_class = "gthread"
workers = env.workers
threads = env.threads
preload_app = False  # a reload must read the languages anew
timeout = 60
graceful_timeout = 20
keepalive = 5
control_socket_disable = True

# FORWARDED_ALLOW_IPS, gunicorn's own variable, names the proxies whose X-Forwarded-Proto is believed (here: loopback).
logconfig_dict = logs.configuration(env.log_format, env.log_level, requests=env.log_requests)
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(D)s"  # method, path, status, bytes, microseconds; nobody's address


def when_ready(server: Any) -> None:
    """Say where the site is, once it can be reached."""
    sys.stdout.write(
        f"\n  The public site:  {env.site_url}/\n"
        f"  The desk:         {env.site_url}/admin/\n\n"
        "  Ctrl-C stops the server; everything is kept.\n"
    )
    sys.stdout.flush()


def post_worker_init(worker: Any) -> None:
    """Let only the server itself hear Ctrl-C: a worker that is told twice to stop can wait for its own lock."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def on_exit(server: Any) -> None:
    """Leave the terminal on a line of its own."""
    sys.stdout.write("\n  The server has stopped.\n")
    sys.stdout.flush()
