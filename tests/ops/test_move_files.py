"""``move_files``: every file that statements keep is copied and compared, again and again, and nothing is deleted."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from memorial.accounts.models import User
from memorial.ops.kept_files import copy_kept_files, names_and_hashes
from memorial.publishing.release import publish
from memorial.statements.attachments import keep
from memorial.statements.models import Attachment
from memorial.statements.storage import Folder
from tests.publishing.conftest import a_ready_statement
from tests.servers.s3 import with_prefix
from tests.storages import content, kept_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(publisher: User, empty_storage: Storage) -> list[str]:
    """Three kept files in the site's storage: of a draft, of an edition, and one that only an edition still names."""
    first = keep(a_ready_statement(publisher, ["az"]), ContentFile(b"%PDF-1", name="a.pdf"), by=publisher)
    published = a_ready_statement(publisher, ["az"], slug="published")
    second, third = (keep(published, ContentFile(each, name="b.pdf"), by=publisher) for each in (b"%PDF-2", b"%PDF-3"))
    publish(published, ["az"], by=publisher)
    Attachment.objects.filter(pk=third.pk).delete()
    return [first.file.name, second.file.name, third.file.name]


@pytest.fixture
def target(tmp_path: Path) -> Folder:
    """An empty folder."""
    return Folder(location=tmp_path / "target")


def test_every_file_that_the_database_names_is_copied_and_nothing_deleted(
    names: list[str], empty_storage: Storage, target: Folder
) -> None:
    before = kept_names(empty_storage)
    heard: list[tuple[int, int]] = []
    done = copy_kept_files(empty_storage, target, lambda number, total: heard.append((number, total)))
    assert (done.copied, done.already_there, done.missing, done.different) == (3, 0, [], [])
    assert heard == [(1, 3), (2, 3), (3, 3)]
    assert kept_names(target) == sorted(names) == sorted(names_and_hashes())
    assert {content(target, name) for name in names} == {b"%PDF-1", b"%PDF-2", b"%PDF-3"}
    assert kept_names(empty_storage) == before


def test_it_goes_on_where_it_ended(names: list[str], empty_storage: Storage, target: Folder) -> None:
    def stop(number: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_kept_files(empty_storage, target, stop)
    done = copy_kept_files(empty_storage, target)
    assert (done.copied, done.already_there) == (2, 1)
    target.save(names[0], ContentFile(b"%PDF-"))
    assert copy_kept_files(empty_storage, target).copied == 1, "a file with other bytes is written anew"
    assert content(target, names[0]) == b"%PDF-1"


def test_what_is_missing_or_different_is_named_and_the_rest_copied(
    names: list[str], empty_storage: Storage, target: Folder
) -> None:
    empty_storage.delete(names[0])
    empty_storage.save(names[1], ContentFile(b"%PDF-x"))
    done = copy_kept_files(empty_storage, target)
    assert (done.copied, done.missing, done.different) == (1, [names[0]], [names[1]])
    assert kept_names(target) == [names[2]]


def test_the_command_moves_a_site_to_s3_and_back(
    s3: None, names: list[str], empty_storage: Storage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = empty_storage.location.rpartition("/")[2]  # type: ignore[attr-defined]
    monkeypatch.setenv("STORAGE_URL", with_prefix(os.environ["STORAGE_URL"], location))
    output = StringIO()
    call_command("move_files", "--from", "STORAGE_URL", "--to", "folder", stdout=output, stderr=output)
    call_command("move_files", stdout=output, stderr=output)
    assert "3 copied and compared, 0 were there already" in output.getvalue()
    assert "0 copied and compared, 3 were there already" in output.getvalue()
    for storage in (empty_storage, Folder(location=settings.MEDIA_ROOT)):
        storage.delete(names[0])
    with pytest.raises(CommandError, match="1 files"):
        call_command("move_files", stdout=output, stderr=output)
    assert f"Missing: {names[0]}" in output.getvalue()


def test_a_storage_that_fails_ends_it_with_a_sentence(
    names: list[str], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("NEW_STORAGE_URL", "s3://key:very-secret@127.0.0.1:9/files?scheme=http")
    with pytest.raises(CommandError, match="Start the command again") as refusal:
        call_command("move_files", "--to", "NEW_STORAGE_URL")
    assert "very-secret" not in str(refusal.value)


@pytest.mark.parametrize(("address", "said"), [("", "is not set"), ("s3://a:very-secret@", "host is missing")])
def test_a_place_that_is_none_is_refused(address: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEW_STORAGE_URL", address)
    with pytest.raises(CommandError, match=said) as refusal:
        call_command("move_files", "--to", "NEW_STORAGE_URL")
    assert "very-secret" not in str(refusal.value)
