"""Keeping files with statements."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile

from memorial.accounts.models import User
from memorial.accounts.refusal import Refused
from memorial.languages.columns import column_name
from memorial.statements import files
from memorial.statements.attachments import keep, validate_upload
from memorial.statements.files import kept_name, shown_name
from memorial.statements.models import Attachment
from tests.builders import a_statement
from tests.storages import content as stored
from tests.storages import kept_names

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 an example"
PNG = b"\x89PNG\r\n\x1a\n an example"
JPEG = b"\xff\xd8\xff\xe0 an example"
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 an example"


@pytest.fixture(autouse=True)
def storage(empty_storage: Storage) -> Storage:
    """An empty storage."""
    return empty_storage


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


@pytest.mark.parametrize(
    ("content", "content_type", "suffix"),
    [
        (PDF, "application/pdf", "pdf"),
        (PNG, "image/png", "png"),
        (JPEG, "image/jpeg", "jpg"),
        (WEBP, "image/webp", "webp"),
    ],
)
def test_a_file_is_kept_under_its_hash_as_what_its_bytes_say(
    editor: User, storage: Storage, content: bytes, content_type: str, suffix: str
) -> None:
    upload = SimpleUploadedFile("scan.exe", content, content_type="text/html")
    attachment = keep(a_statement(), upload, by=editor, caption={"en": "The signed copy"}, language="az")
    sha256 = hashlib.sha256(content).hexdigest()
    assert (attachment.sha256, attachment.size, attachment.content_type) == (sha256, len(content), content_type)
    assert attachment.file.name == kept_name(sha256, content_type)
    assert stored(storage, attachment.file.name) == content
    assert attachment.name == f"scan.exe.{suffix}"
    assert attachment.language == "az"
    assert getattr(attachment, column_name("caption", "en")) == "The signed copy"


@pytest.mark.parametrize(
    "content", [b"<html>", b"GIF89a", b"PK\x03\x04", b"<svg xmlns=''>", b" %PDF-1.7", b"RIFF1234WAVE"]
)
def test_anything_else_is_refused(editor: User, content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        keep(a_statement(), SimpleUploadedFile("scan.pdf", content, content_type="application/pdf"), by=editor)
    assert codes(refusal) == ["file-type"]
    assert not Attachment.objects.exists()


def test_an_empty_file_is_refused(editor: User) -> None:
    with pytest.raises(Refused) as refusal:
        keep(a_statement(), ContentFile(b"", name="scan.pdf"), by=editor)
    assert codes(refusal) == ["file-empty"]


def test_a_file_over_the_limit_is_refused(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = ContentFile(PDF + b"x" * files.LARGEST, name="scan.pdf")
    with pytest.raises(Refused) as refusal:
        keep(a_statement(), upload, by=editor)
    assert codes(refusal) == ["file-too-large"]
    assert "20 MB" in str(refusal.value)


def test_a_translator_may_not_add_files(persian_translator: User) -> None:
    with pytest.raises(Refused) as refusal:
        keep(a_statement(), ContentFile(b"<html>", name="scan.pdf"), by=persian_translator)
    assert codes(refusal) == ["not-allowed", "file-type"]


def test_a_caption_in_a_language_that_the_site_has_not_is_refused(editor: User) -> None:
    with pytest.raises(Refused) as refusal:
        keep(a_statement(), ContentFile(PDF, name="scan.pdf"), by=editor, caption={"xx": "?"})
    assert codes(refusal) == ["language-unknown"]


def test_the_same_bytes_are_stored_once_and_never_written_over(editor: User, storage: Storage) -> None:
    first = keep(a_statement(), ContentFile(PDF, name="one.pdf"), by=editor)
    second = keep(a_statement(slug="another"), ContentFile(PDF, name="two.pdf"), by=editor)
    assert first.file.name == second.file.name
    assert kept_names(storage) == [first.file.name]


def test_the_same_file_is_not_kept_twice_with_one_statement(editor: User) -> None:
    statement = a_statement()
    keep(statement, ContentFile(PDF, name="one.pdf"), by=editor)
    with pytest.raises(Refused) as refusal:
        keep(statement, ContentFile(PDF, name="two.pdf"), by=editor)
    assert codes(refusal) == ["kept-already"]
    assert statement.attachments.count() == 1


def test_the_bytes_stay_when_the_row_is_deleted(editor: User, storage: Storage) -> None:
    attachment = keep(a_statement(), ContentFile(PDF, name="one.pdf"), by=editor)
    attachment.delete()
    assert stored(storage, attachment.file.name) == PDF


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\papers\Bəyanat.PDF", "Bəyanat.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe.pdf"),
        ("", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_paths_and_tricks(sent: str, shown: str) -> None:
    assert shown_name(sent, "application/pdf") == shown


def test_a_form_gives_the_same_reasons() -> None:
    with pytest.raises(ValidationError, match="Only PDF documents"):
        validate_upload(ContentFile(b"<html>", name="scan.pdf"))
    validate_upload(ContentFile(PDF, name="scan.pdf"))
