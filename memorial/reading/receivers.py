"""What this room hears from those below it."""

from collections.abc import Iterable
from typing import Any

from memorial.publishing.models import Edition
from memorial.publishing.signals import editions_sealing

from .search import index


def index_what_is_sealed(sender: object, editions: Iterable[Edition], **kwargs: Any) -> None:
    """Write editions into the index, in the transaction of their publication."""
    index.write(editions)


def connect() -> None:
    """Begin to listen; called once, when the room is ready."""
    editions_sealing.connect(index_what_is_sealed, dispatch_uid="reading.index_what_is_sealed")
