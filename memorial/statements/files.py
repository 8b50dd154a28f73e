"""Which files are kept, where, and what their bytes say they are."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.files import File

MEBIBYTE = 1024 * 1024
LARGEST = 20 * MEBIBYTE
# The first bytes of what is kept, each with its content type (the formats' own specifications).
SIGNATURES = (
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
)
SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}


@dataclass(frozen=True)
class Described:
    """What a file is by its bytes: ``content_type`` is empty for anything that is not kept."""

    size: int
    content_type: str
    sha256: str


def describe(file: "File[Any]") -> Described:
    """Read ``file`` once, in pieces; leave it at its beginning. A file over the limit is not read to its end."""
    file.seek(0)
    digest = hashlib.sha256()
    size, first = 0, b""
    for chunk in file.chunks():
        first = first or bytes(chunk[:16])
        size += len(chunk)
        digest.update(chunk)
        if size > LARGEST:
            break
    file.seek(0)
    content_type = next((name for signature, name in SIGNATURES if signature.match(first)), "")
    return Described(size, content_type, digest.hexdigest())


def kept_name(sha256: str, content_type: str) -> str:
    """The name in the storage of the file with these bytes; edition pages find sealed files by it."""
    return f"attachments/{sha256[:2]}/{sha256}{SUFFIXES[content_type]}"


def place_of(attachment: Any, _filename: str) -> str:
    """The same for a row (Django's ``upload_to``): the name that a file was sent under decides nothing."""
    return kept_name(attachment.sha256, attachment.content_type)


def shown_name(filename: str, content_type: str) -> str:
    """The file's own name as readers see it: no path, no invisible characters, the ending of what it is."""
    name = unicodedata.normalize("NFC", filename.replace("\\", "/"))
    name = "".join(letter for letter in PurePosixPath(name).name if unicodedata.category(letter)[0] != "C")
    suffix = SUFFIXES[content_type]
    stem = re.sub(r"\.(pdf|png|jpe?g|webp)$", "", name.strip(), flags=re.IGNORECASE).strip(". ")
    return (stem or "file")[: 200 - len(suffix)] + suffix
