"""A living site with a real nginx in front, as the documented command configures it, and how it is asked."""

import gzip
import http.client
import re
import shutil
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path

import brotli

from tests.journeys.living_site import LONGEST_WAIT, LivingSite
from tests.servers.nginx import Nginx, has_brotli

# One file of a few buffers' length, and a statement that names it.
FILE = b"%PDF-1.4\n" + bytes(range(256)) * 4000
ATTACH = """
import django; django.setup()
from django.core.files.base import ContentFile
from memorial.publishing.release import publish
from memorial.statements.attachments import keep
from memorial.statements.models import Statement
from tests.builders import a_user
from tests.journeys.front import FILE
by, statement = a_user("keeper", "editor"), Statement.objects.get(slug="statement-20-january-2025")
kept = keep(statement, ContentFile(FILE, name="example.pdf"), by=by)
publish(statement, ["az"], by=by, note="Fayl.")
print(f"/s/{statement.sid}/files/{kept.sha256}/example.pdf", end="")
"""


@dataclass(frozen=True)
class Got:
    """An answer: its body as a browser has it, and its headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    raw: bytes


class Front:
    """A site, what nginx may read of it, and nginx; ``static`` are the files that were collected for such a site."""

    def __init__(self, site: LivingSite, nginx: Nginx, static: Path) -> None:
        self.site, self.nginx = site, nginx
        self.attachment = ""
        # Not in a folder of the tests' own, which nobody else may enter.
        self.pages = Path(tempfile.mkdtemp(prefix="memorial-front-"))
        self.pages.chmod(0o755)
        shutil.copytree(static, self.pages / "static")
        shutil.copy(static.with_name("static.fingerprint"), self.pages)
        site.settings |= {
            "SITE_URL": f"http://127.0.0.1:{nginx.port}",
            "PAGES_FOLDER": str(self.pages),
            "HASHED_STATIC_FILES": "true",
            "LOG_REQUESTS": "true",
        }

    def start(self) -> None:
        """Start the application, write the configuration, start nginx."""
        self.site.start()
        self.nginx.write(self.site.run("manage.py", "nginx_configuration", *options(self.nginx)))
        self.nginx.start()

    def stop(self) -> None:
        """End nginx and the site, which would go on writing, and leave nothing for nginx to read."""
        self.nginx.stop()
        self.site.stop()
        shutil.rmtree(self.pages, ignore_errors=True)

    def get(self, path: str, *, direct: bool = False, method: str = "GET", **headers: str) -> Got:
        """Ask nginx, or the application itself, as a browser does. Raises OSError where nobody answers."""
        port = self.site.port if direct else self.nginx.port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_WAIT)
        asked = {name.replace("_", "-"): value for name, value in headers.items()}
        asked["Host"] = f"127.0.0.1:{self.nginx.port}"
        try:
            connection.request(method, path, headers=asked)
            answer = connection.getresponse()
            raw = answer.read()
        finally:
            connection.close()
        found: dict[str, str] = {}
        for name, value in answer.getheaders():
            assert name.lower() not in found, f"{path} says {name} twice"
            found[name.lower()] = value
        decode = {"br": brotli.decompress, "gzip": gzip.decompress}.get(found.get("content-encoding", ""), bytes)
        return Got(answer.status, found, decode(raw) if raw else raw, raw)

    def is_from_the_folder(self, got: Got) -> bool:
        """Say by its ETag who has answered: the application's is of 32 digits."""
        return re.match(r'"[0-9a-f]{32}', got.headers["etag"]) is None

    def raw(self, request: bytes) -> bytes:
        """Send bytes as they are and return what comes until the other side closes."""
        with socket.create_connection(("127.0.0.1", self.nginx.port), timeout=20) as client:
            client.sendall(request)
            answer = b""
            while piece := client.recv(65536):
                answer += piece
        return answer


def options(nginx: Nginx) -> list[str]:
    """What the command is told of this machine."""
    found = ["--logs", str(nginx.folder)]
    if not has_brotli():
        found.append("--without-brotli")
    if not _has_ipv6():
        found.append("--without-ipv6")
    return found


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
