"""nginx in front says of every page what the application says, and passes on what is not for everybody."""

import http.client
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import require
from tests.journeys.front import ATTACH, FILE, Front, Got
from tests.journeys.living_site import LivingSite
from tests.servers.nginx import Nginx, has_brotli, is_installed

# What each server says of its own: of the moment, of the file, of the connection.
OWN = {"server", "date", "etag", "last-modified", "connection", "accept-ranges", "content-length", "content-encoding"}
# What a server says that knows of a page no more than its address; the rest is in the page and in its link set.
RELATIONS_OF_THE_ADDRESS = ("cite-as", "type", "describedby", "linkset")


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory, after_set_up: Path) -> Iterator[Front]:
    """The sample archive, with a file at one of its statements."""
    if not is_installed():
        require("nginx", "nginx-light libnginx-mod-http-brotli-static")
    folder = shutil.copytree(after_set_up, tmp_path_factory.mktemp("sample"), dirs_exist_ok=True)
    made = Front(LivingSite(folder, f"sqlite:///{folder}/memorial.sqlite3"), Nginx(), after_set_up / "static")
    made.site.settings["CDN_SECONDS"] = "60"
    try:
        made.attachment = made.site.run("-c", ATTACH)
        made.start()
        yield made
    finally:
        made.stop()


def said(got: Got) -> dict[str, Any]:
    """The headers that both must say, in a form that can be compared."""
    found: dict[str, Any] = {name: value for name, value in got.headers.items() if name not in OWN}
    if "content-security-policy" in found:  # each process has its own order of directives
        found["content-security-policy"] = set(found["content-security-policy"].split("; "))
    return found


def of_the_address(links: str) -> list[str]:
    """The links of a ``Link`` header that follow from the address of the page."""
    relations = "|".join(RELATIONS_OF_THE_ADDRESS)
    return [link for link in links.split(", ") if re.search(rf'; rel="(?:{relations})"', link)]


def every_page(front: Front) -> list[str]:
    """The paths of all pages that readers reach by links without a query."""
    seen, left = {"/az/"}, ["/az/"]
    while left:
        page = front.get(left.pop(), direct=True)
        for found in re.findall(rb'href="(?:http://127\.0\.0\.1:\d+)?(/[^"?#]*/)["?#]', page.body):
            path = found.decode()
            if path not in seen and not path.startswith(("/admin/", "/api/")):
                seen.add(path)
                left.append(path)
    return sorted(seen)


def from_the_folder(front: Front, path: str, **headers: str) -> Got:
    """Ask until nginx answers with the file of a page: in its first moments a generation has none."""
    deadline = time.monotonic() + 20
    while not front.is_from_the_folder(got := front.get(path, **headers)):
        assert time.monotonic() < deadline, f"{path} is never answered from the folder: {got.headers}"
        time.sleep(0.05)
    return got


def test_every_page_is_the_same_from_the_folder_and_from_the_application(front: Front) -> None:
    pages = every_page(front)
    assert len(pages) > 200
    links = 0
    for path in pages:
        ours = front.get(path, direct=True)
        assert ours.status == 200, path
        if "etag" not in ours.headers:  # a page of a form is not kept
            assert said(front.get(path)) == said(ours), path
            continue
        theirs = from_the_folder(front, path)
        assert (theirs.status, theirs.body) == (200, ours.body), path
        heard, expected = said(theirs), said(ours)
        if "link" in expected:
            heard["link"], expected["link"] = heard["link"].split(", "), of_the_address(expected["link"])
            links += 1
        assert heard == expected, path
    assert links > 40
    assert "surrogate-key" in expected


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=1.0, gzip;q=0.8", "br"), ("identity", None), ("", None)],
)
def test_a_page_is_sent_as_the_browser_takes_it(front: Front, accepted: str, encoding: str | None) -> None:
    if encoding == "br" and not has_brotli():
        encoding = "gzip" if "gzip" in accepted else None
    got = from_the_folder(front, "/az/statements/", Accept_Encoding=accepted)
    assert got.headers.get("content-encoding") == encoding
    assert got.headers["vary"] == "Accept-Encoding"
    assert got.body == front.get("/az/statements/", direct=True).body
    head = front.get("/az/statements/", method="HEAD", Accept_Encoding=accepted)
    assert (head.status, head.raw, head.headers["content-length"]) == (200, b"", str(len(got.raw)))


def test_who_has_a_page_already_is_told_so(front: Front) -> None:
    for accepted in ("br", "gzip", "identity"):
        got = from_the_folder(front, "/az/statements/", Accept_Encoding=accepted)
        for known in ({"If_None_Match": got.headers["etag"]}, {"If_Modified_Since": got.headers["last-modified"]}):
            again = front.get("/az/statements/", Accept_Encoding=accepted, **known)
            assert (again.status, again.raw) == (304, b"")
            assert again.headers["vary"] == "Accept-Encoding"
            assert said(again) == {name: value for name, value in said(got).items() if name != "content-type"}
        assert front.get("/az/statements/", Accept_Encoding=accepted, If_None_Match='"another"').status == 200


def test_what_is_not_for_everybody_is_asked_of_the_application(front: Front) -> None:
    path = "/az/statements/"
    from_the_folder(front, path)
    for headers in ({"Cookie": "a=b; sessionid=xyz"}, {"Authorization": "Basic YTpi"}):
        got = front.get(path, **headers)
        assert got.status == 200
        assert "etag" not in got.headers or not front.is_from_the_folder(got), headers
    assert front.is_from_the_folder(front.get(path, Cookie="theme=dark"))
    for address in (f"{path}?order=oldest", f"{path}?", "/az//statements/", "/az/./statements/", "/az/%73tatements/"):
        got = front.get(address)
        assert "etag" not in got.headers or not front.is_from_the_folder(got), address
        straight = front.get(address, direct=True)
        assert (got.status, got.body) == (straight.status, straight.body), address
    assert front.get(path, method="POST").status == front.get(path, method="POST", direct=True).status == 403
    for address in ("/now/", "/pages/", "/az/statements/index.html", "/../etc/passwd", "/static/../now/"):
        assert front.get(address).status in (400, 404), address
    assert front.get("/az/nothing/").body == front.get("/az/nothing/", direct=True).body


def test_a_file_that_nginx_may_not_read_is_answered_by_the_application(front: Front) -> None:
    page = from_the_folder(front, "/en/places/")
    for ending in (".br", ".gz", ""):  # what is there is found without being opened
        written = list(front.pages.glob(f"pages/*/127.0.0.1/en/places/index.html{ending}"))
        assert written
        for each in written:
            each.chmod(0)
        again = front.get("/en/places/", Accept_Encoding="br, gzip")
        assert (again.status, again.body) == (200, page.body)
    assert not front.is_from_the_folder(again)
    for each in written:
        each.rename(each.with_suffix(".away"))
    assert not front.is_from_the_folder(front.get("/en/places/"))
    for each in written:  # other tests look for it
        each.with_suffix(".away").rename(each)
    for each in front.pages.glob("pages/*/127.0.0.1/en/places/index.html*"):
        each.chmod(0o644)


def test_a_foreign_host_is_not_answered(front: Front) -> None:
    for host in (b"elsewhere.example", b"localhost", b"127.0.0.1.elsewhere.example"):
        request = b"GET /az/ HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n"
        assert front.raw(request) == b"", host
    assert front.raw(b"GET /az/ HTTP/1.0\r\n\r\n") == b""
    # The name is the site's: the port is of no interest, and there is one copy of each page.
    shown = front.raw(b"GET /az/ HTTP/1.1\r\nHost: 127.0.0.1:1\r\nConnection: close\r\n\r\n")
    assert shown.startswith(b"HTTP/1.1 200 ")
    assert [each.name for each in front.pages.glob("pages/*/*") if each.name != "127.0.0.1"] == []


def test_what_only_a_proxy_may_say_is_not_believed_of_a_reader(front: Front) -> None:
    forged = {
        "X-Forwarded-Proto": "https", "X_Forwarded_Proto": "https", "X-Forwarded-Host": "elsewhere.example",
        "X_Forwarded_Host": "elsewhere.example", "X-Forwarded-For": "192.0.2.7", "X_Forwarded_For": "192.0.2.7",
        "Forwarded": "for=192.0.2.7;proto=https;host=elsewhere.example", "X-Forwarded-Port": "444",
    }  # fmt: skip
    for path in ("/az/", "/az/search/?q=a", "/api/", "/admin/login/"):
        lines = "".join(f"{name}: {value}\r\n" for name, value in forged.items())
        start = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{front.nginx.port}\r\n"
        plain = front.raw(f"{start}Connection: close\r\n\r\n".encode())
        got = front.raw(f"{start}{lines}Connection: close\r\n\r\n".encode())
        assert b" 200 " in got[:20], path
        assert b"elsewhere" not in got
        assert b"strict-transport-security" not in got.lower()
        # In pieces, as the application sends it, or whole, as nginx does: what is said is as long (it has a token).
        assert len(body(got)) == len(body(plain)) > 0, path


def body(answer: bytes) -> bytes:
    """What an answer says, however it was sent."""
    pipe, other = socket.socketpair()
    with pipe, other:
        sender = threading.Thread(target=lambda: (other.sendall(answer), other.shutdown(socket.SHUT_WR)))
        sender.start()
        response = http.client.HTTPResponse(pipe)
        response.begin()
        said = response.read()
        sender.join()
    return said


def test_static_files_are_given_by_nginx_as_by_the_application(front: Front) -> None:
    css = re.search(rb'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', front.get("/az/").body)
    assert css is not None
    hashed = css[1].decode()
    for path in (hashed, re.sub(r"\.[0-9a-f]{12}\.", ".", hashed)):
        ours, theirs = front.get(path, direct=True), front.get(path)
        assert theirs.status == ours.status == 200
        assert "-" in theirs.headers["etag"], "not from the folder"
        assert theirs.body == ours.body
        heard, expected = said(theirs), said(ours)
        expected["content-type"] = expected["content-type"].replace('"', "")
        assert heard == expected
        assert ("immutable" in heard["cache-control"]) == (path == hashed)
        for accepted in ("br", "gzip"):
            if accepted == "gzip" or has_brotli():
                packed = front.get(path, Accept_Encoding=accepted)
                assert packed.headers["content-encoding"] == accepted
                assert packed.body == ours.body
    for path in (
        f"{hashed}.br",
        f"{hashed}.gz",
        "/static/",
        "/static/reading",
        "/static.fingerprint",
        "/static/.fingerprint",
        "/static/no.css",
    ):
        assert front.get(path).status == 404, path
    for file in (front.pages / "static").rglob("*"):
        assert file.stat().st_mode & 0o004, f"{file} cannot be read by another user"


def test_a_file_of_a_statement_is_given_whole_and_in_part(front: Front) -> None:
    path = front.attachment
    whole = front.get(path)
    assert (whole.status, whole.body) == (200, FILE)
    assert said(whole) == said(front.get(path, direct=True))
    part = front.get(path, Range="bytes=900000-900009")
    assert (part.status, part.raw) == (206, FILE[900000:900010])
    assert part.headers["content-range"] == f"bytes 900000-900009/{len(FILE)}"
    assert front.get(path, If_None_Match=whole.headers["etag"]).status == 304


def test_what_is_too_long_is_refused(front: Front) -> None:
    start = f"POST /az/follow/ HTTP/1.1\r\nHost: 127.0.0.1:{front.nginx.port}\r\nConnection: close\r\n"
    assert b" 413 " in front.raw(f"{start}Content-Length: {128 * 1024 * 1024 + 1}\r\n\r\n".encode())[:20]


def test_nothing_of_a_person_is_in_the_logs(front: Front) -> None:
    token = "s" * 32
    front.get(f"/az/follow/{token}/?email=reader@example.org")
    front.get(f"/unsubscribe/{token}")
    front.get("/az/search/?q=secret")
    time.sleep(1.5)  # nginx writes once a second
    lines = front.nginx.requests
    assert lines
    assert [line for line in lines if not re.fullmatch(r"\S+ [A-Z]+ /\S* \d{3} \d+ [\d.]+ \S+", line)] == []
    said = "\n".join(lines) + (front.nginx.folder / "memorial-error.log").read_text()
    assert [each for each in (token, "secret", "example.org", "client:", "192.0.2.") if each in said] == []
    assert any(re.search(r" /az/follow/\.\.\./ 404 ", line) for line in lines)
