"""The number of the site's present state, in a small file that all processes of a machine have mapped into memory.

Reading it costs less than a microsecond. It is written by whoever changes something (``changes``), when the change has
been committed and before that is answered; and by any process that sees in the database that another machine, or one
that crashed, has changed something. It holds for some seconds after each look at the database only, a *lease*: a
machine that cannot look any more serves nothing old.
"""

import contextlib
import fcntl
import mmap
import os
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

# Seconds for which a look at the database holds.
LEASE = 5.0
_LAYOUT = struct.Struct("<QdddQQQQ")
_NUMBER = struct.Struct("<Q")
_NUMBER_AND_UNTIL = struct.Struct("<Qd")


@dataclass(frozen=True)
class State:
    """What the database says: a mark that differs after every change, and when something changes by itself."""

    mark: tuple[int, int]
    ends: float  # seconds since 1970


@dataclass(frozen=True)
class Present:
    """What stands in the file; times are seconds since 1970.

    ``began`` is a second that no other generation has: what was made in a later one is always newer.
    """

    number: int
    until: float
    ends: float
    looked: float
    began: int
    release: int
    mark: tuple[int, int]


class Generation:
    """The generation of the site on this machine.

    ``state`` asks the database. ``seen`` is told, before anybody else can begin another generation, what holds now.
    """

    def __init__(
        self, path: Path, state: Callable[[], State], seen: Callable[[Present], None] = lambda present: None
    ) -> None:
        self.path = path
        self._state, self._seen = state, seen
        self._process = 0
        self._map: mmap.mmap

    def now(self) -> int:
        """Return the number of the present generation; 0 when nobody knows whether it still is."""
        number, until = _NUMBER_AND_UNTIL.unpack_from(self._mapped())
        return number if time.time() < until else 0

    def present(self) -> Present:
        """Return all that is known; its number is 0 where ``now`` says so."""
        before, found = None, self._read()
        while found != before:  # somebody may be writing
            before, found = found, self._read()
        return found if time.time() < found.until else replace(found, number=0)

    def end(self, release: int = 0) -> None:
        """End the generation without asking the database: when it cannot be asked, or when a new release begins.

        A ``release`` is a number that rises; one that is not higher than the last changes nothing.
        """
        with self._locked():
            found = self._read()
            if not release or release > found.release:
                self._end(replace(found, release=release or found.release))

    def renew(self) -> int:
        """Look at the database, and begin the next generation if it has changed or if this one has ended.

        Returns the number of the present one. Raises DatabaseError; what was known then holds for the rest of its time.
        """
        with self._locked():
            looked, state, found = time.time(), self._state(), self._read()
            is_the_same = found.mark == state.mark and looked < found.ends
            present = Present(
                number=found.number if is_the_same else found.number + 1,
                until=min(looked + LEASE, state.ends),
                ends=state.ends,
                looked=looked,
                began=found.began if is_the_same else max(int(looked), found.began + 1),
                release=found.release,
                mark=state.mark,
            )
            self._write(present)
        return present.number

    def renew_or_end(self) -> int:
        """Renew, or end the generation if the database cannot be asked. Raises DatabaseError, after that."""
        try:
            return self.renew()
        except BaseException:
            self.end()
            raise

    def _end(self, found: Present) -> None:
        self._write(replace(found, number=found.number + 1, until=0.0, ends=0.0))

    def _read(self) -> Present:
        number, until, ends, looked, began, release, high, total = _LAYOUT.unpack_from(self._mapped())
        return Present(number, until, ends, looked, began, release, (high, total))

    def _write(self, present: Present) -> None:
        mapped = self._mapped()
        written = _LAYOUT.pack(
            present.number, present.until, present.ends, present.looked, present.began, present.release, *present.mark
        )
        # The number first: whoever reads between the two sees a new generation, never an old one that goes on. (Packed
        # into the map, there would be zeros for a moment, and nobody would know of any.)
        mapped[: _NUMBER.size] = written[: _NUMBER.size]
        mapped[: _LAYOUT.size] = written
        self._seen(present)

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
