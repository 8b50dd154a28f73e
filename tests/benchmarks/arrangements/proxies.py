"""nginx: the very same bytes as static files, and as a proxy before the application."""

import gzip
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import brotli

from .applications import Kept
from .served import BROWSER, HOST, ROOT, Arrangement, free_port

# Debian's place of the module in libnginx-mod-http-brotli-static.
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
WORKERS = 2
DOCUMENTED = ROOT / "memorial" / "ops" / "management" / "commands" / "nginx_configuration.py"

OUTSIDE = """
daemon off;
{user}
{modules}
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    default_type text/html;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
{inside}
}}
"""


@dataclass
class Nginx(Arrangement):
    """An nginx of its own."""

    def prepare(self) -> None:
        configuration = OUTSIDE.format(
            user="user root;" if os.getuid() == 0 else "",
            modules=f"load_module {BROTLI};" if BROTLI.exists() else "",
            workers=WORKERS, folder=self.folder, inside=self.inside(),
        )  # fmt: skip
        (self.folder / "nginx.conf").write_text(configuration)

    def inside(self) -> str:
        """Return what stands in the block ``http``."""
        raise NotImplementedError

    def command(self) -> Sequence[str]:
        return [
            "nginx", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log")
        ]  # fmt: skip


@dataclass
class Static(Nginx):
    """The bytes of our pages in files, compressed beforehand: the limit of what this machine can send."""

    name: str = "nginx, static files"

    def fill(self, kept: Kept, paths: Sequence[str]) -> None:
        """Store the pages as they are answered, and as compressed as they are sent."""
        if not BROTLI.exists():
            raise RuntimeError("nginx has no brotli_static: apt install libnginx-mod-http-brotli-static")
        for path in paths:
            place = self.folder / "pages" / path.partition("?")[0].strip("/") / "index.html"
            place.parent.mkdir(parents=True, exist_ok=True)
            packed = kept.get(path, {**BROWSER, "Accept-Encoding": "br"})
            body = brotli.decompress(packed.body)
            place.write_bytes(body)
            Path(f"{place}.br").write_bytes(packed.body)
            Path(f"{place}.gz").write_bytes(gzip.compress(body, 6, mtime=0))

    def inside(self) -> str:
        return f"""
    gzip_static on;
    brotli_static on;
    server {{
        listen 127.0.0.1:{self.port} backlog=4096;
        root {self.folder}/pages;
        index index.html;
    }}
"""


@dataclass
class BehindNginx(Nginx):
    """Ours behind nginx, as ``manage.py nginx_configuration`` has it: nginx answers with the pages in a folder.

    A version of the project that has no such command is put behind a plain proxy. It serves with an application of its
    own, whose processes are counted with it.
    """

    name: str = "ours, behind nginx"
    application: Kept = field(default_factory=lambda: Kept(Path()))

    def start(self) -> None:
        self.port = self.port or free_port()
        pages = self.folder / "pages"
        pages.mkdir(parents=True, exist_ok=True)
        if self.application.archive and not (pages / "static").exists():
            (pages / "static").symlink_to(self.application.archive.folder / "static")
        self.application.other = {"SITE_URL": f"http://{HOST}:{self.port}", "PAGES_FOLDER": str(pages)}
        self.application.start()
        super().start()
        self.processes += self.application.processes

    def stop(self) -> None:
        super().stop()
        self.application.stop()  # also where nginx itself has not started

    def environment(self) -> Mapping[str, str]:
        return os.environ

    def inside(self) -> str:
        return self._documented() if DOCUMENTED.exists() else self._plain()

    def _documented(self) -> str:
        options = ["--logs", str(self.folder), "--without-ipv6"]
        done = subprocess.run(
            [sys.executable, "manage.py", "nginx_configuration", *options], cwd=ROOT, text=True, check=True,
            env=dict(self.application.environment()), stdout=subprocess.PIPE,
        )  # fmt: skip
        return done.stdout

    def _plain(self) -> str:
        return f"""
    upstream site {{
        server 127.0.0.1:{self.application.port};
        keepalive 64;
    }}
    server {{
        listen 127.0.0.1:{self.port} backlog=4096;
        location / {{
            proxy_pass http://site;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-Proto $scheme;
        }}
    }}
"""
