"""A kept page: its bytes in the encodings that browsers ask for, and the headers before them."""

import gzip
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import formatdate

import brotli

Headers = Sequence[tuple[str, str]]
ENCODINGS = ("br", "gzip")
# The levels for what is compressed while somebody waits (measured: half a millisecond a page), and when nobody does.
BROTLI_QUALITY, GZIP_LEVEL, PRESSED_QUALITY = 5, 6, 11
# What is said anew for every answer, or by the server.
_OWN = frozenset(
    {"content-length", "content-encoding", "etag", "last-modified", "date", "connection", "vary", "server"}
)
_SHRINKS = re.compile(r"text/|application/(json|xml|[a-z0-9.+-]+\+(json|xml)|javascript|rtf)|image/svg\+xml")


@dataclass(frozen=True, slots=True)
class Variant:
    """A page in one encoding: everything before the body but the date, for an answer and for "not modified"."""

    etag: bytes
    head: bytes
    not_modified: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The answer to one question in one generation. ``digest`` is of the body before it was encoded.

    A page ``is_pressed`` when its Brotli is as small as it gets.
    """

    generation: int
    digest: str
    last_modified: int
    headers: tuple[tuple[str, str], ...]
    variants: dict[str, Variant]
    is_pressed: bool = False

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, about."""
        return 1200 + sum(len(each.body) + 2 * len(each.head) for each in self.variants.values())

    def variant(self, accepted: bytes) -> Variant:
        """Return the page as a client wants it, by its Accept-Encoding (RFC 9110, 12.5.3)."""
        variants = self.variants
        if "identity" in variants:
            return variants["identity"]
        for encoding in ENCODINGS if b"q=0" not in accepted else _accepted(accepted):
            if encoding.encode() in accepted:
                return variants[encoding]
        body = gzip.decompress(variants["gzip"].body)
        return _variant(self.headers, "identity", body, self.digest, self.last_modified, is_one_of_several=True)

    def is_as(self, before: "KeptPage | None") -> bool:
        """Say whether an earlier generation had the very same bytes and headers."""
        return before is not None and replace(self, generation=before.generation) == before

    def is_known(self, etags: bytes) -> bool:
        """Say whether a client has this page already, by its If-None-Match, in whatever encoding (RFC 9110, 13.1.2)."""
        return self.digest.encode() in etags


def _accepted(written: bytes) -> list[str]:
    weights: dict[str, float] = {}
    for part in written.decode("latin-1").split(","):
        name, _, weight = part.partition(";")
        match = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", weight)
        weights[name.strip().lower()] = float(match[1]) if match else 1.0
    return [encoding for encoding in ENCODINGS if weights.get(encoding, 0) > 0]


def make(generation: int, headers: Headers, body: bytes, *, modified: int, before: KeptPage | None = None) -> KeptPage:
    """Encode a page. ``before`` is what an earlier generation had of it: what has not changed keeps its date and bytes.

    ``modified`` (seconds since 1970) is one that no other version of the page has.
    """
    said = tuple((name, value) for name, value in headers if name.lower() not in _OWN)
    content_type = next((value for name, value in said if name.lower() == "content-type"), "")
    # Other headers say nothing of the content, and their words come in another order from each process.
    digest = hashlib.sha256(content_type.encode() + b"\0" + body).hexdigest()[:32]
    if before is not None and before.digest == digest:
        bodies = {encoding: each.body for encoding, each in before.variants.items()}
        return _assembled(generation, said, bodies, digest, before.last_modified, is_pressed=before.is_pressed)
    if _SHRINKS.match(content_type):
        bodies = {
            "br": brotli.compress(body, quality=BROTLI_QUALITY),
            "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0),
        }
    else:
        bodies = {"identity": body}
    return _assembled(generation, said, bodies, digest, modified)


def press(page: KeptPage) -> KeptPage:
    """Return the page with its Brotli as small as it gets: fifty times the work, for about a tenth."""
    bodies = {encoding: each.body for encoding, each in page.variants.items()}
    if "br" in bodies:
        bodies["br"] = brotli.compress(gzip.decompress(bodies["gzip"]), quality=PRESSED_QUALITY)
    return _assembled(page.generation, page.headers, bodies, page.digest, page.last_modified, is_pressed=True)


def _assembled(
    generation: int,
    headers: tuple[tuple[str, str], ...],
    bodies: dict[str, bytes],
    digest: str,
    modified: int,
    *,
    is_pressed: bool = False,
) -> KeptPage:
    is_one = len(bodies) > 1
    named = {encoding: f"{encoding}+" if is_pressed and encoding == "br" else encoding for encoding in bodies}
    variants = {
        encoding: _variant(headers, encoding, body, f"{digest}-{named[encoding]}", modified, is_one_of_several=is_one)
        for encoding, body in bodies.items()
    }
    return KeptPage(generation, digest, modified, headers, variants, is_pressed)


def _variant(
    headers: Headers, encoding: str, body: bytes, name: str, modified: int, *, is_one_of_several: bool
) -> Variant:
    etag = f'"{name.removesuffix("-identity")}"'
    lines = [("ETag", etag), ("Last-Modified", formatdate(modified, usegmt=True))]
    if is_one_of_several:
        lines.append(("Vary", "Accept-Encoding"))
    of_content = [("Content-Length", str(len(body)))]
    if encoding != "identity":
        of_content.append(("Content-Encoding", encoding))
    stays = [pair for pair in headers if not pair[0].lower().startswith("content-")]
    stays += [pair for pair in headers if pair[0].lower() in ("content-location", "content-security-policy")]
    return Variant(
        etag.encode(),
        b"HTTP/1.1 200 OK\r\n" + _lines([*headers, *lines, *of_content]),
        b"HTTP/1.1 304 Not Modified\r\n" + _lines([*stays, *lines]),
        body,
    )


def _lines(headers: Headers) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode("latin-1")


def to_bytes(page: KeptPage) -> bytes:
    """Write a page for another process of this machine; of which generation it is, its place says."""
    bodies = {encoding: each.body for encoding, each in page.variants.items()}
    facts = {
        "digest": page.digest,
        "modified": page.last_modified,
        "headers": page.headers,
        "sizes": [(encoding, len(body)) for encoding, body in bodies.items()],
        "is_pressed": page.is_pressed,
    }
    return json.dumps(facts).encode() + b"\n" + b"".join(bodies.values())


def from_bytes(generation: int, written: bytes) -> KeptPage:
    """Read what ``to_bytes`` wrote. Raises ValueError when something of it is missing."""
    first, newline, rest = written.partition(b"\n")
    facts = json.loads(first)
    bodies, start = {}, 0
    for encoding, size in facts["sizes"]:
        bodies[encoding] = rest[start : start + size]
        start += size
    if not newline or start != len(rest):
        raise ValueError("the page is not whole")
    headers = tuple((name, value) for name, value in facts["headers"])
    return _assembled(generation, headers, bodies, facts["digest"], facts["modified"], is_pressed=facts["is_pressed"])
