"""Files of statements as readers get them: whole, in part, not twice; and what a failing storage leaves untouched."""

import time
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.test import Client
from pytest_django import Settings

from memorial.accounts.models import User
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.attachments import keep
from memorial.statements.models import Statement
from tests.storages import NOBODY_THERE, use

from .conftest import a_text, address, published

FILE = b"%PDF-1.4\n" + bytes(range(256)) * 1000


@pytest.fixture
def path(publisher: User, empty_storage: Storage) -> str:
    """The address of a published file."""
    statement = published(publisher)
    kept = keep(statement, ContentFile(FILE, name="example.pdf"), by=publisher)
    a_text(statement, "en", publisher)
    publish(statement, ["en"], by=publisher, note="A file was added.")
    return f"/s/{statement.sid}/files/{kept.sha256}/example.pdf"


def received(response: Any) -> bytes:
    """The bytes of an answer."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_file_is_given_whole_with_its_size_and_hash(client: Client, path: str) -> None:
    response = client.get(path)
    assert received(response) == FILE
    assert (response["Content-Length"], response["Accept-Ranges"]) == (str(len(FILE)), "bytes")
    assert response["ETag"] == f'"{path.split("/")[4]}"'
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("0-0", 0, 0), ("9-", 9, -1), ("-5", -5, -1), ("100000-100009", 100000, 100009), ("256000-999999", 256000, -1),
     ("-999999", 0, -1)],
)  # fmt: skip
def test_a_part_of_a_file_is_given(client: Client, path: str, asked: str, first: int, last: int) -> None:
    first, last = first % len(FILE), last % len(FILE)
    response = client.get(path, headers={"Range": f"bytes={asked}"})
    assert response.status_code == 206
    assert received(response) == FILE[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(FILE)}"
    assert response["Content-Length"] == str(last + 1 - first)
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=x-"])
def test_what_is_no_part_is_answered_by_the_whole(client: Client, path: str, asked: str) -> None:
    response = client.get(path, headers={"Range": asked})
    assert (response.status_code, len(received(response))) == (200, len(FILE))


@pytest.mark.parametrize("asked", ["bytes=300000-", "bytes=-0"])
def test_a_part_that_there_is_not_is_refused(client: Client, path: str, asked: str) -> None:
    response = client.get(path, headers={"Range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(FILE)}")


def test_a_part_of_another_file_is_not_mixed_with_this_one(client: Client, path: str) -> None:
    etag = client.get(path)["ETag"]
    parts = {given: client.get(path, headers={"Range": "bytes=0-9", "If-Range": given}) for given in (etag, '"other"')}
    assert [response.status_code for response in parts.values()] == [206, 200]


def test_who_has_a_file_is_told_so_without_a_look_into_the_storage(
    client: Client, path: str, settings: Settings
) -> None:
    etag = client.get(path)["ETag"]
    use(settings, NOBODY_THERE)
    response = client.get(path, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")


def test_a_failing_storage_is_a_503_in_seconds_and_pages_are_there(
    client: Client, path: str, failing_storage: Any
) -> None:
    started = time.monotonic()
    response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert response["Cache-Control"] == "no-store"
    assert failing_storage.bucket_name not in response.content.decode()
    assert time.monotonic() - started < 10
    statement = Statement.objects.get()
    assert path in client.get(address(statement, "en")).content.decode(), "no page asks the storage"


def test_a_failing_storage_loses_no_publication_and_cards_are_drawn_meanwhile(
    client: Client, publisher: User, failing_storage: Storage, django_capture_on_commit_callbacks: Any
) -> None:
    started = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        statement = published(publisher)
    assert Edition.objects.visible().count() == 2
    for edition in statement.editions.all():
        response = client.get(f"/s/{statement.sid}/card/{edition.sha256}.png")
        assert (response.status_code, response.content[:4]) == (200, b"\x89PNG")
    assert time.monotonic() - started < 20
