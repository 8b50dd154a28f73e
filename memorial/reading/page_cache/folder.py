"""Kept pages on disk, for the other processes of this machine; one folder a generation."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from .page import KeptPage, from_bytes, to_bytes

Done = TypeVar("Done")

LOCKS = 256
# Seconds that one process waits for another that makes the same page; then it makes the page itself.
PATIENCE = 5.0
# An old release may have workers that are still leaving.
RELEASE_SECONDS = 600.0
# What one process writes for one generation, in bytes.
MOST = 256 * 1024 * 1024


class Folder:
    """The pages that the processes of this machine keep for each other.

    A disk that is full or gone costs speed, and nothing else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._written = (0, 0)  # in which generation how many bytes

    def get(self, generation: int, key: str) -> KeptPage | None:
        """Return a page of a generation, if a process has made it."""
        try:
            return from_bytes(generation, self._place(generation, key).read_bytes())
        except (OSError, ValueError):
            return None

    def put(self, key: str, page: KeptPage, before: KeptPage | None = None) -> None:
        """Keep a page for the others: whole, or not at all. One that is as ``before`` is the same file."""
        place = self._place(page.generation, key)
        if before is not None and page.is_as(before):
            with contextlib.suppress(OSError):
                return _in_its_folder(place, partial(os.link, self._place(before.generation, key), place))
        written = self._written[1] if self._written[0] == page.generation else 0
        content = to_bytes(page)
        if written + len(content) > MOST:
            return
        self._written = (page.generation, written + len(content))
        with contextlib.suppress(OSError):
            _in_its_folder(place, partial(_write, place, content))

    @contextlib.contextmanager
    def making(self, key: str) -> Iterator[None]:
        """Let one process of the machine make a page while others wait, but not for ever."""
        try:
            descriptor = self._lock(key)
        except OSError:
            yield
            return
        try:
            deadline, pause = time.monotonic() + PATIENCE, 0.001
            while not _is_taken(descriptor) and time.monotonic() < deadline:
                time.sleep(pause)
                pause = min(pause * 1.5, 0.02)
            yield
        finally:
            os.close(descriptor)

    def forget_before(self, generation: int) -> None:
        """Delete the pages of all generations before the one before this, and those of other releases."""
        with contextlib.suppress(OSError):
            for release in self.path.parent.iterdir():
                if release.name != self.path.name and time.time() - release.stat().st_mtime > RELEASE_SECONDS:
                    shutil.rmtree(release, ignore_errors=True)
            for each in self.path.iterdir():
                if each.name.isdigit() and int(each.name) < generation - 1:
                    shutil.rmtree(each, ignore_errors=True)

    def _place(self, generation: int, key: str) -> Path:
        return self.path / str(generation) / hashlib.sha256(key.encode()).hexdigest()

    def _lock(self, key: str) -> int:
        place = self.path / "locks" / str(int(hashlib.sha256(key.encode()).hexdigest(), 16) % LOCKS)
        return _in_its_folder(place, partial(os.open, place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _in_its_folder(place: Path, do: Callable[[], Done]) -> Done:
    """Do something in the folder of a place, which is there more often than not."""
    try:
        return do()
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        return do()


def _write(place: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(name, place)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
