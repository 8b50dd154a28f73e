"""The number of the site's present state, in a small file that all processes of a machine have mapped into memory.

Reading it costs less than a microsecond. It is written by whoever changes something (``changes``), when the change has
been committed and before that is answered; and by any process that sees in the database that another machine, or one
that crashed, has changed something.
"""

import contextlib
import fcntl
import mmap
import os
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# The number, when it ends (seconds since 1970), and the mark of the database that it belongs to.
_LAYOUT = struct.Struct("<QdQQ")
_NUMBER_AND_END = struct.Struct("<Qd")


@dataclass(frozen=True)
class State:
    """What the database says: a mark that differs after every change, and when something changes by itself."""

    mark: tuple[int, int]
    until: float  # seconds since 1970


class Generation:
    """The generation of the site on this machine; ``state`` asks the database."""

    def __init__(self, path: Path, state: Callable[[], State]) -> None:
        self.path = path
        self._state = state
        self._process = 0
        self._map: mmap.mmap

    def now(self) -> int:
        """Return the number of the present generation; 0 when it has ended and nobody has begun the next."""
        number, until = _NUMBER_AND_END.unpack_from(self._mapped())
        return number if time.time() < until else 0

    def end(self) -> None:
        """End the generation without asking the database: when a program starts, or when it cannot be asked."""
        with self._locked():
            number, _, high, total = _LAYOUT.unpack_from(self._mapped())
            self._write(number + 1, 0.0, high, total)

    def renew(self) -> int:
        """Begin the next generation if the database has changed since this one began, or if it has ended.

        Returns the number of the present one. Two queries. Raises DatabaseError, and has then ended the generation.
        """
        with self._locked():
            number, until, *mark = _LAYOUT.unpack_from(self._mapped())
            try:
                state = self._state()
            except BaseException:
                self._write(number + 1, 0.0, *mark)
                raise
            if tuple(mark) == state.mark and time.time() < until:
                return int(number)
            self._write(number + 1, state.until, *state.mark)
            return int(number) + 1

    def _write(self, number: int, until: float, high: int, total: int) -> None:
        mapped = self._mapped()
        # The number first: whoever reads between the two sees a new generation that has ended, never an old one
        # that goes on.
        struct.pack_into("<Q", mapped, 0, number)
        _LAYOUT.pack_into(mapped, 0, number, until, high, total)

    def _mapped(self) -> mmap.mmap:
        if self._process != os.getpid():  # a worker maps the file anew after it was forked
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                if os.fstat(descriptor).st_size < _LAYOUT.size:
                    os.ftruncate(descriptor, _LAYOUT.size)
                self._map = mmap.mmap(descriptor, _LAYOUT.size)
            finally:
                os.close(descriptor)
            self._process = os.getpid()
        return self._map

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(f"{self.path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
