"""Kept pages as plain files, for a server in front that answers with them itself (``manage.py nginx_configuration``).

``now/<second>`` is a link to the pages of the generation that holds in that second (since 1970), and there are links
for the length of a lease only: a server in front that looks under the present second finds nothing old, also when no
process of this site is alive any more.
"""

import contextlib
import gzip
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from .generation import Present
from .page import KeptPage
from .question import Question

logger = logging.getLogger(__name__)
CONTENT_TYPE = "text/html; charset=utf-8"
# What one process writes for one generation, in bytes.
MOST = 256 * 1024 * 1024


class Front:
    """The folder that the server in front may read; ``host`` is the site's own, and no other's pages are there."""

    def __init__(self, path: Path, host: str) -> None:
        self.path, self.host = path, host
        self._written = ("", 0)  # for which generation how many bytes

    def point(self, present: Present) -> None:
        """Let the coming seconds show the present generation, and no second another one."""
        target = f"../pages/{_name(present.release, present.number)}"
        now = time.time()
        try:
            links = _folder(self.path / "now", self.path)
            there = {link.name: os.readlink(link) for link in links.iterdir() if link.is_symlink()}
            # Whole seconds: in the one in which something ends, the application is asked.
            wanted = [str(second) for second in range(int(now), int(present.until))]
            for name, old in there.items():
                if old != target or (name not in wanted and int(name) < now - 1):
                    (links / name).unlink(missing_ok=True)
            for name in wanted:
                if there.get(name) != target:
                    with contextlib.suppress(FileExistsError):
                        (links / name).symlink_to(target)
        except OSError:
            # No link is older than a lease.
            logger.exception("the pages for the server in front cannot be changed")

    def put(self, release: int, question: Question, page: KeptPage, before: KeptPage | None = None) -> None:
        """Write a page, in each encoding; whole, or not at all. What is not a page of text is asked of the site.

        One that is as ``before`` is the same files.
        """
        names = PurePosixPath(unquote(question.path)).parts[1:]
        is_page = question.path.endswith("/") and not question.query and "gzip" in page.variants
        if not is_page or question.host.partition(":")[0] != self.host or ".." in names:
            return
        if ("Content-Type", CONTENT_TYPE) not in page.headers:
            return
        with contextlib.suppress(OSError):  # a full disk costs speed, and nothing else
            place = _folder(self._place(release, page.generation, names), self.path)
            if (
                before is not None
                and page.is_as(before)
                and self._linked(self._place(release, before.generation, names), place)
            ):
                return
            packed = page.variants["gzip"].body
            contents = {".br": page.variants["br"].body, ".gz": packed, "": gzip.decompress(packed)}
            name = _name(release, page.generation)
            written = self._written[1] if self._written[0] == name else 0
            written += sum(map(len, contents.values()))
            if written > MOST:
                return
            self._written = (name, written)
            for ending, content in contents.items():  # the one that is looked for comes last
                _write(place / f"index.html{ending}", content, page.last_modified)

    def _place(self, release: int, generation: int, names: Sequence[str]) -> Path:
        return self.path.joinpath("pages", _name(release, generation), self.host, *names)

    def _linked(self, old: Path, new: Path) -> bool:
        """Give a page the files that it had, where they are still there."""
        try:
            for ending in (".br", ".gz", ""):
                with contextlib.suppress(FileExistsError):
                    os.link(old / f"index.html{ending}", new / f"index.html{ending}")
        except OSError:
            return False
        return True

    def forget_before(self, present: Present) -> None:
        """Delete the pages of all generations but this one and the one before."""
        kept = {_name(present.release, present.number), _name(present.release, present.number - 1)}
        with contextlib.suppress(OSError):
            for each in (self.path / "pages").iterdir():
                release, _, number = each.name.partition("-")
                if each.name not in kept and (int(release), int(number)) < (present.release, present.number):
                    shutil.rmtree(each, ignore_errors=True)


def _name(release: int, number: int) -> str:
    return f"{release}-{number}"


def _folder(path: Path, root: Path) -> Path:
    """Make a folder, and those above it, that another user may look into."""
    if not path.is_dir():
        if path != root:
            _folder(path.parent, root)
        path.mkdir(exist_ok=True, parents=path == root)
        path.chmod(0o755)
    return path


def _write(place: Path, content: bytes, modified: int) -> None:
    descriptor, name = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), 0o644)
        os.utime(name, (modified, modified))
        os.replace(name, place)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
