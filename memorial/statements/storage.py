"""Where files are kept, each under a name made of the SHA-256 of its bytes: a folder here, or S3 (``s3``)."""

import contextlib
import uuid
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class StorageAway(OSError):
    """The place of the files does not answer, or not to this site. Says which and why, and holds no secret."""


class Folder(FileSystemStorage):
    """A folder of this machine in which a file is whole or absent, whatever happens while it is written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The same name is the same bytes: whoever comes second puts the same file into the same place.
        super().__init__(*args, **{"allow_overwrite": True, **kwargs})

    def _save(self, name: str, content: "File[Any]") -> str:
        """Write beside the place, then put into it in one step."""
        part = f"{name}.{uuid.uuid4().hex}.part"
        try:
            super()._save(part, content)  # type: ignore[misc] # the stubs leave it out
            Path(self.path(part)).replace(self.path(name))
        except BaseException:
            with contextlib.suppress(OSError):
                Path(self.path(part)).unlink()
            raise
        return name
