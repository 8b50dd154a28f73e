"""Files on S3: private, each written whole by one request, read in pieces; a dead server is found out in seconds."""

import contextlib
import errno
import io
import os
import threading
from collections.abc import Iterator
from time import monotonic
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError
from django.core.files import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from .files import SUFFIXES
from .storage import StorageAway

AT_ONCE = 64 * 1024  # bytes
# A server that did not answer is not asked again for so many seconds: its silence would hold every thread in turn.
PAUSE = 5.0
PATIENCE = Config(
    signature_version="s3v4",
    connect_timeout=2,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 2},
    # SHA-256 of what is sent is part of the signature, so S3 keeps what was sent or nothing. Other checksums are newer
    # than many servers that speak S3.
    s3={"payload_signing_enabled": True},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
CONTENT_TYPES = {suffix: content_type for content_type, suffix in SUFFIXES.items()}


class S3(S3Storage):
    """A bucket, or what stands under a prefix in it. Readers never see its addresses: the site itself gives files."""

    client_config = PATIENCE
    file_overwrite = True  # the same name is the same bytes
    default_acl = None  # the bucket's own rule, which lets nobody else in
    object_parameters: dict[str, str] = {}
    gzip = False

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._making = threading.Lock()
        self._of_all_threads: Any = None
        self._silent_until = 0.0

    @property
    def connection(self) -> Any:
        """One client for all threads: it is made for that, and making one takes longer than any request."""
        with self._making:
            if self._of_all_threads is None:
                self._of_all_threads = super().connection
        return self._of_all_threads

    def get_object_parameters(self, name: str) -> dict[str, str]:
        """What a file is, by its name, which says what its bytes are; what a browser said of it is not asked."""
        return {"ContentType": CONTENT_TYPES.get(os.path.splitext(name)[1], "application/octet-stream")}

    def get(self, name: str, first: int = 0) -> dict[str, Any]:
        """Ask for a file from its byte ``first`` on. Raises FileNotFoundError, StorageAway."""
        part = {"Range": f"bytes={first}-"} if first else {}
        with self.answering(name):
            client = self.connection.meta.client
            answer: dict[str, Any] = client.get_object(Bucket=self.bucket_name, Key=self._key(name), **part)
            return answer

    def exists(self, name: str) -> bool:
        """Say whether there is a file of this name. Raises StorageAway, also where S3 does not let the site know."""
        with self.answering(name):
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        """The bytes of a file. Raises FileNotFoundError, StorageAway."""
        with self.answering(name):
            return int(super().size(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """The folders and the files in a folder. Raises StorageAway."""
        with self.answering(name):
            folders, files = super().listdir(name)
            return folders, files

    def delete(self, name: str) -> None:
        """Delete a file; the site never does. Raises StorageAway."""
        with self.answering(name):
            super().delete(name)

    def url(self, *args: Any, **kwargs: Any) -> str:
        """Raise: an address signed for somebody would show him the file whether it is public or not."""
        raise NotImplementedError("files on S3 have no address of their own")

    def is_given_to_anybody(self, name: str) -> bool:
        """Say whether S3 gives a file also to somebody who shows no key."""
        with contextlib.suppress(BotoCoreError, ClientError):
            self.unsigned_connection.meta.client.head_object(Bucket=self.bucket_name, Key=self._key(name))
            return True
        return False

    @contextlib.contextmanager
    def answering(self, name: str) -> Iterator[None]:
        """Say in Python's own errors what S3 answers about ``name``."""
        if monotonic() < self._silent_until:
            raise StorageAway(f"{self} did not answer a moment ago")
        try:
            yield
        except ClientError as error:
            if error.response["Error"].get("Code") in ("NoSuchKey", "404"):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name) from None
            raise StorageAway(f"{self}: {error}") from error
        except BotoCoreError as error:
            if isinstance(error, HTTPClientError | ConnectionError):
                self._silent_until = monotonic() + PAUSE
            raise StorageAway(f"{self}: {error}") from error

    def __str__(self) -> str:
        return f"s3://{self.bucket_name}" + (f" at {self.endpoint_url}" if self.endpoint_url else "")

    def _key(self, name: str) -> str:
        key: str = self._normalize_name(clean_name(name))
        return key

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise ValueError("a file on S3 is read as bytes, and written as a whole")
        return File(io.BufferedReader(_Pieces(self, name), AT_ONCE), name)

    def _save(self, name: str, content: "File[Any]") -> str:
        """Put the file there by one request: it is there whole, or not at all."""
        content.seek(0)
        with self.answering(name):
            self.connection.meta.client.put_object(
                Bucket=self.bucket_name, Key=self._key(name), Body=content, **self.get_object_parameters(name)
            )
        return name


class _Pieces(io.RawIOBase):
    """A file as it comes from S3; what is read elsewhere than where the last piece ended is asked for anew."""

    def __init__(self, storage: S3, name: str) -> None:
        self._storage, self._file_name = storage, name
        self._at = self._body_at = 0
        answer = storage.get(name)
        self._body, self._size = answer["Body"], int(answer["ContentLength"])

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            return 0
        if self._at != self._body_at:
            self._body.close()
            self._body, self._body_at = self._storage.get(self._file_name, first=self._at)["Body"], self._at
        try:
            piece = self._body.read(len(buffer))
        except BotoCoreError as error:  # it may be the reader who was slow, so others go on asking
            raise StorageAway(f"{self._storage}: {error}") from error
        buffer[: len(piece)] = piece
        self._at += len(piece)
        self._body_at = self._at
        return len(piece)

    def close(self) -> None:
        if not self.closed and hasattr(self, "_body"):
            self._body.close()
        super().close()
