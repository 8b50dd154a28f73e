"""What this room hears from those below it."""

from collections.abc import Iterable
from typing import Any

from memorial.publishing.models import Edition
from memorial.publishing.signals import editions_sealed, editions_sealing, editions_withdrawing

from .citing.card.kept import keep_cards
from .search import index


def index_what_is_sealed(sender: object, editions: Iterable[Edition], **kwargs: Any) -> None:
    """Write editions into the index, in the transaction of their publication."""
    index.write(editions)


def take_out_what_is_withdrawn(sender: object, editions: Iterable[Edition], **kwargs: Any) -> None:
    """Take editions out of the index, in the transaction of their withdrawal."""
    index.take_out(editions)


def draw_cards(sender: object, editions: list[Edition], **kwargs: Any) -> None:
    """Draw the cards of what was published; that comes after the publication, which no card can undo."""
    keep_cards(editions)


def connect() -> None:
    """Begin to listen; called once, when the room is ready."""
    editions_sealing.connect(index_what_is_sealed, dispatch_uid="reading.index_what_is_sealed")
    editions_withdrawing.connect(take_out_what_is_withdrawn, dispatch_uid="reading.take_out_what_is_withdrawn")
    editions_sealed.connect(draw_cards, dispatch_uid="reading.draw_cards")
