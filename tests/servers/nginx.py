"""A real nginx for the tests: of a user who may do nothing, in a folder of its own, that outlives nobody."""

import contextlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

MODULE = "ngx_http_brotli_static_module"
# As in a package's own file, with everything that nginx writes in its folder.
MAIN = """{load}
pid {folder}/nginx.pid;
worker_processes 2;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    gzip on;
    include {folder}/site.conf;
}}
"""
# Starts the server and says its number; when whoever holds the other end of the input is gone, it ends the server.
OUTLIVE = """
folder=$1; shift
"$@" >"$folder/said" 2>&1 &
echo $!
cat
kill -TERM $! 2>/dev/null; wait $!
"""


def _program() -> str | None:
    """Where it is: also where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def is_installed() -> bool:
    """Say whether there is a server to start."""
    return _program() is not None


@cache
def _built() -> str:
    return subprocess.run([str(_program()), "-V"], capture_output=True, text=True, check=True).stderr


def _brotli() -> Path | None:
    found = re.search(r"--modules-path=(\S+)", _built())
    path = Path(found[1]) / f"{MODULE}.so" if found else None
    return path if path is not None and path.exists() else None


def has_brotli() -> bool:
    """Say whether it gives files that were compressed with brotli."""
    return _brotli() is not None or "brotli" in _built()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Nginx:
    """A server with the configuration of one site, on a port of this machine."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="memorial-nginx-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.who = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        if self.who is not None:
            os.chown(self.folder, self.who.pw_uid, self.who.pw_gid)
        self._watcher: subprocess.Popen[str] | None = None

    def write(self, site: str) -> None:
        """Put the site's configuration where it is read."""
        module = _brotli()
        load = f"load_module {module};" if module else ""
        (self.folder / "nginx.conf").write_text(MAIN.format(load=load, folder=self.folder))
        (self.folder / "site.conf").write_text(site)

    def check(self) -> str:
        """Return what ``nginx -t`` says of the configuration."""
        done = subprocess.run([*self._command, "-t"], capture_output=True, text=True, check=False, **self._user)  # type: ignore[call-overload]
        return str(done.stderr)

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        self._watcher = subprocess.Popen(
            ["sh", "-c", OUTLIVE, "sh", str(self.folder), *self._command, "-g", "daemon off;"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True, **self._user,
        )  # type: ignore[call-overload] # fmt: skip
        deadline = time.monotonic() + 20
        while not self._answers():
            assert time.monotonic() < deadline, (self.folder / "said").read_text()
            time.sleep(0.02)

    @property
    def requests(self) -> list[str]:
        """What it has logged of the requests."""
        return (self.folder / "memorial.log").read_text().splitlines()

    def end(self) -> None:
        """End it; it may be started again."""
        if self._watcher is not None:
            self._watcher.communicate(timeout=20)
            self._watcher = None

    def stop(self) -> None:
        """End it, and leave nothing of it."""
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _command(self) -> list[str]:
        folder = self.folder
        return [str(_program()), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]

    @property
    def _user(self) -> dict[str, object]:
        who = self.who
        return {} if who is None else {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False
