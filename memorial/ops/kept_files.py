"""Copying what statements keep from one storage to another, each file held against the SHA-256 in the database."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import Storage

from memorial.publishing.models import Edition
from memorial.statements.files import MEBIBYTE, kept_name
from memorial.statements.models import Attachment


@dataclass
class Copied:
    """What was done: how many files were copied, how many stood there already, and what could not be copied."""

    copied: int = 0
    already_there: int = 0
    missing: list[str] = field(default_factory=list)  # named by the database, not in the source
    different: list[str] = field(default_factory=list)  # in the source with other bytes than the database says


def names_and_hashes() -> dict[str, str]:
    """Every file that the database names: the SHA-256 of its bytes by its name in the storage.

    A sealed edition goes on naming a file whose row is gone, so both are asked. Two queries.
    """
    rows = Attachment.objects.order_by("pk").values_list("sha256", "content_type")
    found = dict.fromkeys(rows.iterator())
    for attachments in Edition.objects.order_by("pk").values_list("facts__attachments", flat=True).iterator():
        found |= dict.fromkeys((each["sha256"], each["content_type"]) for each in attachments or [])
    return {kept_name(sha256, content_type): sha256 for sha256, content_type in found}


def copy_kept_files(source: Storage, target: Storage, tell: Callable[[int, int], None] | None = None) -> Copied:
    """Copy every kept file that ``target`` does not hold yet; ``tell`` hears how many of how many are done.

    Nothing is deleted, and what ended in the middle is begun again: a file that stands in ``target`` with the right
    bytes is not copied twice, one with others is written anew. Raises StorageAway.
    """
    done = Copied()
    files = names_and_hashes()
    for number, (name, sha256) in enumerate(files.items(), start=1):
        if _digest(target, name) == sha256:
            done.already_there += 1
        else:
            _copy(name, sha256, source, target, done)
        if tell:
            tell(number, len(files))
    return done


def _copy(name: str, sha256: str, source: Storage, target: Storage, done: Copied) -> None:
    with tempfile.SpooledTemporaryFile(max_size=4 * MEBIBYTE) as held:
        found = _digest(source, name, held)
        if found is None:
            done.missing.append(name)
        elif found != sha256:
            done.different.append(name)
        else:
            target.save(name, File(held, name))
            if _digest(target, name) != sha256:
                raise OSError(f"{name} was not written as it is")
            done.copied += 1


def _digest(storage: Storage, name: str, held: IO[Any] | None = None) -> str | None:
    """The SHA-256 of a file's bytes, read in pieces and written to ``held``; None where there is no such file."""
    digest = hashlib.sha256()
    try:
        for piece in _pieces(storage, name):
            digest.update(piece)
            if held:
                held.write(piece)
    except FileNotFoundError:
        return None
    return digest.hexdigest()


def _pieces(storage: Storage, name: str) -> Iterator[bytes]:
    with storage.open(name, "rb") as file:
        yield from file.chunks()
