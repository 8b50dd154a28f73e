"""Where files are kept: whole or not at all, read in pieces, and a storage that fails is found out in seconds."""

import io
import socket
import time
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from config.storage_url import storage_options
from memorial.accounts.models import User
from memorial.accounts.refusal import Refused
from memorial.statements.attachments import keep
from memorial.statements.files import LARGEST
from memorial.statements.models import Attachment
from memorial.statements.s3 import S3
from memorial.statements.storage import StorageAway
from tests.builders import a_statement
from tests.servers.s3 import BUCKET, address_of
from tests.storages import content, kept_names, use

LONG = bytes(range(256)) * 1024  # 256 KiB


class BreaksOff(ContentFile):
    """A file that cannot be read to its end."""

    def chunks(self, chunk_size: int | None = None) -> Any:
        yield b"%PDF-1.7"
        raise OSError(28, "No space left on device")

    def read(self, *args: Any) -> bytes:
        raise OSError(28, "No space left on device")


def test_a_file_that_breaks_off_leaves_nothing(empty_storage: Storage) -> None:
    with pytest.raises(OSError, match="No space left"):
        empty_storage.save("attachments/00/file.pdf", BreaksOff(b"%PDF-1.7"))
    assert kept_names(empty_storage) == []


def test_the_same_name_is_the_same_place(empty_storage: Storage) -> None:
    names = [empty_storage.save("attachments/00/file.pdf", ContentFile(each)) for each in (b"broken", b"whole")]
    assert names == ["attachments/00/file.pdf"] * 2
    assert kept_names(empty_storage) == ["attachments/00/file.pdf"]
    assert content(empty_storage, names[0]) == b"whole"


def test_a_file_is_read_from_wherever_it_is_asked_for(empty_storage: Storage) -> None:
    empty_storage.save("file.pdf", ContentFile(LONG))
    with empty_storage.open("file.pdf", "rb") as file:
        assert file.size == len(LONG)
        assert file.read(10) == LONG[:10]
        file.seek(200_000)
        assert file.read(300) == LONG[200_000:200_300]
        file.seek(-5, io.SEEK_END)
        assert (file.read(), file.read()) == (LONG[-5:], b"")
        assert b"".join(file.chunks(1000)) == LONG
    with pytest.raises(FileNotFoundError):
        empty_storage.open("another.pdf", "rb")


@pytest.mark.django_db
def test_s3_keeps_a_file_private_and_as_what_its_bytes_say(s3: None, editor: User, empty_storage: S3) -> None:
    upload = SimpleUploadedFile("scan.pdf", b"%PDF-1.7 an example", content_type="text/html")
    attachment = keep(a_statement(), upload, by=editor)
    assert empty_storage.get(attachment.file.name)["ContentType"] == "application/pdf"
    assert not empty_storage.is_given_to_anybody(attachment.file.name)
    with pytest.raises(NotImplementedError):
        attachment.file.url  # noqa: B018 a property


def test_the_largest_file_goes_to_s3_by_one_request(s3: None, empty_storage: S3) -> None:
    empty_storage.save("largest.pdf", ContentFile(b"x" * LARGEST))
    answer = empty_storage.get("largest.pdf")
    assert answer["ContentLength"] == LARGEST
    assert "-" not in answer["ETag"], "that of a file sent in parts has a dash"


def test_workers_that_share_a_bucket_do_not_see_each_others_files(s3: None, empty_storage: S3) -> None:
    empty_storage.save("file.pdf", ContentFile(b"x"))
    assert not S3(**storage_options(address_of(BUCKET))).exists("file.pdf")


@pytest.mark.django_db
def test_an_upload_to_a_storage_that_fails_is_refused_in_words_and_writes_nothing(
    editor: User, failing_storage: Storage
) -> None:
    started = time.monotonic()
    with pytest.raises(Refused) as refusal:
        keep(a_statement(), ContentFile(b"%PDF-1.7", name="scan.pdf"), by=editor)
    assert [reason.code for reason in refusal.value.reasons] == ["not-stored"]
    assert "nothing was saved" in str(refusal.value)
    assert not Attachment.objects.exists()
    assert time.monotonic() - started < 10


def test_what_is_said_of_a_failing_storage_holds_no_secret(failing_storage: Storage) -> None:
    with pytest.raises(StorageAway) as away:
        failing_storage.save("file.pdf", ContentFile(b"x"))
    assert f"s3://{failing_storage.bucket_name} at http://127.0.0.1" in str(away.value)  # type: ignore[attr-defined]
    assert "secret" not in f"{away.value} {away.value.__cause__} {vars(failing_storage)!r}".replace("secret_key", "")


@pytest.mark.same_on_any_database
def test_a_silent_server_is_given_up_in_seconds_and_then_left_alone_for_a_while(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        storage = use(settings, f"s3://a:b@127.0.0.1:{silent.getsockname()[1]}/bucket?scheme=http")
        waited = []
        for _each in range(2):
            started = time.monotonic()
            with pytest.raises(StorageAway):
                storage.open("file.pdf", "rb")
            waited.append(time.monotonic() - started)
    assert waited[0] < 20
    assert waited[1] < 1
