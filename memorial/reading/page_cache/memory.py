"""Kept pages in the memory of one process, bounded in bytes."""

from collections import OrderedDict
from threading import Lock

from .page import KeptPage

MOST = 64 * 1024 * 1024


class Memory:
    """The pages that were asked for last."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.size = 0
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> KeptPage | None:
        """Return the page under a key, of whatever generation."""
        return self._pages.get(key)

    def put(self, key: str, page: KeptPage) -> None:
        """Keep a page in place of an older one, and drop what has been there longest when there is too much."""
        with self._lock:
            old = self._pages.pop(key, None)
            self.size += page.size - (old.size if old else 0)
            self._pages[key] = page
            while self.size > self.most and self._pages:
                _, dropped = self._pages.popitem(last=False)
                self.size -= dropped.size
