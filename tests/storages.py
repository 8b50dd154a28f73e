"""The storage of files in the tests: a folder, or S3 where the run has one; what is true holds on both."""

import os
import uuid
from pathlib import Path

import pytest
from django.core.files.storage import Storage, default_storage, storages
from pytest_django import Settings

from config.storage_url import storage_options
from tests.servers.s3 import DENIED, address_of

NOBODY_THERE = "s3://tests:secret-of-tests@127.0.0.1:9/memorial-tests?scheme=http"


@pytest.fixture
def empty_storage(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """The site's storage, with nothing in it but what the test keeps."""
    settings.MEDIA_ROOT = tmp_path / "media"
    if "OPTIONS" in settings.STORAGES["default"]:
        location = f"{default_storage.location}/{uuid.uuid4().hex}".strip("/")  # type: ignore[attr-defined]
        monkeypatch.setattr(storages["default"], "location", location)
    return default_storage


def kept_names(storage: Storage, folder: str = "") -> list[str]:
    """Return the name of every file in ``folder`` and below it."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return []
    inside = [name for each in folders for name in kept_names(storage, f"{folder}/{each}".strip("/"))]
    return sorted([*(f"{folder}/{name}".strip("/") for name in files), *inside])


def content(storage: Storage, name: str) -> bytes:
    """Return the bytes of a kept file."""
    with storage.open(name, "rb") as file:
        return bytes(file.read())


def use(settings: Settings, address: str) -> Storage:
    """Let the site keep its files at ``address``, written as STORAGE_URL, until the test ends."""
    chosen = {"BACKEND": "memorial.statements.s3.S3", "OPTIONS": storage_options(address)}
    settings.STORAGES = {**settings.STORAGES, "default": chosen}
    return storages["default"]


@pytest.fixture
def s3() -> None:
    """The test is about S3 alone."""
    if "STORAGE_URL" not in os.environ:
        pytest.skip("files are in a folder in this run; TEST_DATABASE=postgresql has an S3 server")


@pytest.fixture(params=["dead", "denied", "no bucket"])
def failing_storage(request: pytest.FixtureRequest, settings: Settings) -> Storage:
    """S3 that fails: nobody listens there, or the bucket lets nobody in, or there is no such bucket."""
    if request.param == "dead":
        return use(settings, NOBODY_THERE)
    request.getfixturevalue("s3")
    return use(settings, address_of(DENIED if request.param == "denied" else "memorial-forgotten"))
