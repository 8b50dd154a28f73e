"""Whether S3 keeps files for this site and for nobody else: asked by ``set_up`` and by ``manage.py check --deploy``."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

STORAGE = "storage"  # the tag of the check: `manage.py check --deploy --tag storage` asks for nothing else
# It holds nothing and stays: the key needs no right to delete, and the site itself never deletes a file.
NAME, CONTENT = "check.txt", b"This site can write here.\n"
MISSING = f"attachments/00/{'0' * 64}.pdf"


@register(STORAGE, deploy=True)
def files_can_be_kept(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The bucket of STORAGE_URL can be searched, written and read with its key, and only with it."""
    if "OPTIONS" not in settings.STORAGES["default"]:
        return []
    try:
        default_storage.exists(MISSING)
        default_storage.save(NAME, ContentFile(CONTENT))
        with default_storage.open(NAME, "rb") as file:
            if file.read() != CONTENT:
                raise OSError(f"{default_storage} gives back something else than was written")
    except OSError as error:
        return [
            Error(
                f"Files cannot be kept. {error}",
                hint="Make the bucket that STORAGE_URL names, and allow its key s3:ListBucket on the bucket, "
                "s3:GetObject and s3:PutObject on what is in it.",
                id="ops.E010",
            )
        ]
    if default_storage.is_given_to_anybody(NAME):  # type: ignore[attr-defined] # the storage of STORAGE_URL
        return [
            Warning(
                f"{default_storage} gives files to anybody, also those that are not published.",
                hint="Take the public rights away from the bucket: readers get files from the site.",
                id="ops.W010",
            )
        ]
    return []
