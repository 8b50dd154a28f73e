"""What a rule answers when it says no: all of its reasons, in words for the person who asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Reason:
    """One reason: a stable code for machines and tests, and a message that says what to do."""

    code: str
    message: str | Promise

    def __str__(self) -> str:
        return str(self.message)


class Refused(Exception):
    """A rule said no. ``reasons`` holds every reason, not only the first."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(str(reason) for reason in self.reasons))
