"""What every public address withstands: parameters that are no text, too long, of another script, or given twice."""

from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client

from memorial.accounts.models import User
from memorial.api.asked import Figures, Page, Statements
from memorial.publishing.source_release import publish_source
from memorial.reading.search.wish import PARAMETERS as SEARCH
from memorial.statements.models import Statement
from tests.publishing.sources import a_witness

from .conftest import published_again, statement

__all__ = ["statement"]

# What is no text, what is too much, what ends a header, and what is code.
VALUES = (
    b"a\0b", b"x" * 10_000, b"\xed\xa0\x80\r\nX-Y: z\xff", b"-9" + b"9" * 30,
    "٢٠٢٤\u202e\U0010ffff' OR 1=1 --<script>".encode(),
)  # fmt: skip
LISTS = ("page", "issuer", "occasion", "event", "year")


@pytest.fixture
def doors(client: Client, statement: Statement, publisher: User) -> dict[str, Any]:
    """Every address that reads a query, and what it reads."""
    source = a_witness(statement)
    publish_source(source, by=publisher)
    published_again(statement, "en", publisher, body="<p>Other words.</p>")
    one = f"/en/statements/{statement.sid}/{statement.slug}"
    occasion, issuer = statement.occasion, statement.issuer
    assert occasion is not None
    series = f"/en/occasions/{occasion.slug}"
    figures = ("page", "claimant", "measure", "language", "precision", "from", "until", "sort")
    oai = ("verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken")
    return {
        "/en/": ("page",),
        "/en/statements/": LISTS,
        "/en/search.json": tuple(SEARCH),
        f"{one}/wordings/": ("beside",),
        f"{one}/wordings/{source.ref}/": ("beside",),
        f"{one}.ris": ("edition",),
        f"{one}.linkset.json": ("edition",),
        f"{series}/series/{issuer.slug}/": ("older", "newer", "term"),
        "/en/events/example-event/figures/": figures,
        "/en/events/example-event/figures.json": figures,
        "/en/timeline/": ("view", "page"),
        "/en/timeline.json": ("view", "page"),
        "/en/corrections/": ("page",),
        "/en/coverage/": ("page",),
        "/en/names/": ("page",),
        "/en/places/": ("page",),
        "/en/issuers/": ("page",),
        "/en/events/": ("page",),
        "/en/follow/": ("issuer", "occasion", "event", "q"),
        "/unapi": ("id", "format"),
        "/api/v1/statements/": tuple(Statements.model_fields),
        "/api/v1/figures/": tuple(Figures.model_fields),
        "/api/v1/issuers/": tuple(Page.model_fields),
        "/api/v1/log/": tuple(Page.model_fields),
        f"/api/v1/statements/{statement.sid}/editions/": ("lang", "cursor", "limit"),
        "/oai": oai,
        "/oai?verb=ListRecords&metadataPrefix=oai_dc": oai[1:],
        "/oai?verb=GetRecord&metadataPrefix=oai_dc": oai[1:],
    }


def test_no_parameter_of_any_address_breaks_it(client: Client, doors: dict[str, Any]) -> None:
    client.raise_request_exception = False
    broken = []
    for path, names in doors.items():
        first = client.get(path)
        assert first.status_code in (200, 300, 400, 404), path
        for name in names:
            for value in VALUES:
                pair = f"{name}={quote_from_bytes(value)}"
                address = f"{path}{'&' if '?' in path else '?'}{pair}"
                response = client.get(f"{address}&{pair}")
                if response.status_code >= 500:
                    broken.append(address[:120])
                assert "X-Y" not in response, address
                assert not response.cookies
                assert b"<script>" not in response.content or "json" in response["Content-Type"], address
    assert not broken


def test_no_path_breaks_an_address(client: Client, statement: Statement) -> None:
    client.raise_request_exception = False
    for value in VALUES:
        part = quote_from_bytes(value, safe="")
        for before, after in (
            ("/en/issuers/", "/"), ("/en/occasions/", ".ics"), ("/en/events/", "/figures.csv"), ("/", "/"),
            ("/api/v1/events/", "/"), ("/api/v1/statements/", "/"), ("/api/v1/editions/", "/en/1/"),
            ("/en/sources/", "/"), (f"/s/{statement.sid}/files/{'a' * 64}/", ""), ("/unsubscribe/", ""),
            ("/en/follow/", "/"),
            (f"/en/statements/{statement.sid}/x/v/", "/"), (f"/en/statements/{statement.sid}/x/diff/1..", "/"),
        ):  # fmt: skip
            assert client.get(f"{before}{part}{after}").status_code < 500, before + part[:40] + after


def test_no_form_of_a_reader_breaks_its_address(client: Client, statement: Statement, settings: Any) -> None:
    settings.MAIL_IS_ON = True
    client.raise_request_exception = False
    whole = {"email": "a@example.org", "language": "en", "frequency": "immediate"}
    for name in ("email", "language", "frequency", "issuer", "occasion", "event", "q", "website"):
        for value in VALUES:
            text = value.decode(errors="replace")
            response = client.post("/en/follow/", {**whole, name: text})
            assert response.status_code < 500, (name, text[:20])
            assert "X-Y" not in response
    for value in VALUES:
        for name in ("do", "frequency"):
            given = {"do": "change", name: value.decode(errors="replace")}
            assert client.post(f"/en/follow/{'x' * 32}/", given).status_code < 500
        assert (
            client.post("/oai", {"verb": "GetRecord", "identifier": value.decode(errors="replace")}).status_code < 500
        )


def test_nobody_unknown_fills_a_disk_with_files(client: Client, statement: Statement, monkeypatch: Any) -> None:
    kept = []
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", lambda *args, **kwargs: kept.append(args))
    whole = {"email": "not an address", "language": "en", "frequency": "immediate"}
    for path in ("/en/follow/", f"/en/follow/{'x' * 32}/", "/oai"):
        file = SimpleUploadedFile("large.bin", b"x" * 3_000_000)
        response = client.post(path, {**whole, "verb": "Identify", "file": file})
        assert response.status_code in (200, 400, 404), path
        assert not response.wsgi_request.FILES
    assert not kept
