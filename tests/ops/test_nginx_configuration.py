"""The configuration that is printed for an nginx in front: what it holds, what nginx says of it, what it passes on."""

import http.client
import http.server
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from memorial.languages.models import Language
from tests.browser import require
from tests.journeys.front import options
from tests.servers.nginx import Nginx, free_port, is_installed

pytestmark = pytest.mark.django_db
LONG = 3_000_000


def written(*arguments: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("nginx_configuration", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def nginx() -> Iterator[Nginx]:
    """A server of this test's own, not started."""
    if not is_installed():
        require("nginx", "nginx-light libnginx-mod-http-brotli-static")
    made = Nginx()
    yield made
    made.stop()


class _Echo(http.server.BaseHTTPRequestHandler):
    """Answers with the headers that it was asked with, and many more bytes than nginx has buffers for."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else a body waits until the other side has said that it has the headers

    def do_GET(self) -> None:
        body = str(self.headers).encode() if self.path != "/long" else b"x" * LONG
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def echo(settings: Settings) -> Iterator[None]:
    """In the place of the application."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.PORT = server.server_port
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def site_at(settings: Settings, nginx: Nginx, host: str, scheme: str = "http") -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = f"{scheme}://{host}:{nginx.port}", [host]


def ask(nginx: Nginx, path: str, host: str, **headers: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", nginx.port, timeout=20)
    connection.request("GET", path, headers={"Host": host, **headers})
    answer = connection.getresponse()
    assert answer.status == 200
    body = answer.read().decode()
    connection.close()
    return body


def test_nginx_accepts_it(nginx: Nginx, settings: Settings) -> None:
    site_at(settings, nginx, "memorial.test")
    for folder, settings.LOG_REQUESTS in ((None, False), (nginx.folder / "a folder", True)):
        settings.PAGES_FOLDER, settings.CDN_SECONDS = folder, 60
        first, further = written(*options(nginx)), ["--name", "archive_2", "--without-default"]
        second = written(*options(nginx), *further).replace("memorial.test", "second.test")
        for text in (first, written(*options(nginx), "--without-brotli"), first + second):
            nginx.write(text)
            said = nginx.check()
            assert "test is successful" in said
            # Two sites have more variables than nginx makes room for at first; it says that it has made more.
            assert [line for line in said.splitlines() if "[warn]" in line and "variables_hash" not in line] == []


def test_without_a_folder_everything_is_passed_on_and_it_says_so(settings: Settings) -> None:
    settings.PAGES_FOLDER = None
    text = written()
    assert "PAGES_FOLDER is not set" in text
    assert [word for word in ("try_files", "root ", "gzip_static", "add_header") if word in text] == []


def test_it_says_what_the_application_says(settings: Settings) -> None:
    settings.PAGES_FOLDER = Path("/var/cache/memorial")
    assert "Strict-Transport-Security" not in written()
    settings.SITE_URL, settings.SECURE_HSTS_SECONDS = "https://archive.example", 63072000
    settings.ALLOWED_HOSTS = ["archive.example", "www.archive.example"]
    settings.SESSION_COOKIE_NAME, settings.PERMISSIONS_POLICY = "desk.session", "camera=()"
    settings.LOG_REQUESTS = False
    text = written("--certificate", "/c.pem", "--key", "/k.pem", "--name", "archive", "--without-brotli")
    for line in (
        'add_header Strict-Transport-Security "max-age=63072000" always;',
        'add_header Permissions-Policy "camera=()" always;',
        "server_name archive.example www.archive.example;",
        'ssl_certificate "/c.pem";',
        'ssl_certificate_key "/k.pem";',
        "return 301 https://archive.example$request_uri;",
        '"~desk\\.session" session;',
        'root "/var/cache/memorial";',
        f"server 127.0.0.1:{settings.PORT};",
        "listen 443 ssl http2;",
    ):
        assert line in text
    assert "memorial_" not in text
    assert "log_format" not in text
    assert all(line.strip() == "access_log off;" for line in text.splitlines() if "access_log" in line)
    assert "brotli_static on" not in text


def test_what_cannot_be_written_is_refused(settings: Settings) -> None:
    settings.PAGES_FOLDER = Path("/var/cache/memorial")
    for arguments in (["--logs", "/var/$log"], ["--name", "Archive-1"], ["--certificate", 'a"b'], ["--key", "a\nb"]):
        with pytest.raises(CommandError):
            written(*arguments)
    Language.objects.update(state=Language.State.PREPARING)
    with pytest.raises(CommandError, match="No language is public"):
        written()
    settings.SITE_URL = f"http://127.0.0.1:{settings.PORT}"
    with pytest.raises(CommandError, match="is the application itself"):
        written()


def test_only_nginx_says_for_whom_it_asks(nginx: Nginx, settings: Settings, echo: None) -> None:
    site_at(settings, nginx, "memorial.test")
    forged = {
        "X-Forwarded-Proto": "https", "X_Forwarded_Proto": "https", "X-Forwarded-Host": "elsewhere.example",
        "X_Forwarded_Host": "elsewhere.example", "X-Forwarded-For": "192.0.2.7", "X_Forwarded_For": "192.0.2.7",
        "Forwarded": "for=192.0.2.7", "X-Real-IP": "192.0.2.7", "X-Forwarded-Port": "444", "Proxy": "elsewhere.example",
        "X-Forwarded-Prefix": "/elsewhere",
    }  # fmt: skip
    for folder in (None, nginx.folder):
        settings.PAGES_FOLDER = folder
        nginx.write(written(*options(nginx)))
        nginx.start()
        heard = ask(nginx, "/az/", "Memorial.TEST:1", Accept="text/html", **forged)
        nginx.end()
        lines = dict(line.split(": ", 1) for line in heard.strip().splitlines())
        assert lines == {
            "Host": f"memorial.test:{nginx.port}", "X-Forwarded-Proto": "http", "X-Forwarded-For": "127.0.0.1",
            "Accept-Encoding": "identity", "Accept": "text/html",
        }  # fmt: skip


def test_nobody_asks_for_messages_or_harvests_without_end(nginx: Nginx, settings: Settings, echo: None) -> None:
    site_at(settings, nginx, "memorial.test")
    for folder in (None, nginx.folder):
        settings.PAGES_FOLDER = folder
        nginx.write(written(*options(nginx)))
        nginx.start()
        for method, path, is_limited in (
            ("POST", "/az/follow/", True), ("GET", "/oai?verb=Identify", True), ("GET", "/az/follow/", False)
        ):  # fmt: skip
            statuses = []
            for _ in range(150):
                connection = http.client.HTTPConnection("127.0.0.1", nginx.port, timeout=20)
                connection.request(method, path, headers={"Host": "memorial.test"})
                statuses.append(connection.getresponse().status)
                connection.close()
            assert statuses[:20] == [200] * 20, path
            assert set(statuses) == ({200, 429} if is_limited else {200}), path
        nginx.end()


def test_a_long_answer_flows_at_the_readers_speed_and_through_no_file(
    nginx: Nginx, settings: Settings, echo: None
) -> None:
    site_at(settings, nginx, "memorial.test")
    nginx.write(written(*options(nginx)))
    nginx.start()
    with socket.create_connection(("127.0.0.1", nginx.port), timeout=20) as client:
        client.sendall(b"GET /long HTTP/1.1\r\nHost: memorial.test\r\nConnection: close\r\n\r\n")
        first = client.recv(100)
        assert list((nginx.folder / "proxy").rglob("*")) == []
        received = first + b"".join(iter(lambda: client.recv(65536), b""))
    assert received.endswith(b"x" * LONG)


def _certificate(folder: Path, host: str) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]), datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    pem, secret = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "certificate.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, secret, serialization.NoEncryption()))
    (folder / "key.pem").chmod(0o644)
    return str(folder / "certificate.pem"), str(folder / "key.pem")


def test_with_https_it_speaks_http2_and_shows_a_stranger_no_certificate(
    nginx: Nginx, settings: Settings, echo: None
) -> None:
    certificate, key = _certificate(nginx.folder, "memorial.test")
    site_at(settings, nginx, "memorial.test", "https")
    settings.PAGES_FOLDER = nginx.folder
    text = written("--certificate", certificate, "--key", key, *options(nginx))
    plain = free_port()
    assert text.count("listen 80") >= 2
    nginx.write(text.replace("listen 80", f"listen {plain}").replace("listen [::]:80", f"listen [::]:{plain}"))
    nginx.start()
    context = ssl.create_default_context(cafile=certificate)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", nginx.port)) as raw,
        context.wrap_socket(raw, server_hostname="memorial.test") as client,
    ):
        assert client.selected_alpn_protocol() == "h2"
    connection = http.client.HTTPSConnection(
        "memorial.test", nginx.port, context=ssl.create_default_context(cafile=certificate)
    )
    connection._create_connection = lambda *args, **kwargs: socket.create_connection(("127.0.0.1", nginx.port))  # type: ignore[attr-defined]
    connection.request("GET", "/az/")
    heard = connection.getresponse().read().decode()
    connection.close()
    assert "X-Forwarded-Proto: https" in heard
    open_minded = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    open_minded.check_hostname = False
    open_minded.verify_mode = ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", nginx.port)) as raw, pytest.raises(ssl.SSLError):
        open_minded.wrap_socket(raw, server_hostname="elsewhere.example")
    for host, status in (("memorial.test", 301), ("elsewhere.example", 0)):
        asked = http.client.HTTPConnection("127.0.0.1", plain, timeout=20)
        try:
            asked.request("GET", "/az/?q=1", headers={"Host": host})
            answer = asked.getresponse()
            assert (answer.status, answer.headers["Location"]) == (status, f"{settings.SITE_URL}/az/?q=1")
        except http.client.RemoteDisconnected:
            assert status == 0
        asked.close()
