"""What a reader asks for, in the form that pages are kept under, and what Django answers to it."""

from collections.abc import Callable
from dataclasses import dataclass

from .page import Headers


@dataclass(frozen=True, slots=True)
class Answer:
    """What Django answered, whole."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Question:
    """A page that may be kept: the host and the path as asked, and the part of the query that the page depends on."""

    host: str
    path: str
    query: str

    @property
    def key(self) -> str:
        """What the page is kept under."""
        return f"{self.host}{self.path}?{self.query}"


# How Django is asked for the page, without anything of whoever asks.
Render = Callable[[Question], Answer]
